package org.jarvis.connector.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.channel.PtyCapableChannelSession;
import org.apache.sshd.common.channel.PtyChannelConfiguration;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.core.CoreModuleProperties;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.TerminalLine;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.TerminalRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A terminal on a connection of its own: when that ends, the host hangs up on whatever runs in it.
 *
 * <p>A thread of its own takes the output from the channel and hands it on. While that blocks, the
 * channel's window fills and the host has to wait, so no more than the window is ever in memory.
 */
final class Terminal implements TerminalLine {
  private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);
  private static final String TYPE = "xterm-256color";
  private static final long WINDOW = 1024 * 1024;
  private static final int PIECE = 32 * 1024;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final HostId host;
  private final Connection connection;
  private final PtyCapableChannelSession channel;
  private final TerminalOutput output;
  private final Consumer<Terminal> whenEnded;
  private final Thread reader;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Object typing = new Object();

  private Terminal(
      HostId host,
      Connection connection,
      TerminalRequest request,
      TerminalOutput output,
      Consumer<Terminal> whenEnded) {
    this.host = host;
    this.connection = connection;
    this.output = output;
    this.whenEnded = whenEnded;
    PtyChannelConfiguration size = new PtyChannelConfiguration();
    size.setPtyType(TYPE);
    size.setPtyColumns(request.columns());
    size.setPtyLines(request.rows());
    size.setPtyWidth(0);
    size.setPtyHeight(0);
    size.setPtyModes(Map.of(PtyMode.IUTF8, 1));
    String program = request.program();
    this.channel =
        program == null
            ? new ChannelShell(size, Map.of())
            : new ChannelExec(program.getBytes(StandardCharsets.UTF_8), size, Map.of());
    channel.setUsePty(true);
    channel.setRedirectErrorStream(true);
    CoreModuleProperties.WINDOW_SIZE.set(channel, WINDOW);
    this.reader = new Thread(this::read, "jarvis-ssh-terminal-" + host);
    reader.setDaemon(true);
  }

  /**
   * Opens a terminal. Takes the connection over: it ends with the terminal.
   *
   * @param whenEnded called when it has ended
   * @throws IOException where none comes about; then the connection has ended, too
   */
  static Terminal open(
      HostId host,
      Connection connection,
      TerminalRequest request,
      TerminalOutput output,
      Duration patience,
      Consumer<Terminal> whenEnded)
      throws IOException {
    Terminal terminal = new Terminal(host, connection, request, output, whenEnded);
    try {
      connection.register(terminal.channel);
      terminal.channel.open().verify(patience);
      terminal.reader.start();
      return terminal;
    } catch (IOException failure) {
      connection.drop();
      throw failure;
    }
  }

  private void read() {
    boolean broken = false;
    byte[] piece = new byte[PIECE];
    try (InputStream in = channel.getInvertedOut()) {
      for (int length = in.read(piece); length >= 0 && !closed.get(); length = in.read(piece)) {
        output.output(piece, length);
      }
    } catch (IOException lost) {
      broken = true;
    } catch (RuntimeException foreign) {
      LOG.warn("A terminal on {} was closed, as its output could not be handed on.", host, foreign);
    } finally {
      end(broken);
    }
  }

  private void end(boolean broken) {
    boolean closedHere = closed.get();
    if (!closedHere) {
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LAST_WORDS.toMillis());
    }
    Integer status = channel.getExitStatus();
    boolean ordinary = closedHere || status != null || channel.getExitSignal() != null;
    boolean lost = !ordinary && (broken || !connection.isOpen());
    closed.set(true);
    connection.drop();
    whenEnded.accept(this);
    try {
      output.ended(status, lost ? "The connection to " + host + " was lost." : null);
    } catch (RuntimeException foreign) {
      LOG.warn("The end of a terminal on {} could not be told.", host, foreign);
    }
  }

  boolean hasEnded() {
    return !reader.isAlive();
  }

  @Override
  public void type(byte[] input) {
    synchronized (typing) {
      try {
        OutputStream in = channel.getInvertedIn();
        if (closed.get() || in == null) {
          throw gone(null);
        }
        in.write(input);
        in.flush();
      } catch (IOException lost) {
        throw gone(lost);
      }
    }
  }

  private JarvisException gone(@Nullable IOException cause) {
    return new JarvisException(
        ErrorCode.UNREACHABLE, "The terminal on " + host + " has ended.", cause);
  }

  @Override
  public void resize(int columns, int rows) {
    if (columns < 1 || columns > 1000 || rows < 1 || rows > 1000 || closed.get()) {
      return;
    }
    try {
      channel.sendWindowChange(columns, rows);
    } catch (IOException lost) {
      LOG.debug("A terminal on {} was not told its size.", host, lost);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      connection.drop();
      // What it may wait for is of no use to anybody now.
      reader.interrupt();
    }
  }
}
