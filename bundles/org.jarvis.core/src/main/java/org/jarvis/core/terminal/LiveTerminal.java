package org.jarvis.core.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.TerminalLine;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.Terminals;
import org.jspecify.annotations.Nullable;

/**
 * One terminal, from before its line stands until a while after it has ended. It belongs to one
 * session of one person; whoever shows the secret that was told last looks at it. Safe from any
 * thread.
 */
final class LiveTerminal implements TerminalOutput {
  /** How long it stays open while nobody looks, and known once it has ended. */
  static final Duration GRACE = Duration.ofSeconds(60);

  private static final Duration WARNING = Duration.ofSeconds(60);

  private final Identity identity;
  private final Clock clock;
  private final Duration idleLimit;
  private final Supplier<Secret> secrets;
  private final @Nullable CastWriter recorder;
  private final Consumer<LiveTerminal> whenEnded;
  private final OutputTape tape = new OutputTape();
  private final OutputText decoder = new OutputText();
  private final InputQueue input;
  private final AtomicLong bytesIn = new AtomicLong();
  private final AtomicLong bytesOut = new AtomicLong();
  private @Nullable TerminalLine line;
  private Secret secret;
  private @Nullable TerminalWindow window;
  private @Nullable Instant alone;
  private Instant lastInput;
  private @Nullable Ending ending;
  private @Nullable Instant endedAt;

  /**
   * What a terminal is, for as long as it lasts.
   *
   * @param id its id
   * @param action the id of its action
   * @param owner whose it is, in which session
   * @param destination where it leads
   * @param openedAt since when
   */
  record Identity(
      String id, String action, Principal owner, Destination destination, Instant openedAt) {}

  /**
   * A terminal whose line is still to be opened.
   *
   * @param secrets makes secrets that nobody can guess
   * @param workers types; its threads may block
   * @param recorder records what it prints; {@code null} for none
   * @param whenEnded told once, on the thread that ends it; must not block
   */
  LiveTerminal(
      Identity identity,
      Clock clock,
      Duration idleLimit,
      Supplier<Secret> secrets,
      Executor workers,
      @Nullable CastWriter recorder,
      Consumer<LiveTerminal> whenEnded) {
    this.identity = identity;
    this.clock = clock;
    this.idleLimit = idleLimit;
    this.secrets = secrets;
    this.recorder = recorder;
    this.whenEnded = whenEnded;
    this.input = new InputQueue(workers, this::toHost);
    this.secret = secrets.get();
    this.lastInput = clock.instant();
    this.alone = clock.instant();
  }

  Identity identity() {
    return identity;
  }

  @Nullable CastWriter recorder() {
    return recorder;
  }

  synchronized Secret secret() {
    return secret;
  }

  synchronized @Nullable Ending ending() {
    return ending;
  }

  synchronized @Nullable Instant endedAt() {
    return endedAt;
  }

  long bytesIn() {
    return bytesIn.get();
  }

  long bytesOut() {
    return bytesOut.get();
  }

  OutputTape tape() {
    return tape;
  }

  /** The line stands; it may have ended by now. */
  void connected(TerminalLine standing) {
    boolean over;
    synchronized (this) {
      line = standing;
      over = ending != null;
    }
    if (over) {
      standing.close();
    }
  }

  synchronized Terminals.OpenTerminal shown() {
    return new Terminals.OpenTerminal(
        identity.id(),
        identity.action(),
        identity.destination().host().id(),
        identity.destination().resource(),
        identity.destination().title(),
        identity.openedAt(),
        alone == null ? null : alone.plus(GRACE),
        recorder == null ? null : recorder.id(),
        identity.destination().hint());
  }

