package org.jarvis.gateway.socket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Map<String, List<List<ResourceRef>>> hands = new LinkedHashMap<>();
    for (ClusterChannel client : clients) {
      if (!client.shown().isEmpty()) {
        hands
            .computeIfAbsent(client.caller().principal().credential(), id -> new ArrayList<>())
            .add(client.shown());
      }
    }
    return dealt(hands.values().stream().map(hand -> List.copyOf(dealt(hand))).toList());
  }

  /** One of each in turns, without repeating any. */
  private static Set<ResourceRef> dealt(List<List<ResourceRef>> hands) {
    List<Iterator<ResourceRef>> turns = new ArrayList<>();
    hands.forEach(hand -> turns.add(hand.iterator()));
    Set<ResourceRef> taken = new LinkedHashSet<>();
    while (!turns.isEmpty() && taken.size() < MOST) {
      turns.removeIf(turn -> !take(turn, taken));
    }
    return taken;
  }

  /** Takes the next that nobody has taken yet; whether there was one. */
  private static boolean take(Iterator<ResourceRef> turn, Set<ResourceRef> taken) {
    while (turn.hasNext()) {
      if (taken.size() == MOST) {
        return false;
      }
      if (taken.add(turn.next())) {
        return true;
      }
    }
    return false;
  }
}
