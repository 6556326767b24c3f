package org.example.command;

import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.Turn;

/**
 * A conversation as plain text, as somebody would write it down who sat beside it. Only who speaks
 * stands at the beginning of a line; so no name of a guest and no log can pass for somebody's
 * words.
 */
final class Transcript {
  private final StringBuilder text = new StringBuilder();

  private Transcript() {}

  static String of(ModelRequest request) {
    Transcript transcript = new Transcript();
    request.instructions().forEach(told -> transcript.add("Instructions", told.text()));
    request.turns().forEach(transcript::add);
    return transcript.text.append("Jarvis:\n").toString();
  }

  private void add(Turn turn) {
    if (turn instanceof Turn.Said said) {
      add("Person", said.text());
    } else if (turn instanceof Turn.Answered answered) {
      answered.parts().forEach(this::add);
    } else if (turn instanceof Turn.Results results) {
      results.outcomes().forEach(outcome -> add("Outcome", outcome.text()));
      add("Person", results.remark());
    }
  }

  /** Another provider may have asked for tools before; what is opaque is for its own eyes. */
  private void add(AnswerPart part) {
    if (part instanceof AnswerPart.Text words) {
      add("Jarvis", words.text());
    } else if (part instanceof AnswerPart.Asking asking) {
      add("Jarvis", "(I ask for " + asking.name() + ".)");
    }
  }

  private void add(String who, String words) {
    if (!words.isBlank()) {
      text.append(who).append(":\n").append(words.indent(2));
    }
  }
}
