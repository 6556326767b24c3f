package org.jarvis.connector.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.CommandRun;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;

/** A host on a real server, attached to a registry of the test's own. */
final class ConnectedHost implements AutoCloseable {
  static final ClusterId HOME = new ClusterId("home");
  static final Limits LIMITS = new Limits(8, 8, Duration.ofSeconds(10), Duration.ofMinutes(5));

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  final FakeRegistry registry = new FakeRegistry();
  final Transport transport;
  final SshHost host;

  private ConnectedHost(HostSettings settings, Duration keepAlive) {
    this.transport = Transport.open(keepAlive);
    this.host = new SshHost(settings, transport, Clock.systemUTC(), () -> {});
    host.reportTo(registry.attach(host.announcement()));
  }

  /** A host that is trusted by its pin. */
  static ConnectedHost pinned(RealServer server) throws IOException {
    return pinned(server, LIMITS);
  }

  static ConnectedHost pinned(RealServer server, Limits limits) throws IOException {
    return pinned(server, limits, KEEP_ALIVE);
  }

  static ConnectedHost pinned(RealServer server, Limits limits, Duration keepAlive)
      throws IOException {
    return new ConnectedHost(
        settings(server.port(), server.userKey(), Set.of(server.fingerprint()), limits), keepAlive);
  }

  /** A host whose key a person has to accept. */
  static ConnectedHost unpinned(RealServer server) {
    return new ConnectedHost(
        settings(server.port(), server.userKey(), Set.of(), LIMITS), KEEP_ALIVE);
  }

  static ConnectedHost of(HostSettings settings) {
    return new ConnectedHost(settings, KEEP_ALIVE);
  }

  static HostSettings settings(int port, Path key, Set<String> pins, Limits limits) {
    return new HostSettings(
        new HostId(HOME, "pve1"),
        "org.jarvis.connector.ssh~home",
        "etc/org.jarvis.connector.ssh-home.cfg",
        ResourceRef.node(HOME, new NodeName("pve1")),
        "127.0.0.1",
        port,
        new Account(RealServer.user(), key, null, false),
        pins,
        limits);
  }

  FakeRegistry.Line line() {
    return registry.lines.get(host.settings().id());
  }

  CommandResult run(String line) {
    return run(line, Duration.ofSeconds(20));
  }

  CommandResult run(String line, Duration limit) {
    return host.run(CommandRun.ordinary(line, limit));
  }

  @Override
  public void close() {
    host.close();
    transport.close();
  }
}
