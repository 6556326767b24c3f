package org.jarvis.itests.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor time of a process and of each of its threads, as {@code /proc} tells it, in ticks
 * of 10 ms. What threads used that have ended is told of all of them together.
 */
final class ThreadTimes {
  private static final long MILLIS_PER_TICK = 10;

  /**
   * User and system time are the 14th and 15th field; what follows the name begins with the 3rd.
   */
  private static final int USER = 11;

  private final long whole;
  private final Map<String, Long> ticks;
  private final Map<String, String> names;

  private ThreadTimes(long whole, Map<String, Long> ticks, Map<String, String> names) {
    this.whole = whole;
    this.ticks = ticks;
    this.names = names;
  }

  static ThreadTimes of(long pid) throws IOException {
    Map<String, Long> ticks = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    Path process = Path.of("/proc", Long.toString(pid));
    List<Path> threads;
    try (Stream<Path> listed = Files.list(process.resolve("task"))) {
      threads = listed.toList();
    }
    for (Path thread : threads) {
      try {
        String stat = Files.readString(thread.resolve("stat"));
        String id = thread.getFileName().toString();
        ticks.put(id, ticks(stat));
        names.put(id, stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')));
      } catch (IOException ended) {
        // Then it has nothing to tell.
      }
    }
    return new ThreadTimes(ticks(Files.readString(process.resolve("stat"))), ticks, names);
  }

  private static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]);
  }

  ThreadTimes minus(ThreadTimes before) {
    Map<String, Long> spent = new HashMap<>();
    ticks.forEach((id, now) -> spent.put(id, now - before.ticks.getOrDefault(id, 0L)));
    return new ThreadTimes(whole - before.whole, spent, names);
  }

  Duration total() {
    return Duration.ofMillis(MILLIS_PER_TICK * whole);
  }

  /** The threads that worked most, those of the same name but for its digits together. */
  String most(int count) {
    Map<String, Long> byName = new TreeMap<>();
    ticks.forEach(
        (id, spent) ->
            byName.merge(
                names.get(id).replaceAll("\\d+", "#"), spent * MILLIS_PER_TICK, Long::sum));
    long living = byName.values().stream().mapToLong(Long::longValue).sum();
    byName.put("threads that ended", Math.max(0, MILLIS_PER_TICK * whole - living));
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(byName.entrySet());
    sorted.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()));
    return sorted.stream()
        .limit(count)
        .map(entry -> entry.getKey() + " " + entry.getValue() + " ms")
        .collect(Collectors.joining(", "));
  }
}
