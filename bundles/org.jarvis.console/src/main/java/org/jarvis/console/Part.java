package org.jarvis.console;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * A service of another bundle that comes and goes while Jarvis runs. Safe from any thread.
 *
 * @param <T> the service
 */
public final class Part<T> {
  private final String name;
  private final String absence;
  private final List<T> services = new CopyOnWriteArrayList<>();

  /**
   * A part that is not there yet.
   *
   * @param name its short name, as in {@code /api/health}
   * @param absence what to say while it is missing
   */
  Part(String name, String absence) {
    this.name = name;
    this.absence = absence;
  }

  /** Its short name. */
  public String name() {
    return name;
  }

  /** What to say while it is missing. */
  public String absence() {
    return absence;
  }

  /** It has come. */
  public void add(T service) {
    services.add(service);
  }

  /** It leaves. */
  public void remove(T service) {
    services.remove(service);
  }

  /** The service, if it is there; the newest while one replaces another. */
  public Optional<T> find() {
    T newest = null;
    for (T service : services) {
      newest = service;
    }
    return Optional.ofNullable(newest);
  }

  /**
   * The service.
   *
   * @throws JarvisException with {@code PART_MISSING}, saying which
   */
  public T require() {
    return find().orElseThrow(() -> new JarvisException(ErrorCode.PART_MISSING, absence));
  }
}
