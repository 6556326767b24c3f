package org.jarvis.gateway.guard;

import java.time.Duration;
import java.util.EnumMap;
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
  private static final int REMEMBERED = 10_000;
  private static final double NANOS = 1e9;
  private static final int CLASSES = 6;

  /**
   * What is counted apart from each other, so that a flood of one keeps none of the others out. The
   * server has 200 threads: strangers may hold half of them, however many they are, and {@link
   * #UNPROVEN} and {@link #HEALTH} hold one only for as long as Jarvis itself takes.
   */
  enum Kind {
    /** Without credentials, by network. */
    STRANGER(200, 2000, 50, 100),

    /** A stranger's body that is still coming, by network. */
    STRANGERS_BODY(200, 2000, 10, 20),

    /** With credentials of which nothing is known yet, by network. */
    UNPROVEN(200, 2000, 150, 150),

    /** With a session or token that was found good, by that. */
    PROVEN(1000, 5000, 150, Integer.MAX_VALUE),

    /**
     * The same, opening live channels: a handshake holds its thread for no longer than it takes,
     * and after a restart a thousand may come at once. How many stay is bounded where they are
     * kept.
     */
    PROVEN_CHANNEL(1000, 5000, Integer.MAX_VALUE, Integer.MAX_VALUE),

    /** The same of what was not found good yet. */
    UNPROVEN_CHANNEL(200, 2000, Integer.MAX_VALUE, Integer.MAX_VALUE),

    /**
     * How Jarvis is, asked on its own machine: by the watchdog, and by whoever comes by a proxy.
     */
    HEALTH(1000, 5000, 100, 100);

    private final double perSecond;
    private final double atOnce;
    private final int ofOneAtATime;
    private final int ofAllAtATime;

    Kind(double perSecond, double atOnce, int ofOneAtATime, int ofAllAtATime) {
      this.perSecond = perSecond;
      this.atOnce = atOnce;
      this.ofOneAtATime = ofOneAtATime;
      this.ofAllAtATime = ofAllAtATime;
    }
  }

  private final LongSupplier nanos;
  private final Map<Key, Sender> senders = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Kind, Integer> underWay = new EnumMap<>(Kind.class);
  private final AtomicLongArray answered = new AtomicLongArray(CLASSES);

  /** Nobody has sent anything yet. */
  @Activate
  public Traffic() {
    this(System::nanoTime);
  }

  Traffic(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A request that is under way; closing it says that it is done, once and for all. */
  interface Passage extends AutoCloseable {
    @Override
    void close();
  }

  private record Key(Kind kind, String name) {}

  private static final class Sender {
    private final Kind kind;
    private double room;
    private long since;
    private int underWay;

    Sender(Kind kind, long now) {
      this.kind = kind;
      this.room = kind.atOnce;
      this.since = now;
    }
  }

  /**
   * Lets a request in.
   *
   * @param name who sends it: a network, or a session or token
   * @throws JarvisException with {@code THROTTLED}
   */
  synchronized Passage enter(Kind kind, String name) {
    long now = nanos.getAsLong();
    Sender sender = senders.computeIfAbsent(new Key(kind, name), key -> new Sender(kind, now));
    forgetSome();
    sender.room =
        Math.min(kind.atOnce, sender.room + (now - sender.since) / NANOS * kind.perSecond);
    sender.since = now;
    if (sender.room < 1) {
      throw refusal("Too many requests came from you in a short time. Wait a second.");
    }
    if (sender.underWay >= kind.ofOneAtATime) {
      throw refusal("Too many of your requests are under way. Wait for their answers.");
    }
    int ofAll = underWay.getOrDefault(kind, 0);
    if (ofAll >= kind.ofAllAtATime) {
      throw refusal("Too many requests are under way. Try again in a second.");
    }
    sender.room--;
    sender.underWay++;
    underWay.put(kind, ofAll + 1);
    return new OnePassage(sender);
  }

  private static JarvisException refusal(String message) {
    return JarvisException.retryAfter(ErrorCode.THROTTLED, message, Duration.ofSeconds(1));
  }

  private final class OnePassage implements Passage {
    private final Sender sender;
    private boolean closed;

    OnePassage(Sender sender) {
      this.sender = sender;
    }

    @Override
    public void close() {
      synchronized (Traffic.this) {
        if (!closed) {
          closed = true;
          sender.underWay--;
          underWay.merge(sender.kind, -1, Integer::sum);
        }
      }
    }
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
