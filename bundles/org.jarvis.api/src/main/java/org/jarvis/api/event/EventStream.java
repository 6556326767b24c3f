package org.jarvis.api.event;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** All events, in one order. The core provides the one service. Safe from any thread. */
@ProviderType
public interface EventStream {
  /**
   * Records an event durably, then tells the subscribers.
   *
   * @return the event with its number; once this returns, {@code kill -9} does not lose it
   * @throws org.jarvis.api.error.JarvisException with code {@code STORAGE_UNAVAILABLE}
   */
  RecordedEvent publish(Event event);

  /**
   * Records events durably, all of them or none and in this order, then tells the subscribers. Many
   * at once cost about as much as one.
   *
   * @return the events with their numbers, without gap
   * @throws org.jarvis.api.error.JarvisException with code {@code STORAGE_UNAVAILABLE}
   */
  List<RecordedEvent> publishAll(List<? extends Event> events);

  /** Events after the given number, in order, at most {@code limit}. Zero means from the start. */
  List<RecordedEvent> after(long seq, int limit);

  /** The number of the newest event, 0 when there is none. */
  long head();

  /**
   * Calls the listener for every event from now on, in order, one call at a time. A listener that
   * blocks delays neither the writer nor other listeners; one that falls behind too far is closed
   * after a call to {@link Listener#overrun()}.
   */
  Subscription subscribe(Listener listener);

  /** Told of events. */
  interface Listener {
    /** The next event. */
    void recorded(RecordedEvent event);

    /** It fell behind and gets nothing more; it may read {@link #after} and subscribe again. */
    default void overrun() {}
  }

  /** An open subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
