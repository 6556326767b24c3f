package org.jarvis.core.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.ProblemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detectors that are there, and who has which kind: the built-in ones before others, and else
 * who came first. Safe from any thread.
 */
final class DetectorRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(DetectorRegistry.class);

  /** The bundle whose kinds nobody takes. */
  static final String BUILT_IN = "org.jarvis.detectors";

  private final List<Registered> detectors = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private volatile List<Watching> watching = List.of();
  private volatile Map<String, ProblemKind> kinds = Map.of();

  /** A detector as it came. */
  private record Registered(ProblemDetector detector, String provider, List<ProblemKind> kinds) {
    boolean isBuiltIn() {
      return provider.equals(BUILT_IN);
    }
  }

  /**
   * A detector, and what it watches for.
   *
   * @param detector the detector
   * @param name who it is, for people: its bundle and class
   * @param kinds the kinds that are its own, by id
   */
  record Watching(ProblemDetector detector, String name, Map<String, ProblemKind> kinds) {
    Watching {
      kinds = Map.copyOf(kinds);
    }
  }

  /** A detector has come. */
  synchronized void add(ProblemDetector detector, String provider) {
    try {
      detectors.add(new Registered(detector, provider, List.copyOf(detector.kinds())));
      share();
    } catch (RuntimeException | LinkageError failure) {
      LOG.warn(
          "A detector of problems in {} cannot say what it finds, and is left out.",
          provider,
          failure);
    }
  }

  /** A detector has left. */
  synchronized void remove(ProblemDetector detector) {
    detectors.removeIf(registered -> registered.detector() == detector);
    share();
  }

  /** All detectors that have a kind of their own. */
  List<Watching> watching() {
    return watching;
  }

  /** All kinds, by id. */
  Map<String, ProblemKind> kinds() {
    return kinds;
  }

  private void share() {
    List<Registered> inOrder = new ArrayList<>(detectors);
    inOrder.sort(Comparator.comparing(registered -> !registered.isBuiltIn()));
    Map<String, ProblemKind> taken = new TreeMap<>();
    List<Watching> next = new ArrayList<>();
    for (Registered registered : inOrder) {
      Map<String, ProblemKind> own = new TreeMap<>();
      for (ProblemKind kind : registered.kinds()) {
        if (taken.putIfAbsent(kind.id(), kind) == null) {
          own.put(kind.id(), kind);
        } else if (refused.add(kind.id() + " " + registered.provider())) {
          LOG.warn(
              "The kind of problem {} of {} is refused: another detector has it.",
              kind.id(),
              registered.provider());
        }
      }
      next.add(new Watching(registered.detector(), name(registered), own));
    }
    watching = List.copyOf(next);
    kinds = Map.copyOf(taken);
  }

  private static String name(Registered registered) {
    return registered.provider() + " (" + registered.detector().getClass().getSimpleName() + ")";
  }
}
