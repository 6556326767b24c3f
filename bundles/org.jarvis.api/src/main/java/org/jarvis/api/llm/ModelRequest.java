package org.jarvis.api.llm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A question to a model: everything it is to know, since it remembers nothing. What servers would
 * refuse is refused here: a conversation that nobody began or that ends with the model, tools of
 * one name, calls without outcomes and outcomes without calls.
 *
 * @param instructions what the model is told beforehand
 * @param turns the conversation, from the first word of a person to what is to be answered
 * @param tools what it may ask for
 * @param limits what the answer may take
 */
public record ModelRequest(
    List<Instruction> instructions,
    List<Turn> turns,
    List<ToolSchema> tools,
    RequestLimits limits) {
  /** Refuses what no server takes. */
  public ModelRequest {
    instructions = List.copyOf(instructions);
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
    if (turns.isEmpty() || !(turns.get(0) instanceof Turn.Said)) {
      throw new IllegalArgumentException("A conversation begins with a person.");
    }
    if (turns.get(turns.size() - 1) instanceof Turn.Answered) {
      throw new IllegalArgumentException("A conversation that ends with the model asks nothing.");
    }
    Set<String> names = new HashSet<>();
    for (ToolSchema tool : tools) {
      if (!names.add(tool.name())) {
        throw new IllegalArgumentException("Two tools are called " + tool.name() + ".");
      }
    }
    for (int i = 1; i < turns.size(); i++) {
      requireOutcomes(turns.get(i - 1), turns.get(i));
    }
  }

  private static void requireOutcomes(Turn before, Turn turn) {
    List<String> asked = before instanceof Turn.Answered answered ? answered.callIds() : List.of();
    List<String> told =
        turn instanceof Turn.Results results
            ? results.outcomes().stream().map(Turn.ToolOutcome::callId).toList()
            : List.of();
    if (turn instanceof Turn.Results == asked.isEmpty()
        || told.size() != asked.size()
        || !new HashSet<>(told).equals(new HashSet<>(asked))) {
      throw new IllegalArgumentException(
          "After an answer that asks for tools comes one outcome for each call, and only then.");
    }
  }
}
