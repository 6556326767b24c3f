package org.jarvis.api.llm;

import java.util.List;

/** One turn of a conversation. */
public sealed interface Turn {
  /**
   * What the person said.
   *
   * @param text the words
   */
  record Said(String text) implements Turn {
    /** Refuses what is empty: servers do. */
    public Said {
      if (text.isBlank()) {
        throw new IllegalArgumentException("Who says something uses words.");
      }
    }
  }

  /**
   * What the model answered, in the order in which it came, thinking included. Hand it back as it
   * was: some servers refuse a conversation whose thinking was changed or left out.
   *
   * @param parts at least one that says or asks something
   */
  record Answered(List<AnswerPart> parts) implements Turn {
    /** Refuses what no server takes back. */
    public Answered {
      parts = List.copyOf(parts);
      if (parts.stream().allMatch(AnswerPart.Opaque.class::isInstance)) {
        throw new IllegalArgumentException("An answer without words or calls is no turn.");
      }
    }

    /** The ids of the calls in it, in their order. */
    List<String> callIds() {
      return parts.stream()
          .filter(AnswerPart.Asking.class::isInstance)
          .map(part -> ((AnswerPart.Asking) part).id())
          .toList();
    }
  }

  /**
   * What came of the calls of the answer before.
   *
   * @param outcomes one for each call, those that could not be used included
   * @param remark what the person said meanwhile; empty for nothing
   */
  record Results(List<ToolOutcome> outcomes, String remark) implements Turn {
    /** Copies. */
    public Results {
      outcomes = List.copyOf(outcomes);
    }

    /** Results without a remark. */
    public Results(List<ToolOutcome> outcomes) {
      this(outcomes, "");
    }
  }

  /**
   * What came of one call.
   *
   * @param callId the call
   * @param text what the model is told
   * @param error whether it came to nothing
   */
  record ToolOutcome(String callId, String text, boolean error) {
    /** Refuses what is empty: servers do. */
    public ToolOutcome {
      if (text.isBlank()) {
        throw new IllegalArgumentException("A model is told something of what came of its call.");
      }
    }
  }
}
