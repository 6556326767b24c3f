package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What will happen when. Nothing ticks: whoever looks at the cluster first advances the agenda to
 * the present, and what was due happens in its order, each at its own time. Confined to the
 * cluster's lock.
 */
final class Agenda {

  private record Entry(Instant due, long order, Runnable happening) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::order));
  private Instant now;
  private long entered;

  Agenda(Instant start) {
    now = start;
  }

  /** The time up to which everything has happened; while something happens, the time it was due. */
  Instant now() {
    return now;
  }

  void after(Duration delay, Runnable happening) {
    entries.add(new Entry(now.plus(delay), entered++, happening));
  }

  /** The clock was set to another time; everything is as far away as it was. */
  void step(Duration by) {
    List<Entry> later =
        entries.stream()
            .map(entry -> new Entry(entry.due().plus(by), entry.order(), entry.happening()))
            .toList();
    entries.clear();
    entries.addAll(later);
    now = now.plus(by);
  }

  void advanceTo(Instant moment) {
    for (Entry next = entries.peek();
        next != null && !next.due().isAfter(moment);
        next = entries.peek()) {
      entries.remove();
      now = next.due();
      next.happening().run();
    }
    if (moment.isAfter(now)) {
      now = moment;
    }
  }
}
