package org.jarvis.testkit.screen;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/** A screen that shows whatever it is given. */
public final class FakeScreen implements Screen {
  private final Clock clock;
  private final List<Runnable> watching = new CopyOnWriteArrayList<>();
  private volatile @Nullable Shown shown;

  /** An empty screen. */
  public FakeScreen(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Shown show(Arguments content, String by, Origin origin) {
    Shown before = shown;
    Shown now =
        new Shown(before == null ? 1 : before.revision() + 1, content, by, origin, clock.instant());
    shown = now;
    watching.forEach(Runnable::run);
    return now;
  }

  @Override
  public Shown clear(String by, Origin origin) {
    return show(Arguments.none(), by, origin);
  }

  @Override
  public Optional<Shown> current() {
    return Optional.ofNullable(shown);
  }

  @Override
  public Watch watch(Runnable changed) {
    watching.add(changed);
    return () -> watching.remove(changed);
  }

  /** How many watch it. */
  public int watching() {
    return watching.size();
  }
}
