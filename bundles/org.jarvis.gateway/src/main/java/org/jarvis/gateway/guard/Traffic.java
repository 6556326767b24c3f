package org.jarvis.gateway.guard;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Counts requests, and refuses those of whoever sends too many: at a time, and over time. The
 * bounds are far above what a page or a script needs, and below what would keep others out. Safe
 * from any thread.
 */
@Component(service = Traffic.class)
public final class Traffic {
  /** How many requests of one sender may be under way; the server has 200 threads. */
  private static final int AT_A_TIME = 100;

  private static final double PER_SECOND = 200;
  private static final double AT_ONCE = 2000;
  private static final int REMEMBERED = 10_000;
  private static final double NANOS = 1e9;
  private static final int CLASSES = 6;

  private final LongSupplier nanos;
  private final Map<String, Sender> senders = new LinkedHashMap<>(16, 0.75f, true);
  private final AtomicLongArray answered = new AtomicLongArray(CLASSES);

  /** Nobody has sent anything yet. */
  @Activate
  public Traffic() {
    this(System::nanoTime);
  }

  Traffic(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A request that is under way; closing it says that it is done. */
  interface Passage extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Sender {
    private double room = AT_ONCE;
    private long since;
    private int underWay;
  }

  /**
   * Lets a request in.
   *
   * @param name who sends it: an address, or a session or token
   * @throws JarvisException with {@code THROTTLED}
   */
  synchronized Passage enter(String name) {
    long now = nanos.getAsLong();
    Sender sender =
        senders.computeIfAbsent(
            name,
            key -> {
              Sender fresh = new Sender();
              fresh.since = now;
              return fresh;
            });
    forgetSome();
    sender.room = Math.min(AT_ONCE, sender.room + (now - sender.since) / NANOS * PER_SECOND);
    sender.since = now;
    if (sender.room < 1 || sender.underWay >= AT_A_TIME) {
      throw JarvisException.retryAfter(
          ErrorCode.THROTTLED,
          sender.room < 1
              ? "Too many requests came from you in a short time. Wait a second."
              : "Too many of your requests are under way. Wait for their answers.",
          Duration.ofSeconds(1));
    }
    sender.room--;
    sender.underWay++;
    return () -> leave(sender);
  }

  private synchronized void leave(Sender sender) {
    sender.underWay--;
  }

  /** Whoever was silent longest and has nothing under way; their bound starts anew. */
  private void forgetSome() {
    Iterator<Sender> oldest = senders.values().iterator();
    while (senders.size() > REMEMBERED && oldest.hasNext()) {
      if (oldest.next().underWay == 0) {
        oldest.remove();
      }
    }
  }

  /** A request was answered. */
  void answered(int status) {
    answered.incrementAndGet(Math.min(CLASSES - 1, Math.max(0, status / 100)));
  }

  /** How many requests were answered, by the class of their status, such as {@code 2xx}. */
  public Map<String, Long> answered() {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 1; i < CLASSES; i++) {
      counts.put(i + "xx", answered.get(i));
    }
    return counts;
  }
}