  @Override
  public void output(byte[] bytes, int length) {
    bytesOut.addAndGet(length);
    try {
      decoder.read(bytes, length, this::printed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void printed(char[] text, int length) throws InterruptedException {
    if (recorder != null) {
      recorder.output(text, length);
    }
    int taken = 0;
    while (taken < length) {
      taken += tape.append(text, taken, length - taken);
      tellWindow();
    }
  }

  @Override
  public void ended(@Nullable Integer exitStatus, @Nullable String reason) {
    try {
      decoder.finish(this::printed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    end(
        Ending.ordinary(
            exitStatus,
            reason != null
                ? reason
                : exitStatus == null
                    ? "It has ended."
                    : "It ended with status " + exitStatus + "."));
  }

  /** Ends it, unless it has ended. */
  void end(Ending why) {
    TerminalLine standing;
    synchronized (this) {
      if (ending != null) {
        return;
      }
      ending = why;
      endedAt = clock.instant();
      standing = line;
    }
    input.close();
    tape.close();
    if (standing != null) {
      standing.close();
    }
    tellWindow();
    whenEnded.accept(this);
  }

  /**
   * Attaches, in place of whoever was.
   *
   * @throws JarvisException with {@code REFUSED} for a wrong secret
   */
  TerminalWindow attach(Secret shown, long after, Runnable news) {
    TerminalWindow attached;
    TerminalWindow former;
    synchronized (this) {
      if (!secret.matches(shown)) {
        throw new JarvisException(
            ErrorCode.REFUSED,
            "The terminal's secret is wrong, or was used already. Each can be used once; every"
                + " attachment tells the next one. Open another terminal.");
      }
      secret = secrets.get();
      former = window;
      attached = new TerminalWindow(this, secret, position(after), news);
      window = attached;
      alone = null;
    }
    if (former != null) {
      former.replace();
    }
    return attached;
  }

  private long position(long after) {
    if (after < 0) {
      return tape.start();
    }
    tape.acknowledge(after);
    return Math.max(tape.start(), Math.min(after, tape.end()));
  }

  synchronized boolean isShownBy(TerminalWindow asking) {
    return window == asking;
  }

  synchronized void detach(TerminalWindow leaving) {
    if (window == leaving) {
      window = null;
      alone = clock.instant();
    }
  }

  void type(String text) {
    attended();
    input.add(text);
  }

  private void toHost(byte[] bytes) {
    TerminalLine standing;
    synchronized (this) {
      standing = line;
    }
    if (standing == null) {
      return;
    }
    try {
      standing.type(bytes);
      bytesIn.addAndGet(bytes.length);
    } catch (JarvisException lost) {
      end(Ending.ordinary(null, lost.getMessage()));
    }
  }

  void resize(int columns, int rows) {
    TerminalLine standing;
    synchronized (this) {
      standing = ending == null ? line : null;
    }
    if (standing != null) {
      standing.resize(columns, rows);
      if (recorder != null) {
        recorder.resized(columns, rows);
      }
    }
  }

  /** The person is there. */
  synchronized void attended() {
    lastInput = clock.instant();
  }

  /** When it ends for want of input, once that is near; {@code null} before. */
  synchronized @Nullable Instant idleEnd() {
    Instant end = lastInput.plus(idleLimit);
    return clock.instant().isBefore(end.minus(WARNING)) ? null : end;
  }

  /** Time has passed. */
  void tick() {
    Instant now = clock.instant();
    Ending due = null;
    synchronized (this) {
      if (ending != null) {
        return;
      }
      if (alone != null && !now.isBefore(alone.plus(GRACE))) {
        due = Ending.ordinary(null, "Nobody came back to it within a minute.");
      } else if (!now.isBefore(lastInput.plus(idleLimit))) {
        due = Ending.ordinary(null, "Nothing was typed for " + idleLimit.toMinutes() + " minutes.");
      }
    }
    if (recorder != null) {
      recorder.flush();
    }
    if (due != null) {
      end(due);
    } else {
      tellWindow();
    }
  }

  private void tellWindow() {
    TerminalWindow told;
    synchronized (this) {
      told = window;
    }
    if (told != null) {
      told.tell();
    }
  }
}
