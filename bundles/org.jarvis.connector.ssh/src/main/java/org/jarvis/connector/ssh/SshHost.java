package org.jarvis.connector.ssh;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.session.ClientSession;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.CommandRun;
import org.jarvis.api.host.HostAttachment;
import org.jarvis.api.host.HostAttachment.KeyVerdict;
import org.jarvis.api.host.HostConnection;
import org.jarvis.api.host.HostOperations;
import org.jarvis.api.host.HostState;
import org.jarvis.api.host.HostState.Status;
import org.jarvis.api.host.TerminalLine;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.TerminalRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host: runs commands and terminals on it, and tells the core how it stands. */
final class SshHost implements HostOperations {
  private static final Logger LOG = LoggerFactory.getLogger(SshHost.class);
  private static final int MOST_ATTEMPTS = 8;
  private static final Duration RESTART = Duration.ofSeconds(5);
  private static final long RESTART_PAUSE_MILLIS = 250;
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final HostSettings settings;
  private final Transport transport;
  private final Clock clock;
  private final IdentityKey identity;
  private final ConnectionPool pool;
  private final Semaphore terminalTurns;
  private final Set<Terminal> terminals = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable HostAttachment> line = new AtomicReference<>();
  private final Runnable whenLost;

  private volatile HostKeyCheck.@Nullable Offer offer;
  private volatile HostState state;
  private volatile @Nullable Long lostAt;
  private volatile boolean closed;

  /**
   * Prepares a host and connects to nothing yet.
   *
   * @param whenLost called when a connection ended by itself
   */
  SshHost(HostSettings settings, Transport transport, Clock clock, Runnable whenLost) {
    this.settings = settings;
    this.transport = transport;
    this.clock = clock;
    this.whenLost = whenLost;
    this.identity = new IdentityKey(settings.account(), settings.source());
    this.pool = new ConnectionPool(settings, this::connect, this::lost);
    this.terminalTurns = new Semaphore(settings.limits().terminals());
    this.state = new HostState(Status.IDLE, null, null, clock.instant());
  }

  HostSettings settings() {
    return settings;
  }

  HostState state() {
    return state;
  }

  /** What the core is told of it. */
  HostConnection announcement() {
    return new HostConnection(
        settings.id(),
        settings.configuration(),
        settings.place(),
        settings.address(),
        settings.port(),
        settings.account().user(),
        settings.account().sudo(),
        this);
  }

  /** How many connections for commands stand. */
  int connections() {
    return pool.size();
  }

  /** Tells the core through this from now on. */
  void reportTo(HostAttachment attachment) {
    line.set(attachment);
    attachment.state(state);
  }

  @Override
  public CommandResult run(CommandRun run) {
    try {
      return execute(run);
    } catch (ConnectFailure failure) {
      throw new JarvisException(ErrorCode.NOT_SENT, failure.reason(), failure);
    }
  }

  /**
   * Runs a command to its end, as {@link #run} does.
   *
   * @throws ConnectFailure where no connection came about, so it surely never began
   */
  CommandResult execute(CommandRun run) throws ConnectFailure {
    long began = System.nanoTime();
    try {
      if (closed) {
        throw leaving();
      }
      return attempt(run, began);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new JarvisException(
          ErrorCode.NOT_SENT,
          "The command on " + settings.id() + " was cancelled before it began.");
    }
  }

