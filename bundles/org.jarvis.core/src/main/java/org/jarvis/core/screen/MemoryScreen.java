package org.jarvis.core.screen;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.Arguments;
import org.jarvis.core.CanonicalJson;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the one thing that is shown, of bounded size, and tells those who watch. */
@Component
public final class MemoryScreen implements Screen {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryScreen.class);

  /** As much as a tool's result may have. */
  static final int MOST_BYTES = 256 * 1024;

  private final Clock clock;
  private final List<Watcher> watching = new CopyOnWriteArrayList<>();
  private volatile @Nullable Shown shown;

  /** One watch, no two of which are equal: a listener may watch twice, and leave once. */
  private static final class Watcher {
    private final Runnable changed;

    Watcher(Runnable changed) {
      this.changed = changed;
    }
  }

  /** An empty screen. */
  @Activate
  public MemoryScreen() {
    this(Clock.systemUTC());
  }

  MemoryScreen(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Shown show(Arguments content, String by, Origin origin) {
    int bytes = CanonicalJson.of(content.values()).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new JarvisException(
          ErrorCode.TOO_LARGE,
          "What is to be shown has "
              + bytes / 1024
              + " KiB, and "
              + MOST_BYTES / 1024
              + " KiB are taken. Show less at a time.");
    }
    return changed(content, by, origin);
  }

  @Override
  public Shown clear(String by, Origin origin) {
    return changed(Arguments.none(), by, origin);
  }

  private Shown changed(Arguments content, String by, Origin origin) {
    Shown now;
    synchronized (this) {
      Shown before = shown;
      now =
          new Shown(
              before == null ? 1 : before.revision() + 1, content, by, origin, clock.instant());
      shown = now;
    }
    watching.forEach(MemoryScreen::tell);
    return now;
  }

  /** One that fails keeps nobody else from being told, nor what is shown from being shown. */
  private static void tell(Watcher watcher) {
    try {
      watcher.changed.run();
    } catch (RuntimeException | LinkageError failure) {
      LOG.warn("Somebody who watches the screen failed", failure);
    }
  }

  @Override
  public Optional<Shown> current() {
    return Optional.ofNullable(shown);
  }

  @Override
  public Watch watch(Runnable changed) {
    Watcher watcher = new Watcher(changed);
    watching.add(watcher);
    return () -> watching.remove(watcher);
  }
}
