package org.jarvis.gateway.socket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.Panels;
import org.jarvis.api.resource.ResourceRef;

/**
 * Shares out what is looked at among those who look. Clusters are asked for the details of so many
 * resources at most; they are dealt out in turns, first among sessions and tokens and then among
 * the clients of each, so that nobody who shows much leaves nothing to the others.
 */
final class Attention {
  /** How many resources are looked at, whoever shows them. */
  static final int MOST = 500;

  private Attention() {}

  /** What is looked at of all that these clients show. */
  static Set<ResourceRef> of(Collection<ClusterChannel> clients) {
    return dealt(clients, ClusterChannel::shown, MOST);
  }

  /** Which panels are asked of all that these clients show. */
  static Set<PanelKey> ofPanels(Collection<EventChannel> clients) {
    return dealt(clients, EventChannel::shown, Panels.MAX_SHOWN);
  }

  private static <C extends Channel, T> Set<T> dealt(
      Collection<C> clients, Function<C, ? extends Collection<T>> shown, int most) {
    Map<String, List<Collection<T>>> hands = new LinkedHashMap<>();
    for (C client : clients) {
      Collection<T> hand = shown.apply(client);
      if (!hand.isEmpty()) {
        hands
            .computeIfAbsent(client.caller().principal().credential(), id -> new ArrayList<>())
            .add(hand);
      }
    }
    List<Set<T>> byCredential = hands.values().stream().map(hand -> dealt(hand, most)).toList();
    return dealt(byCredential, most);
  }

  /** One of each in turns, without repeating any. */
  private static <T> Set<T> dealt(List<? extends Collection<T>> hands, int most) {
    List<Iterator<T>> turns = new ArrayList<>();
    hands.forEach(hand -> turns.add(hand.iterator()));
    Set<T> taken = new LinkedHashSet<>();
    while (!turns.isEmpty() && taken.size() < most) {
      turns.removeIf(turn -> !take(turn, taken, most));
    }
    return taken;
  }

  /** Takes the next that nobody has taken yet; whether there was one. */
  private static <T> boolean take(Iterator<T> turn, Set<T> taken, int most) {
    while (turn.hasNext()) {
      if (taken.size() == most) {
        return false;
      }
      if (taken.add(turn.next())) {
        return true;
      }
    }
    return false;
  }
}
