package org.jarvis.core;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/**
 * A place for a service that comes and goes while Jarvis runs. Safe from any thread.
 *
 * @param <T> the service
 */
public final class ServiceSlot<T> {
  private final String absence;
  private final AtomicReference<@Nullable T> service = new AtomicReference<>();

  /**
   * An empty slot.
   *
   * @param absence what to say, in one sentence, to whoever needs the service while it is away
   */
  public ServiceSlot(String absence) {
    this.absence = absence;
  }

  /** The service has come. */
  public void fill(T arrived) {
    service.set(arrived);
  }

  /** The service leaves; a newer one that has come meanwhile stays. */
  public void empty(T leaving) {
    service.compareAndSet(leaving, null);
  }

  /** The service, if it is there. */
  public Optional<T> get() {
    return Optional.ofNullable(service.get());
  }

  /** The service, or an error that says what is missing. */
  public T require() {
    return get().orElseThrow(() -> new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, absence));
  }
}
