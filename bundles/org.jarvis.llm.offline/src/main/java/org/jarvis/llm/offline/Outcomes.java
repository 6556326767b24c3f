package org.jarvis.llm.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Turn;
import org.jarvis.llm.offline.house.Inert;

/** Says what came of calls: a sentence each, with the gate's own word for why. */
final class Outcomes {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Outcomes() {}

  static String told(Turn.Results results, List<AnswerPart.Asking> calls) {
    return results.outcomes().stream()
        .map(outcome -> told(outcome, tool(outcome, calls)))
        .collect(Collectors.joining("\n"));
  }

  private static String tool(Turn.ToolOutcome outcome, List<AnswerPart.Asking> calls) {
    return calls.stream()
        .filter(call -> call.id().equals(outcome.callId()))
        .map(AnswerPart.Asking::name)
        .findFirst()
        .orElse("");
  }

  private static String told(Turn.ToolOutcome outcome, String tool) {
    String state = "";
    String summary = outcome.text();
    try {
      JsonNode json = JSON.readTree(outcome.text());
      if (json.isObject()) {
        state = json.path("state").asText("");
        summary = json.path("summary").asText("");
      }
    } catch (JsonProcessingException plain) {
      // What came to nothing is told in plain words.
    }
    String why = summary.isBlank() ? "" : " " + Inert.sentence(summary);
    return switch (state) {
      case "SUCCEEDED" -> tool.endsWith("_screen") ? "It is done on the screen." : "Done." + why;
      case "FAILED" -> "It failed." + why;
      case "REFUSED" -> "It was refused, and nothing was done." + why;
      case "REJECTED" -> "It was rejected, and nothing was done." + why;
      case "EXPIRED" -> "Nobody decided in time, and nothing was done." + why;
      case "CANCELLED" -> "It was cancelled." + why;
      case "UNKNOWN" -> "What came of it cannot be told; look before you ask for it again." + why;
      default -> outcome.error() ? "It came to nothing." + why : "It ended." + why;
    };
  }
}
