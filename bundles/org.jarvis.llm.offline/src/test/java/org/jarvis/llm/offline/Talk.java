package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.llm.Turn;
import org.jarvis.llm.offline.house.Sources;

/** A conversation with the built-in provider, which sees each time what was said before. */
final class Talk {
  static final List<String> CHANGING =
      List.of(
          "start_vm",
          "stop_vm",
          "restart_vm",
          "start_container",
          "stop_container",
          "restart_container",
          "suspend_vm",
          "resume_vm",
          "migrate_vm",
          "migrate_container",
          "backup_vm",
          "backup_container",
          "create_snapshot",
          "reboot_node",
          "shutdown_node",
          "wake_node",
          "restart_service",
          "delete_vm");
  private static final List<String> SHOWING = List.of("show_on_screen", "clear_screen");

  private final Sources sources;
  private final List<ToolSchema> tools;
  private final List<Turn> turns = new ArrayList<>();

  Talk(Sources sources) {
    this(sources, tools());
  }

  Talk(Sources sources, List<ToolSchema> tools) {
    this.sources = sources;
    this.tools = tools;
  }

  private static List<ToolSchema> tools() {
    return Stream.concat(CHANGING.stream(), SHOWING.stream())
        .map(name -> new ToolSchema(name, name, "{\"type\":\"object\"}"))
        .toList();
  }

  /** Says something; where a tool is asked for, its outcome is that it succeeded. */
  Answer say(String words) {
    turns.add(new Turn.Said(words));
    Answer answer = answer();
    if (!answer.calls().isEmpty()) {
      outcome("{\"state\":\"SUCCEEDED\",\"summary\":\"It was seen.\",\"data\":{}}", false);
    }
    return answer;
  }

  /** Says something, and leaves open what comes of what is asked for. */
  Answer wish(String words) {
    turns.add(new Turn.Said(words));
    return answer();
  }

  /** Tells what came of the last call. */
  Answer outcome(String text, boolean error) {
    Turn.Answered last = (Turn.Answered) turns.get(turns.size() - 1);
    String id = ((AnswerPart.Call) last.parts().get(last.parts().size() - 1)).id();
    turns.add(new Turn.Results(List.of(new Turn.ToolOutcome(id, text, error))));
    return answer();
  }

  /** Puts something in the place of what the last answer wanted to be remembered. */
  void remember(String payload) {
    Turn.Answered last = (Turn.Answered) turns.remove(turns.size() - 1);
    List<AnswerPart> parts = new ArrayList<>();
    for (AnswerPart part : last.parts()) {
      parts.add(
          part instanceof AnswerPart.Opaque ? new AnswerPart.Opaque("built-in", payload) : part);
    }
    turns.add(new Turn.Answered(parts));
  }

  private Answer answer() {
    Answer answer =
        Dialogue.answer(
            new ModelRequest(
                List.of(), turns, tools, new RequestLimits(1_000, Duration.ofMinutes(1))),
            sources,
            Homelab.NOW);
    assertThat(answer.text()).isNotBlank();
    turns.add(answer.turn().orElseThrow());
    return answer;
  }

  /** What an answer was understood as. */
  static String intent(Answer answer) {
    for (AnswerPart part : answer.parts()) {
      if (part instanceof AnswerPart.Opaque opaque) {
        try {
          JsonNode json = new ObjectMapper().readTree(opaque.payload());
          return json.path("intent").asText();
        } catch (IOException damaged) {
          throw new UncheckedIOException(damaged);
        }
      }
    }
    throw new AssertionError("Nothing is remembered.");
  }
}
