package org.jarvis.core.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;

/**
 * What the connectors handed over, writing methods included. It is no service and no service gives
 * it away: whoever put the core together gave it to the gate, and to nobody else.
 */
public final class Connections {
  private final Map<ClusterId, ClusterConnection> connections = new ConcurrentHashMap<>();

  void put(ClusterConnection connection) {
    connections.put(connection.id(), connection);
  }

  void remove(ClusterConnection connection) {
    connections.remove(connection.id(), connection);
  }

  /** All that reaches clusters at present. */
  List<ClusterConnection> all() {
    return List.copyOf(connections.values());
  }

  /** What reaches a cluster, if anything does at present. */
  Optional<ClusterConnection> find(ClusterId id) {
    return Optional.ofNullable(connections.get(id));
  }

  /** What reaches a cluster, or an error that says that nothing does at present. */
  public ClusterConnection require(ClusterId id) {
    ClusterConnection connection = connections.get(id);
    if (connection == null) {
      throw new JarvisException(
          ErrorCode.CONNECTOR_MISSING,
          "The connector for cluster "
              + id
              + " is not running. Install or start its bundle, or look at its configuration.");
    }
    return connection;
  }
}
