package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.KindStanding;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.gateway.Parts;
import org.jspecify.annotations.Nullable;

/**
 * Tells of problems as they stand at one moment, the same for REST and for the live channel. What
 * does not apply is {@code null}; what belongs to a part that is away is, too. Safe from any
 * thread.
 */
public final class ProblemEncoder {
  /** How many of those who suffer are named; a problem may stand for thousands. */
  private static final int MOST_AFFECTED = 100;

  private final Parts parts;
  private final Instant now;

  /**
   * An encoder for one moment.
   *
   * @param parts where tools and actions are found
   * @param now the moment, by which silences are judged
   */
  public ProblemEncoder(Parts parts, Instant now) {
    this.parts = parts;
    this.now = now;
  }

  /** One problem. */
  public ObjectNode encode(Problem problem) {
    ProblemKind kind = problem.kind();
    ResourceRef subject = problem.subject();
    ObjectNode json =
        Json.object()
            .put("id", problem.id())
            .put("kind", kind.id())
            .put("title", kind.title())
            .put("severity", problem.severity().word())
            .put("ref", subject == null ? null : subject.toString());
    if (subject != null) {
      json.putObject("resource")
          .put("ref", subject.toString())
          .put("kind", subject.kind().word())
          .put("name", problem.name());
    }
    json.put("name", problem.name())
        .put("part", problem.part())
        .put("summary", problem.summary())
        .put("explanation", kind.explanation());
    ArrayNode evidence = json.putArray("evidence");
    for (Evidence seen : problem.evidence()) {
      evidence
          .addObject()
          .put("label", seen.label())
          .put("value", seen.value())
          .put("at", time(seen.at()));
    }
    json.put("since", Json.time(problem.since()))
        .put("seenAt", Json.time(problem.seenAt()))
        .put("resolvedAt", time(problem.resolvedAt()))
        .put("resolution", problem.resolution())
        .put("returns", problem.returns());
    addWords(json, problem);
    ObjectNode affected = json.putObject("affected").put("total", problem.affected().size());
    ArrayNode refs = affected.putArray("items");
    problem.affected().stream().limit(MOST_AFFECTED).forEach(ref -> refs.add(ref.toString()));
    ArrayNode remedies = json.putArray("remedies");
    problem.remedies().forEach(remedy -> remedies.add(encode(remedy)));
    json.put("noRemedy", problem.remedies().isEmpty() ? withoutRemedy(problem) : null);
    addAttempts(json, problem);
    return json;
  }

  /** What people said of it. */
  private void addWords(ObjectNode json, Problem problem) {
    Problem.Acknowledgement seen = problem.acknowledged();
    if (seen == null) {
      json.putNull("acknowledged");
    } else {
      json.putObject("acknowledged").put("by", seen.by()).put("at", Json.time(seen.at()));
    }
    Problem.Silence silence = problem.silence();
    if (silence == null) {
      json.putNull("silence");
    } else {
      json.putObject("silence").put("by", silence.by()).put("until", Json.time(silence.until()));
    }
    json.put("silenced", problem.isSilenced(now));
    ArrayNode notes = json.putArray("notes");
    for (Problem.Note note : problem.notes()) {
      notes
          .addObject()
          .put("by", note.by())
          .put("at", Json.time(note.at()))
          .put("text", note.text());
    }
  }

  private static @Nullable String withoutRemedy(Problem problem) {
    return problem.withoutRemedy() == null ? problem.kind().noRemedy() : problem.withoutRemedy();
  }

