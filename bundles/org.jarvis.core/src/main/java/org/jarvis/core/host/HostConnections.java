package org.jarvis.core.host;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostConnection;
import org.jarvis.api.host.HostId;

/**
 * What the connectors handed over for hosts, with what runs commands there. It is no service and no
 * service gives it away: whoever put the core together gave it to the gate and to people's
 * terminals, and to nobody else. Safe from any thread.
 */
public final class HostConnections {
  private final Map<HostId, HostConnection> connections = new ConcurrentHashMap<>();

  /** Takes what reaches a host. */
  public void put(HostConnection connection) {
    connections.put(connection.id(), connection);
  }

  void remove(HostConnection connection) {
    connections.remove(connection.id(), connection);
  }

  /** What reaches a host, if anything does at present. */
  public Optional<HostConnection> find(HostId id) {
    return Optional.ofNullable(connections.get(id));
  }

  /** What reaches a host, or an error that says that nothing does at present. */
  public HostConnection require(HostId id) {
    return find(id)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND,
                    "No connector reaches a host "
                        + id
                        + ". Configure it for the bundle org.jarvis.connector.ssh, and see that"
                        + " the bundle runs; GET /api/hosts lists the hosts."));
  }
}
