package org.jarvis.lab.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;
import org.jarvis.lab.shell.Login;
import org.jarvis.lab.shell.Machine;
import org.jarvis.lab.sim.Troubles;
import org.jspecify.annotations.Nullable;

/**
 * The machines of the lab over SSH, each on a port of its own of 127.0.0.1 with a host key of its
 * own. One server with two threads serves them all, whatever their number; a command that runs has
 * one thread, and one more for every pipe in it. They let in one key, for the users root and
 * jarvis, and forward nothing.
 *
 * <p>Threading: all methods may be called from any thread.
 */
public final class SshHosts implements AutoCloseable {

  private static final int SERVER_THREADS = 2;
  private static final int MOST_RUNNING = 512;
  private static final int IDLE_SECONDS = 10;
  private static final long STACK_BYTES = 1L << 18;
  private static final long WINDOW = 1L << 18;
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Set<String> USERS = Set.of("root", "jarvis");

  /**
   * A machine as it can be reached.
   *
   * @param machine what answers
   * @param address where it listens
   */
  private record Door(Machine machine, InetSocketAddress address) {}

  private final SshKeys keys;
  private final Troubles troubles;
  private final Map<String, Door> doors = new LinkedHashMap<>();
  private final Map<Integer, Door> byPort = new ConcurrentHashMap<>();
  private final Set<String> refusing = new HashSet<>();
  private final Set<String> disguised = new HashSet<>();
  private final Set<String> silenced = new HashSet<>();
  private final ThreadPoolExecutor threads;
  private final Doorman doorman;
  private final Server server;