  private CommandResult attempt(CommandRun run, long began)
      throws ConnectFailure, InterruptedException {
    long deadline = began + run.timeLimit().toNanos();
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      Connection connection = take(left);
      RunningCommand command =
          new RunningCommand(settings.id(), run, connection, deadline, () -> closed);
      RunningCommand.Start start = null;
      try {
        start = command.start(shorter(settings.limits().connectTime(), left));
      } finally {
        if (start == null) {
          pool.discard(connection);
        }
      }
      switch (start) {
        case BEGUN -> {
          return await(command, connection);
        }
        case CONNECTION_DEAD -> {
          lostAt = System.nanoTime();
          pool.discard(connection);
        }
        case NO_CHANNEL -> {
          pool.discard(connection);
          throw noChannel();
        }
      }
    }
    throw noChannel();
  }

  private JarvisException noChannel() {
    return new JarvisException(
        ErrorCode.NOT_SENT,
        settings.id() + " opens no channel for a command. See MaxSessions in its sshd_config.");
  }

  private CommandResult await(RunningCommand command, Connection connection) {
    boolean usable = false;
    try {
      CommandResult result = command.await();
      usable = command.leavesConnectionUsable();
      return result;
    } catch (JarvisException ended) {
      usable = command.leavesConnectionUsable();
      throw ended;
    } finally {
      if (usable) {
        pool.giveBack(connection);
      } else {
        pool.discard(connection);
      }
    }
  }

  /**
   * A connection for a command. Where one was lost just now, the server may be starting anew, and
   * is given a moment.
   */
  private Connection take(Duration patience) throws ConnectFailure, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      try {
        Connection connection = pool.take(patience);
        if (connection != null) {
          return connection;
        }
        throw new JarvisException(
            ErrorCode.NOT_SENT,
            settings.id()
                + " is busy: as many commands run there as are allowed at a time, and none ended"
                + " within "
                + patience.toSeconds()
                + " s.");
      } catch (ConnectFailure failure) {
        boolean patient = System.nanoTime() - began < patience.toNanos();
        if (!patient || failure.status() != Status.UNREACHABLE || !lostJustNow()) {
          throw failure;
        }
        Thread.sleep(RESTART_PAUSE_MILLIS);
      }
    }
  }

  private boolean lostJustNow() {
    Long lost = lostAt;
    return lost != null && System.nanoTime() - lost < RESTART.toNanos();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Sees whether a connection comes about, and says so to the core. Blocks.
   *
   * @return why none did; {@code null} when one stands
   */
  @Nullable ConnectFailure probe() {
    try {
      Connection connection = pool.take(settings.limits().connectTime());
      if (connection != null) {
        pool.giveBack(connection);
      }
      return null;
    } catch (ConnectFailure failure) {
      return failure;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return leaving();
    }
  }

  private Connection connect() throws ConnectFailure, InterruptedException {
    if (closed) {
      throw leaving();
    }
    HostKeyCheck check = new HostKeyCheck(settings, this::verdict);
    try {
      ClientSession session = transport.connect(settings, identity, check);
      Connection connection = new Connection(session);
      HostKeyCheck.Offer made = check.offer();
      offer = made;
      report(Status.CONNECTED, null, made == null ? null : made.fingerprint());
      return connection;
    } catch (ConnectFailure failure) {
      offer = check.offer();
      report(failure.status(), failure.reason(), failure.offered());
      throw failure;
    }
  }

  private ConnectFailure leaving() {
    return new ConnectFailure(
        Status.IDLE, settings.id() + ": its connector is leaving or starting anew.", null);
  }

  private KeyVerdict verdict(String algorithm, String fingerprint) {
    HostAttachment attachment = line.get();
    return attachment == null ? KeyVerdict.UNKNOWN : attachment.offered(algorithm, fingerprint);
  }

  /** Whether a person accepted the key meanwhile that the host was refused for. */
  boolean isKeyAcceptedNow() {
    HostKeyCheck.Offer made = offer;
    Status status = state.status();
    boolean refused = status == Status.KEY_UNKNOWN || status == Status.KEY_CHANGED;
    return refused
        && made != null
        && settings.pins().isEmpty()
        && verdict(made.algorithm(), made.fingerprint()) == KeyVerdict.ACCEPTED;
  }

  private void lost() {
    lostAt = System.nanoTime();
    if (!closed) {
      whenLost.run();
    }
  }

  /** Ends connections that nobody needs. */
  void tidy() {
    pool.endIdle();
    if (state.status() == Status.CONNECTED && pool.size() == 0) {
      report(Status.IDLE, null, state.offered());
    }
  }

  private synchronized void report(
      Status status, @Nullable String reason, @Nullable String offered) {
    HostState former = state;
    boolean same =
        former.status() == status
            && Objects.equals(former.reason(), reason)
            && Objects.equals(former.offered(), offered);
    if (same || closed) {
      return;
    }
    HostState news = new HostState(status, reason, offered, clock.instant());
    state = news;
    if (reason != null) {
      LOG.warn("{}", reason);
    } else if (former.reason() != null) {
      LOG.info("{} can be reached again.", settings.id());
    }
    HostAttachment attachment = line.get();
    if (attachment != null) {
      attachment.state(news);
    }
  }

  @Override
  public TerminalLine open(TerminalRequest request, TerminalOutput output) {
    if (!terminalTurns.tryAcquire()) {
      throw new JarvisException(
          ErrorCode.NOT_SENT,
          settings.id()
              + " has "
              + settings.limits().terminals()
              + " terminals open already. Close one of them, or allow more with "
              + SettingsReader.TERMINALS
              + " in "
              + settings.source()
              + ".");
    }
    boolean opened = false;
    try {
      TerminalLine terminal = openTerminal(request, output);
      opened = true;
      return terminal;
    } catch (ConnectFailure failure) {
      throw new JarvisException(ErrorCode.NOT_SENT, failure.reason(), failure);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new JarvisException(
          ErrorCode.NOT_SENT, "The terminal on " + settings.id() + " was cancelled.");
    } finally {
      if (!opened) {
        terminalTurns.release();
      }
    }
  }

  private TerminalLine openTerminal(TerminalRequest request, TerminalOutput output)
      throws ConnectFailure, InterruptedException {
    Connection own = connect();
    try {
      Terminal terminal =
          Terminal.open(
              settings.id(), own, request, output, settings.limits().connectTime(), this::ended);
      terminals.add(terminal);
      if (terminal.hasEnded()) {
        terminals.remove(terminal);
      }
      if (closed) {
        terminal.close();
      }
      return terminal;
    } catch (IOException failure) {
      throw new JarvisException(
          ErrorCode.UNREACHABLE,
          settings.id() + " opens no terminal: " + Foreign.text(failure.getMessage()) + ".",
          failure);
    }
  }

  private void ended(Terminal terminal) {
    terminalTurns.release();
    terminals.remove(terminal);
  }

  /** Begins nothing more, and tells what runs to end. Returns at once. */
  void leave() {
    closed = true;
    List.copyOf(terminals).forEach(Terminal::close);
  }

  /** Leaves, waits a moment for what runs to end, and ends the connections. */
  void close() {
    leave();
    pool.close(FAREWELL);
    HostAttachment attachment = line.getAndSet(null);
    if (attachment != null) {
      attachment.detach();
    }
  }
}
