package org.jarvis.api.persistence;

import java.util.List;
import org.jarvis.api.event.RecordedEvent;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps events, in one order. Numbers begin at 1 and have neither gap nor repeat. A provider may
 * remove the oldest in time; what is left still has no gap, and the numbers go on.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface EventJournal {
  /**
   * Appends events, in this order, in one transaction.
   *
   * @return the number of the last one; the others have the numbers right before it
   */
  long append(List<NewEvent> events);

  /** Events after the given number, in order. */
  List<RecordedEvent> after(long seq, int limit);

  /** The highest number, 0 when there is none. */
  long head();
}
