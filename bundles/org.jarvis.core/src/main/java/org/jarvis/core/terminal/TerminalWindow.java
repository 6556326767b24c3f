package org.jarvis.core.terminal;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.TerminalView;
import org.jarvis.api.host.Terminals;
import org.jspecify.annotations.Nullable;

/** One attachment to a terminal. Once another one took its place it can do nothing more. */
final class TerminalWindow implements TerminalView {
  private static final int MOST_CHARACTERS = 1000;

  private final LiveTerminal terminal;
  private final Secret nextSecret;
  private final long begin;
  private final Runnable news;
  private long sent;
  private boolean replaced;
  private boolean over;
  private @Nullable Instant warnedOf;
  private boolean stopTold;

  TerminalWindow(LiveTerminal terminal, Secret nextSecret, long begin, Runnable news) {
    this.terminal = terminal;
    this.nextSecret = nextSecret;
    this.begin = begin;
    this.sent = begin;
    this.news = news;
  }

  /** There may be something to take. */
  void tell() {
    news.run();
  }

  /** Another one took its place. */
  void replace() {
    synchronized (this) {
      replaced = true;
    }
    tell();
  }

  @Override
  public Terminals.OpenTerminal terminal() {
    return terminal.shown();
  }

  @Override
  public Secret nextSecret() {
    return nextSecret;
  }

  @Override
  public long position() {
    return begin;
  }

  @Override
  public synchronized @Nullable News next(int most) {
    if (over) {
      return null;
    }
    if (replaced) {
      over = true;
      return new News.Replaced();
    }
    News notice = notice();
    if (notice != null) {
      return notice;
    }
    // Asked for before the output is: what was printed before it ended is there by then.
    Ending ending = terminal.ending();
    OutputTape.Piece piece = terminal.tape().after(sent, most);
    if (piece != null) {
      sent = piece.end();
      return new News.Output(piece.end(), piece.text());
    }
    if (ending != null) {
      over = true;
      return new News.Ended(ending.exitStatus(), ending.reason());
    }
    return null;
  }

  private @Nullable News notice() {
    if (terminal.ending() != null) {
      return null;
    }
    Instant idleEnd = terminal.idleEnd();
    if (idleEnd != null && !idleEnd.equals(warnedOf)) {
      warnedOf = idleEnd;
      return new News.IdleWarning(idleEnd);
    }
    CastWriter recorder = terminal.recorder();
    String stopped = recorder == null || stopTold ? null : recorder.stopped();
    if (stopped != null) {
      stopTold = true;
      return new News.RecordingStopped("The recording has stopped: " + stopped + ".");
    }
    return null;
  }

  @Override
  public void acknowledge(long position) {
    if (terminal.isShownBy(this)) {
      terminal.tape().acknowledge(position);
    }
  }

  @Override
  public void type(String text) {
    if (terminal.isShownBy(this)) {
      terminal.type(text);
    }
  }

  @Override
  public void resize(int columns, int rows) {
    if (columns < 1 || columns > MOST_CHARACTERS || rows < 1 || rows > MOST_CHARACTERS) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "A terminal has 1 to 1000 columns and rows.",
          List.of(new FieldError("columns", "and \"rows\" must be numbers from 1 to 1000")));
    }
    if (terminal.isShownBy(this)) {
      terminal.resize(columns, rows);
    }
  }

  @Override
  public void stay() {
    if (terminal.isShownBy(this)) {
      terminal.attended();
    }
  }

  @Override
  public void detach() {
    terminal.detach(this);
  }
}
