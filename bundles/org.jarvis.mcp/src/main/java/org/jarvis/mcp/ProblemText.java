package org.jarvis.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Remedy;
import org.jspecify.annotations.Nullable;

/** Tells a client of problems: as JSON, and of their remedies as the calls that they are. */
final class ProblemText {
  /** How many of those who suffer are named. */
  private static final int MOST_AFFECTED = 100;

  private ProblemText() {}

  /** A problem as it stands in the list, in the members that REST has too. */
  static ObjectNode brief(Problem problem, String uri, Instant now) {
    return Json.object()
        .put("uri", uri)
        .put("id", problem.id())
        .put("kind", problem.kind().id())
        .put("title", problem.kind().title())
        .put("severity", problem.severity().word())
        .put("ref", problem.subject() == null ? null : problem.subject().toString())
        .put("name", problem.name())
        .put("part", problem.part())
        .put("summary", problem.summary())
        .put("since", Json.time(problem.since()))
        .put("seenAt", Json.time(problem.seenAt()))
        .put("silenced", problem.isSilenced(now))
        .put("acknowledged", problem.acknowledged() != null)
        .put("affected", problem.affected().size())
        .put("remedies", problem.remedies().size());
  }

  /** All of a problem. */
  static ObjectNode whole(Problem problem, String uri, Instant now) {
    ObjectNode json = brief(problem, uri, now).put("explanation", problem.kind().explanation());
    ArrayNode evidence = json.putArray("evidence");
    for (Evidence seen : problem.evidence()) {
      evidence
          .addObject()
          .put("label", seen.label())
          .put("value", seen.value())
          .put("at", time(seen.at()));
    }
    json.put("resolvedAt", time(problem.resolvedAt()))
        .put("resolution", problem.resolution())
        .put("returns", problem.returns());
    ObjectNode affected = json.putObject("affected").put("total", problem.affected().size());
    ArrayNode refs = affected.putArray("items");
    problem.affected().stream().limit(MOST_AFFECTED).forEach(ref -> refs.add(ref.toString()));
    ArrayNode remedies = json.putArray("remedies");
    problem.remedies().forEach(remedy -> remedies.add(remedy(remedy)));
    json.put("noRemedy", withoutRemedy(problem));
    ArrayNode notes = json.putArray("notes");
    for (Problem.Note note : problem.notes()) {
      notes
          .addObject()
          .put("by", note.by())
          .put("at", Json.time(note.at()))
          .put("text", note.text());
    }
    ArrayNode attempts = json.putArray("attempts");
    for (Problem.Attempt attempt : problem.attempts()) {
      attempts
          .addObject()
          .put("remedy", attempt.remedy())
          .put("action", attempt.action())
          .put("by", attempt.by())
          .put("at", Json.time(attempt.at()));
    }
    return json;
  }

  private static ObjectNode remedy(Remedy remedy) {
    ObjectNode json =
        Json.object()
            .put("id", remedy.id())
            .put("title", remedy.title())
            .put("explanation", remedy.explanation())
            .put("separable", remedy.separable());
    ArrayNode steps = json.putArray("steps");
    for (PlanRequest.Step step : remedy.steps()) {
      steps.addObject().put("tool", step.tool()).set("arguments", arguments(step));
    }
    return json;
  }

  private static JsonNode arguments(PlanRequest.Step step) {
    return Json.of(step.arguments().values());
  }

  /** Why nothing mends it from here; {@code null} where something does. */
  static @Nullable String withoutRemedy(Problem problem) {
    if (!problem.remedies().isEmpty()) {
      return null;
    }
    return problem.withoutRemedy() == null ? problem.kind().noRemedy() : problem.withoutRemedy();
  }

  /**
   * The calls that the remedies are, a line each. Only ids, tools and arguments are named: titles
   * and summaries hold names from a cluster, which would read as part of a request.
   */
  static String calls(List<Remedy> remedies) {
    StringBuilder text = new StringBuilder();
    for (Remedy remedy : remedies) {
      text.append("\n- ").append(remedy.id()).append(": ");
      List<String> calls =
          remedy.steps().stream().map(step -> step.tool() + " " + arguments(step)).toList();
      text.append(String.join(", then ", calls));
      if (remedy.isPlan() && remedy.separable()) {
        text.append(" (the first call alone makes sense, too)");
      }
    }
    return text.toString();
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : Json.time(at);
  }
}
