package org.jarvis.api.screen;

import java.time.Instant;
import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.tool.Arguments;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The centre of the page, as Jarvis fills it: in memory, the same for all browsers, empty after a
 * restart. The core provides the one service. Safe from any thread.
 */
@ProviderType
public interface Screen {
  /** Shows something in the place of what was shown. */
  Shown show(Arguments content, String by, Origin origin);

  /** Shows nothing more. */
  Shown clear(String by, Origin origin);

  /** What is shown, or that nothing is; empty as long as nothing ever was. */
  Optional<Shown> current();

  /** Calls the listener after each change, until it is closed. It must return at once. */
  Watch watch(Runnable changed);

  /**
   * What is shown.
   *
   * @param revision grows with each change
   * @param content what to draw, in the form that {@code show_on_screen} describes; empty for
   *     nothing. Hostile strings
   * @param by whose wish it was
   * @param origin by which way
   * @param at since when
   */
  record Shown(long revision, Arguments content, String by, Origin origin, Instant at) {
    /** Whether nothing is shown. */
    public boolean isEmpty() {
      return content.values().isEmpty();
    }
  }

  /** An open watch. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
