package org.jarvis.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jarvis.api.event.Event;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jspecify.annotations.Nullable;

/** Names what changed between two snapshots of one cluster, as events. Figures are no events. */
final class SnapshotDiff {
  private static final String ABSENT = "absent";

  private SnapshotDiff() {}

  static List<Event> between(ClusterSnapshot before, ClusterSnapshot after) {
    List<Event> events = new ArrayList<>();
    compare(before.nodes(), after.nodes(), events);
    compare(before.guests(), after.guests(), events);
    compare(before.storages(), after.storages(), events);
    return events;
  }

  private static <K extends Comparable<? super K>, R extends Resource> void compare(
      Map<K, R> before, Map<K, R> after, List<Event> events) {
    TreeSet<K> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (K key : keys) {
      R was = before.get(key);
      R is = after.get(key);
      String from = word(was);
      String to = word(is);
      Resource named = is == null ? was : is;
      if (named != null && !from.equals(to)) {
        events.add(new Event.StatusChanged(named.ref(), label(named), from, to));
      }
    }
  }

  private static String word(@Nullable Resource resource) {
    return resource == null ? ABSENT : resource.statusWord();
  }

  private static String label(Resource resource) {
    return resource instanceof Guest guest ? guest.label() : resource.name();
  }
}
