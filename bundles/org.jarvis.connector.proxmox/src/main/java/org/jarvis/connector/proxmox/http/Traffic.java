package org.jarvis.connector.proxmox.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jspecify.annotations.Nullable;

/** Counts what a cluster is asked. Safe from any thread. */
public final class Traffic {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;

  private final Clock clock;
  // Both guarded by this.
  private final Deque<Exchange> latest = new ArrayDeque<>();
  private long total;

  /** Nothing was asked yet. */
  public Traffic(Clock clock) {
    this.clock = clock;
  }

  /** One request and its answer. */
  private static final class Exchange {
    private final Lane lane;
    private final Instant at;
    private @Nullable Duration took;
    private long bytes;
    private boolean failed;

    private Exchange(Lane lane, Instant at) {
      this.lane = lane;
      this.at = at;
    }
  }

  /** A request that is under way. */
  public final class UnderWay {
    private final Exchange exchange;

    private UnderWay(Exchange exchange) {
      this.exchange = exchange;
    }

    /** It ended. */
    void ended(boolean failed, long bytes) {
      synchronized (Traffic.this) {
        exchange.took = Duration.between(exchange.at, clock.instant());
        exchange.failed = failed;
        exchange.bytes = bytes;
      }
    }
  }

  /** A request leaves. */
  synchronized UnderWay began(Lane lane) {
    Exchange exchange = new Exchange(lane, clock.instant());
    forget();
    latest.addLast(exchange);
    total++;
    return new UnderWay(exchange);
  }

  private void forget() {
    Instant since = clock.instant().minus(WINDOW);
    while (!latest.isEmpty()
        && (latest.size() >= REMEMBERED || latest.getFirst().at.isBefore(since))) {
      latest.removeFirst();
    }
  }

  /** How many requests left in this lane in the last minute. */
  public synchronized int lately(Lane lane) {
    forget();
    return (int) latest.stream().filter(exchange -> exchange.lane == lane).count();
  }

  /** What was asked in the last minute. */
  public synchronized ConnectionDetail.Traffic lately() {
    forget();
    Map<Lane, Integer> counts = new EnumMap<>(Lane.class);
    int failed = 0;
    long bytes = 0;
    for (Exchange exchange : latest) {
      counts.merge(exchange.lane, 1, Integer::sum);
      failed += exchange.failed ? 1 : 0;
      bytes += exchange.bytes;
    }
    return new ConnectionDetail.Traffic(
        counts.getOrDefault(Lane.HOT, 0),
        counts.getOrDefault(Lane.SLOW, 0),
        counts.getOrDefault(Lane.DEMANDED, 0),
        failed,
        median(),
        bytes,
        total);
  }

  private @Nullable Duration median() {
    Duration[] times =
        latest.stream()
            .filter(exchange -> exchange.took != null && !exchange.failed)
            .map(exchange -> exchange.took)
            .sorted()
            .toArray(Duration[]::new);
    return times.length == 0 ? null : times[times.length / 2];
  }
}
