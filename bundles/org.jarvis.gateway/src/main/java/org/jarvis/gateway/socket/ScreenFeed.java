package org.jarvis.gateway.socket;

import org.jarvis.api.screen.Screen;
import org.jarvis.gateway.Part;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.ScreenEncoder;
import org.jspecify.annotations.Nullable;

/**
 * What the screen shows as messages, each made once for all clients. A client gets what is shown
 * now, and none of what was shown while it was busy. Safe from any thread.
 */
final class ScreenFeed {
  private final Part<Screen> screen;
  private final Runnable changed;
  private @Nullable Screen followed;
  private Screen.@Nullable Watch watch;
  private @Nullable Told latest;

  /** What is shown, and how that is told. */
  private record Told(Screen.Shown shown, String text) {}

  /** How far a client is. Used by one thread at a time. */
  static final class Position {
    private Screen.@Nullable Shown has;
  }

  /**
   * A feed of this screen.
   *
   * @param changed is told that clients can get something; must return at once
   */
  ScreenFeed(Part<Screen> screen, Runnable changed) {
    this.screen = screen;
    this.changed = changed;
  }

  /** Watches the screen that is there now; called every second. */
  synchronized void follow() {
    Screen present = screen.find().orElse(null);
    if (present == followed) {
      return;
    }
    leave();
    if (present != null) {
      watch = present.watch(changed);
      followed = present;
    }
  }

  /** Watches no screen any more. */
  synchronized void leave() {
    if (watch != null) {
      watch.close();
    }
    watch = null;
    followed = null;
  }

  /**
   * The next message for a client; {@code null} when it has what is shown, and as long as nothing
   * ever was. While the screen is away the client keeps what it has.
   *
   * @param seq the number of the last event that it has, which this repeats
   */
  @Nullable String next(Position position, long seq) {
    Screen.Shown shown = screen.find().flatMap(Screen::current).orElse(null);
    // Not by the revision alone: the screen of another life counts from the beginning.
    if (shown == null || shown.equals(position.has)) {
      return null;
    }
    position.has = shown;
    return "{\"type\":\"screen\",\"seq\":" + seq + ",\"screen\":" + text(shown) + "}";
  }

  private synchronized String text(Screen.Shown shown) {
    Told known = latest;
    if (known != null && known.shown().equals(shown)) {
      return known.text();
    }
    Told told = new Told(shown, Json.text(ScreenEncoder.encode(shown)));
    latest = told;
    return told.text();
  }
}
