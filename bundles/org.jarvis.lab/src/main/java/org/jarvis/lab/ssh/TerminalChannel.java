package org.jarvis.lab.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jarvis.lab.shell.Completion;
import org.jarvis.lab.shell.Interpreter;
import org.jarvis.lab.shell.Job;
import org.jarvis.lab.shell.Login;
import org.jarvis.lab.shell.Screen;
import org.jspecify.annotations.Nullable;

/** A shell, or one command that was sent, at a terminal. */
final class TerminalChannel implements Command, Screen {

  private static final int HANGUP = 1;
  private static final int INTERRUPT = 2;
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;
  private static final int MOST_CELLS = 1000;

  private final Login login;
  private final @Nullable String line;
  private final Executor threads;
  private final Keyboard keyboard = new Keyboard();
  private final Map<String, String> environment = new HashMap<>();
  private OutputStream out = OutputStream.nullOutputStream();
  private ExitCallback exit = (status, message, immediately) -> {};
  private volatile @Nullable Environment channelEnvironment;
  private volatile @Nullable Job job;
  private volatile boolean hungUp;

  /**
   * Opens none yet.
   *
   * @param line what runs at it, {@code null} for a shell
   */
  TerminalChannel(Login login, @Nullable String line, Executor threads) {
    this.login = login;
    this.line = line;
    this.threads = threads;
    keyboard.interrupts(
        key -> {
          Job running = job;
          if (running != null) {
            running.cancel(INTERRUPT);
          }
          return running != null;
        });
  }

  Keyboard keyboard() {
    return keyboard;
  }

  @Override
  public void setInputStream(InputStream in) {
    // What comes in goes to the keyboard.
  }

  @Override
  public void setOutputStream(OutputStream newOut) {
    out = newOut;
  }

  @Override
  public void setErrorStream(OutputStream err) {
    // A terminal has one screen.
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public int columns() {
    return size(Environment.ENV_COLUMNS, USUAL_COLUMNS);
  }

  @Override
  public int rows() {
    return size(Environment.ENV_LINES, USUAL_ROWS);
  }

  private int size(String name, int usual) {
    Environment known = channelEnvironment;
    String text = known == null ? null : known.getEnv().get(name);
    try {
      int cells = text == null ? usual : Integer.parseInt(text);
      return cells > 0 ? Math.min(cells, MOST_CELLS) : usual;
    } catch (NumberFormatException none) {
      return usual;
    }
  }

  @Override
  public String type() {
    return environment.getOrDefault(Environment.ENV_TERM, "dumb");
  }

  @Override
  public int key(int millis) throws IOException {
    return keyboard.next(Math.max(1, millis));
  }

  @Override
  public void start(ChannelSession channel, Environment given) throws IOException {
    channelEnvironment = given;
    given
        .getEnv()
        .forEach(
            (name, value) -> {
              if (name.equals("TERM") || name.equals("LANG") || name.startsWith("LC_")) {
                environment.put(name, value);
              }
            });
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException full) {
      throw new IOException("too many shells run on the lab's hosts", full);
    }
  }

  private void run() {
    int status = HANGUP;
    OutputStream screen = new TerminalOutput(out);
    try {
      status = line == null ? greet(screen) : command(line, screen);
    } catch (IOException gone) {
      // Somebody closed the window.
    } finally {
      keyboard.close();
      exit.onExit(status);
    }
  }

  private int greet(OutputStream screen) throws IOException {
    screen.write(Completion.welcome(login).getBytes(StandardCharsets.UTF_8));
    return shell(login);
  }

  private int command(String words, OutputStream screen) {
    Job now = new Job();
    job = now;
    return new Interpreter(at(login), environment)
        .run(words, "bash: ", now, new Typed(screen), screen, screen);
  }

  private Login at(Login somebody) {
    return new Login(somebody.machine(), somebody.user(), somebody.folder(), this, threads);
  }

  @Override
  public int shell(Login somebody) throws IOException {
    Interpreter interpreter = new Interpreter(at(somebody), environment);
    OutputStream screen = new TerminalOutput(out);
    LineEditor editor =
        new LineEditor(
            keyboard, out, this::columns, text -> Completion.of(interpreter.login(), text));
    Job outer = job;
    // At its prompt, what is typed is for the prompt, and not for the command that led here.
    job = null;
    try {
      while (!interpreter.over() && !hungUp) {
        LineEditor.Entry entry = editor.read(Completion.prompt(interpreter.login()));
        if (entry == null) {
          screen.write("exit\n".getBytes(StandardCharsets.UTF_8));
          break;
        }
        if (!entry.text().isBlank()) {
          Job now = new Job();
          job = now;
          try {
            interpreter.run(entry.text(), "bash: ", now, new Typed(screen), screen, screen);
          } finally {
            job = null;
          }
          if (now.signal() == INTERRUPT) {
            screen.write("^C\n".getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    } finally {
      job = outer;
    }
    return interpreter.status();
  }

  @Override
  public void destroy(ChannelSession channel) {
    hungUp = true;
    keyboard.close();
    Job running = job;
    if (running != null) {
      running.cancel(HANGUP);
    }
  }

  /** What is typed while a program reads: shown as it is typed, and handed over line by line. */
  private final class Typed extends InputStream {
    private final OutputStream screen;
    private byte[] line = new byte[0];
    private int at;
    private boolean ended;

    Typed(OutputStream screen) {
      this.screen = screen;
    }

    @Override
    public int read() throws IOException {
      while (at == line.length) {
        if (ended) {
          return -1;
        }
        next();
      }
      return line[at++] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      int first = read();
      if (first < 0) {
        return -1;
      }
      into[offset] = (byte) first;
      int more = Math.min(count - 1, line.length - at);
      System.arraycopy(line, at, into, offset + 1, more);
      at += more;
      return more + 1;
    }

    @Override
    public int available() {
      return line.length - at;
    }

    private void next() throws IOException {
      java.io.ByteArrayOutputStream typed = new java.io.ByteArrayOutputStream();
      while (true) {
        Job running = job;
        if (running != null && running.signal() != 0) {
          throw new java.io.InterruptedIOException("ended by a signal");
        }
        int key = keyboard.next(200);
        if (key < 0) {
          continue;
        }
        if (key == 4) {
          ended = typed.size() == 0;
          break;
        }
        if (key == 127 || key == 8) {
          byte[] all = typed.toByteArray();
          if (all.length > 0) {
            typed.reset();
            typed.write(all, 0, all.length - 1);
            screen.write("\b \b".getBytes(StandardCharsets.US_ASCII));
          }
        } else {
          int shown = key == '\r' ? '\n' : key;
          typed.write(shown);
          screen.write(shown);
          screen.flush();
          if (shown == '\n') {
            break;
          }
        }
      }
      line = typed.toByteArray();
      at = 0;
    }
  }
}
