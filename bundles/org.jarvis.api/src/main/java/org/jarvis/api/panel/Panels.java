package org.jarvis.api.panel;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The panels that there are at this moment, and what they show. The core provides the one service.
 * Safe from any thread.
 */
@ProviderType
public interface Panels {
  /** How many places can be shown at a time, by all who look. */
  int MAX_SHOWN = 200;

  /** All panels, by id. */
  List<Entry> panels();

  /**
   * What a panel shows. It is asked where its interval has passed, and then waited for, two seconds
   * at most; a failure is in the answer.
   *
   * @throws org.jarvis.api.error.JarvisException {@code NOT_FOUND} where there is no such panel or
   *     resource, {@code INVALID_INPUT} where it does not stand there
   */
  PanelReading read(PanelKey key);

  /**
   * What it answered last, from memory; empty where it was not asked yet, or does not stand there.
   */
  Optional<PanelReading> latest(PanelKey key);

  /**
   * Somebody shows these now. Those whose interval has passed are asked; returns at once. Call it
   * every second for as long as they are shown: a panel that nobody shows is not asked. Of more
   * than {@value #MAX_SHOWN} places the first count.
   */
  void show(Collection<PanelKey> keys);

  /**
   * A panel that is there.
   *
   * @param definition what it is
   * @param provider the symbolic name of the bundle that brought it
   */
  record Entry(PanelDefinition definition, String provider) {}
}
