package org.jarvis.core.panel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jarvis.api.panel.Panel;
import org.jarvis.api.panel.PanelDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The panels that are there, and which of those with the same id is shown: the one that ranks
 * highest, and else the one that came first. Safe from any thread.
 */
final class PanelRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(PanelRegistry.class);
  static final int MOST_PANELS = 100;

  private final List<Seated> seated = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();

  private record Seated(PanelSeat seat, int ranking) {}

  /** A panel has come. */
  synchronized void add(PanelSeat seat, int ranking) {
    seated.add(new Seated(seat, ranking));
    // Stable: among those of the same rank the order of arrival stays.
    seated.sort(Comparator.comparingInt(Seated::ranking).reversed());
  }

  /** A panel has left. */
  synchronized void remove(Panel panel) {
    for (Seated one : List.copyOf(seated)) {
      if (one.seat().holds(panel)) {
        seated.remove(one);
        one.seat().close();
      }
    }
  }

  /** All have to leave. */
  synchronized void clear() {
    seated.forEach(one -> one.seat().close());
    seated.clear();
  }

  /** Everybody, also those that are not shown. */
  synchronized List<PanelSeat> all() {
    return seated.stream().map(Seated::seat).toList();
  }

  /** Those that are shown, by id. */
  synchronized Map<String, PanelSeat> shown() {
    Map<String, PanelSeat> byId = new TreeMap<>();
    for (Seated one : seated) {
      Optional<PanelDefinition> told = one.seat().definition();
      if (told.isPresent()) {
        String id = told.get().id();
        boolean full = byId.size() == MOST_PANELS;
        if ((full || byId.putIfAbsent(id, one.seat()) != null)
            && refused.add(id + " " + one.seat().provider())) {
          LOG.warn(
              "The panel {} of {} is not shown: {}.",
              id,
              one.seat().provider(),
              full ? "there are " + MOST_PANELS + " already" : "another panel has its id");
        }
      }
    }
    return byId;
  }
}
