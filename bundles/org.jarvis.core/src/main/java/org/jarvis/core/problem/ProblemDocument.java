package org.jarvis.core.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.ProblemStore.StoredProblem;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.problem.Problem;
import org.jarvis.core.KeptJson;
import org.jarvis.core.problem.KindSettings.Said;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes problems, maintenances and what people set for kinds as the JSON documents that are kept,
 * and reads them back.
 */
final class ProblemDocument {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemDocument.class);
  private static final ObjectMapper JSON = KeptJson.with();

  private ProblemDocument() {}

  static StoredProblem write(Problem problem) {
    return new StoredProblem(
        problem.id(),
        problem.kind().id(),
        problem.subject() == null ? null : problem.subject().toString(),
        problem.since(),
        problem.resolvedAt(),
        text(problem));
  }

  /** Reads one back; empty for a document of another form, such as a newer Jarvis's. */
  static Optional<Problem> read(StoredProblem stored) {
    try {
      return Optional.of(JSON.readValue(stored.document(), Problem.class));
    } catch (JsonProcessingException failure) {
      LOG.warn(
          "The problem {} was kept in a form that this Jarvis cannot read, and is left out: {}",
          stored.id(),
          failure.getOriginalMessage());
      return Optional.empty();
    }
  }

  /** The id of the problem that an event is about. */
  static Optional<String> idOf(String event) {
    try {
      return Optional.of(JSON.readTree(event).path("problemId").asText())
          .filter(id -> !id.isEmpty());
    } catch (JsonProcessingException malformed) {
      LOG.debug("An event is no JSON", malformed);
      return Optional.empty();
    }
  }

  static String write(List<Maintenance> maintenances) {
    return text(maintenances);
  }

  /**
   * Reads them back.
   *
   * @throws JarvisException with {@code MISCONFIGURED} for what is none of ours
   */
  static List<Maintenance> readMaintenances(String document) {
    try {
      return List.copyOf(JSON.readValue(document, new TypeReference<List<Maintenance>>() {}));
    } catch (JsonProcessingException | NullPointerException failure) {
      throw new JarvisException(
          ErrorCode.MISCONFIGURED,
          "What was kept of nodes that are being worked on is damaged. Say it anew.",
          failure);
    }
  }

  static String writeKinds(Map<String, Map<String, Said>> kinds) {
    return text(kinds);
  }

  /**
   * Reads what people set for kinds back.
   *
   * @throws JarvisException with {@code MISCONFIGURED} for what is none of ours
   */
  static Map<String, Map<String, Said>> readKinds(String document) {
    try {
      Map<String, Map<String, Said>> kinds = new TreeMap<>();
      JSON.readValue(document, new TypeReference<Map<String, Map<String, Said>>>() {})
          .forEach((kind, keys) -> kinds.put(kind, Map.copyOf(keys)));
      if (kinds.values().stream().flatMap(keys -> keys.values().stream()).allMatch(Said::isWhole)) {
        return Map.copyOf(kinds);
      }
    } catch (JsonProcessingException | NullPointerException failure) {
      LOG.debug("What was kept of kinds is none of ours", failure);
    }
    throw new JarvisException(
        ErrorCode.MISCONFIGURED,
        "What people set for kinds of problem is damaged, so their usual limits count. Set them"
            + " anew in the settings of the page.");
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException failure) {
      throw new JarvisException(ErrorCode.INTERNAL, "A problem cannot be written.", failure);
    }
  }
}