  private ObjectNode encode(Remedy remedy) {
    ObjectNode json =
        Json.object()
            .put("id", remedy.id())
            .put("title", remedy.title())
            .put("explanation", remedy.explanation())
            .put("separable", remedy.separable())
            .put("tier", tier(remedy).map(Tier::name).orElse(null));
    PlanRequest.Step first = remedy.steps().get(0);
    if (remedy.isPlan()) {
      json.putNull("tool").putNull("arguments");
    } else {
      json.put("tool", first.tool()).set("arguments", Json.of(first.arguments().values()));
    }
    ArrayNode steps = json.putArray("steps");
    for (PlanRequest.Step step : remedy.steps()) {
      steps
          .addObject()
          .put("tool", step.tool())
          .put("title", tool(step).map(tool -> tool.definition().title()).orElse(step.tool()))
          .set("arguments", Json.of(step.arguments().values()));
    }
    return json;
  }

  /** The worst that any of its tools may be judged at; empty where one of them is away. */
  private Optional<Tier> tier(Remedy remedy) {
    Tier worst = Tier.GREEN;
    for (PlanRequest.Step step : remedy.steps()) {
      Optional<ToolCatalogue.Entry> tool = tool(step);
      if (tool.isEmpty()) {
        return Optional.empty();
      }
      worst = worst.atLeast(tool.get().tier());
    }
    return Optional.of(worst);
  }

  private Optional<ToolCatalogue.Entry> tool(PlanRequest.Step step) {
    return parts.catalogue().find().flatMap(catalogue -> catalogue.tool(step.tool()));
  }

  private void addAttempts(ObjectNode json, Problem problem) {
    ArrayNode attempts = json.putArray("attempts");
    for (Problem.Attempt attempt : problem.attempts()) {
      attempts
          .addObject()
          .put("remedy", attempt.remedy())
          .put("action", attempt.action())
          .put("state", state(attempt.action()))
          .put("by", attempt.by())
          .put("at", Json.time(attempt.at()));
    }
  }

  /** How an action stands; {@code null} where nobody can tell at the moment. */
  private @Nullable String state(String action) {
    try {
      return parts
          .gate()
          .find()
          .flatMap(gate -> gate.find(action))
          .map(Action::state)
          .map(Enum::name)
          .orElse(null);
    } catch (JarvisException unavailable) {
      return null;
    }
  }

  /** What a detector can find, what is usual for it, and what counts; its times are in seconds. */
  public static ObjectNode encode(KindStanding standing) {
    ProblemKind kind = standing.kind();
    ObjectNode json =
        Json.object()
            .put("id", kind.id())
            .put("title", kind.title())
            .put("explanation", kind.explanation())
            .put("worst", kind.worst().word())
            .put("after", kind.raiseAfter().toSeconds())
            .put("clearAfter", kind.clearAfter().toSeconds());
    ArrayNode limits = json.putArray("limits");
    for (ProblemKind.Limit limit : kind.limits()) {
      limits
          .addObject()
          .put("name", limit.name())
          .put("title", limit.title())
          .put("unit", limit.unit())
          .put("value", limit.value())
          .put("least", limit.least())
          .put("most", limit.most());
    }
    json.put("noRemedy", kind.noRemedy());
    ObjectNode now =
        json.putObject("now")
            .put("enabled", standing.enabled())
            .put("after", standing.raiseAfter().toSeconds())
            .put("clearAfter", standing.clearAfter().toSeconds());
    ObjectNode figures = now.putObject("limits");
    new TreeMap<>(standing.limits()).forEach(figures::put);
    ArrayNode settings = json.putArray("settings");
    for (KindStanding.Setting setting : standing.settings()) {
      settings
          .addObject()
          .put("key", setting.key())
          .put("value", setting.value())
          .put("source", setting.source().word())
          .put("by", setting.by())
          .put("at", time(setting.at()))
          .put("counts", setting.counts());
    }
    return json;
  }

  /** The work on a node. */
  public static ObjectNode encode(Maintenance work) {
    return Json.object()
        .put("ref", work.node().toString())
        .put("name", String.join("/", work.node().path()))
        .put("by", work.by())
        .put("since", Json.time(work.since()))
        .put("until", Json.time(work.until()))
        .put("reason", work.reason());
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : Json.time(at);
  }
}