  /**
   * Opens the ports.
   *
   * @param firstPort of the first machine, the others take the next ones; 0 takes free ones
   * @throws IOException where a port cannot be had
   */
  public SshHosts(List<Machine> machines, int firstPort, SshKeys keys, Troubles troubles)
      throws IOException {
    this.keys = keys;
    this.troubles = troubles;
    AtomicInteger count = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            0,
            MOST_RUNNING,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread =
                  new Thread(null, work, "lab-ssh-" + count.incrementAndGet(), STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
    doorman = new Doorman(address -> silent(machine(address)));
    server = new Server();
    configure(server);
    try {
      open(machines, firstPort);
    } catch (IOException | RuntimeException unavailable) {
      close();
      throw unavailable;
    }
    troubles.watchedBy(this::troublesChanged);
  }

  /** The names of the hosts, nodes first. */
  public List<String> names() {
    return List.copyOf(doors.keySet());
  }

  /** The port of a host. */
  public int port(String host) {
    Door door = doors.get(host);
    if (door == null) {
      throw new IllegalArgumentException("there is no host " + host);
    }
    return door.address().getPort();
  }

  /** The keys of the hosts and of who may log in. */
  public SshKeys keys() {
    return keys;
  }

  @Override
  public void close() {
    troubles.watchedBy(() -> {});
    try {
      if (server.isStarted()) {
        // Otherwise it would go on accepting with threads that have ended.
        server.acceptor().unbind();
      }
      server.stop(true);
    } catch (IOException closing) {
      // It is going away in any case.
    }
    threads.shutdownNow();
    try {
      threads.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** One server whose acceptor listens on many ports. */
  private final class Server extends SshServer {
    @Override
    protected IoAcceptor createAcceptor() {
      return getIoServiceFactory().createAcceptor(doorman.before(getSessionFactory()));
    }

    IoAcceptor acceptor() {
      return acceptor;
    }
  }

  private void configure(Server made) {
    ServerBuilder.builder().factory(() -> made).build();
    made.setIoServiceFactoryFactory(
        new Nio2ServiceFactoryFactory(
            () -> ThreadUtils.newFixedThreadPool("lab-ssh-io", SERVER_THREADS)));
    made.setKeyPairProvider(new HostKeys());
    made.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    made.setPublickeyAuthenticator(
        (user, key, session) ->
            USERS.contains(user) && KeyUtils.compareKeys(key, keys.client().getPublic()));
    made.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    made.setSubsystemFactories(List.of());
    made.setCommandFactory(
        (channel, line) ->
            channel.getEnvironment().getEnv().containsKey(Environment.ENV_TERM)
                ? terminal(channel, line)
                : new ExecChannel(
                    login(channel.getSession()),
                    line,
                    threads,
                    () -> silent(machine(channel.getSession().getIoSession().getLocalAddress()))));
    made.setShellFactory(channel -> terminal(channel, null));
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(made, PATIENCE);
    CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(made, Duration.ZERO);
    // By its name a client knows that no process of a system stands behind a connection here.
    CoreModuleProperties.SERVER_IDENTIFICATION.set(made, "JarvisLab_1.0");
    CoreModuleProperties.WINDOW_SIZE.set(made, WINDOW);
    CoreModuleProperties.TCP_NODELAY.set(made, true);
  }

  private void open(List<Machine> machines, int firstPort) throws IOException {
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    int next = firstPort;
    for (Machine machine : machines) {
      InetSocketAddress wanted = new InetSocketAddress(loopback, next);
      Door door = new Door(machine, listen(wanted));
      doors.put(machine.name(), door);
      byPort.put(door.address().getPort(), door);
      next = firstPort == 0 ? 0 : next + 1;
    }
  }

  private InetSocketAddress listen(InetSocketAddress wanted) throws IOException {
    try {
      if (!server.isStarted()) {
        server.setHost(wanted.getAddress().getHostAddress());
        server.setPort(wanted.getPort());
        server.start();
        return (InetSocketAddress) server.getBoundAddresses().iterator().next();
      }
      Set<SocketAddress> before = new HashSet<>(server.getBoundAddresses());
      server.acceptor().bind(wanted);
      for (SocketAddress bound : server.getBoundAddresses()) {
        if (!before.contains(bound)) {
          return (InetSocketAddress) bound;
        }
      }
      throw new IOException("it is not told where");
    } catch (IOException unavailable) {
      throw new IOException(
          "cannot listen on 127.0.0.1:"
              + wanted.getPort()
              + " for SSH ("
              + unavailable.getMessage()
              + "); choose another port",
          unavailable);
    }
  }

  private @Nullable Machine machine(@Nullable SocketAddress local) {
    Door door = local instanceof InetSocketAddress inet ? byPort.get(inet.getPort()) : null;
    return door == null ? null : door.machine();
  }

  private boolean silent(@Nullable Machine machine) {
    return machine != null
        && (!machine.runs() || troubles.on(Troubles.Kind.SSH_SILENT, machine.name()));
  }

  private TerminalChannel terminal(ChannelSession channel, @Nullable String line)
      throws IOException {
    TerminalChannel terminal = new TerminalChannel(login(channel.getSession()), line, threads);
    channel.setDataReceiver(terminal.keyboard());
    return terminal;
  }

  private Login login(ServerSession session) throws IOException {
    Machine machine = machine(session.getIoSession().getLocalAddress());
    if (machine == null) {
      throw new IOException("nobody is at " + session.getIoSession().getLocalAddress());
    }
    String user = session.getUsername();
    return new Login(machine, user, user.equals("root") ? "/root" : "/home/" + user, null, threads);
  }

  /** The key of the host behind whose port somebody knocks. */
  private final class HostKeys implements KeyPairProvider {
    @Override
    public Iterable<KeyPair> loadKeys(@Nullable SessionContext session) {
      Machine machine = session == null ? null : machine(session.getLocalAddress());
      if (machine == null) {
        return List.of(keys.impostor());
      }
      boolean changed = troubles.on(Troubles.Kind.HOST_KEY_CHANGED, machine.name());
      return List.of(changed ? keys.impostor() : keys.of(machine.name()));
    }
  }

  private synchronized void troublesChanged() {
    for (Door door : doors.values()) {
      String name = door.machine().name();
      int port = door.address().getPort();
      if (turned(refusing, name, Troubles.Kind.SSH_REFUSED)) {
        if (refusing.contains(name)) {
          server.acceptor().unbind(door.address());
          doorman.cut(port);
        } else {
          reopen(door);
        }
      }
      if (turned(disguised, name, Troubles.Kind.HOST_KEY_CHANGED)
          || (turned(silenced, name, Troubles.Kind.SSH_SILENT) && !silenced.contains(name))) {
        doorman.cut(port);
      }
    }
  }

  private boolean turned(Set<String> known, String name, Troubles.Kind kind) {
    return troubles.on(kind, name) ? known.add(name) : known.remove(name);
  }

  private void reopen(Door door) {
    try {
      server.acceptor().bind(door.address());
    } catch (IOException taken) {
      throw new IllegalStateException(
          "the port "
              + door.address().getPort()
              + " of "
              + door.machine().name()
              + " was taken meanwhile",
          taken);
    }
  }
}
