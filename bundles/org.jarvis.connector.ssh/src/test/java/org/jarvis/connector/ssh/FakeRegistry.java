package org.jarvis.connector.ssh;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostAttachment;
import org.jarvis.api.host.HostConnection;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostRegistry;
import org.jarvis.api.host.HostState;
import org.jarvis.api.resource.detail.AspectState;

/** Takes what connectors announce, and keeps all that they say. */
final class FakeRegistry implements HostRegistry {
  final Map<HostId, Line> lines = new ConcurrentHashMap<>();
  final List<HostId> detached = new CopyOnWriteArrayList<>();
  final Map<HostId, String> accepted = new ConcurrentHashMap<>();
  volatile boolean acceptsAll;

  @Override
  public HostAttachment attach(HostConnection connection) {
    Line line = new Line(connection);
    if (lines.putIfAbsent(connection.id(), line) != null) {
      throw new JarvisException(ErrorCode.CONFLICT, connection.id() + " is there already.");
    }
    return line;
  }

  /** One host's line. */
  final class Line implements HostAttachment {
    final HostConnection connection;
    final List<HostState> states = new CopyOnWriteArrayList<>();
    final List<AspectState> details = new CopyOnWriteArrayList<>();

    Line(HostConnection connection) {
      this.connection = connection;
    }

    HostState state() {
      return states.get(states.size() - 1);
    }

    @Override
    public void state(HostState state) {
      states.add(state);
    }

    @Override
    public KeyVerdict offered(String algorithm, String fingerprint) {
      String known = accepted.get(connection.id());
      if (acceptsAll || fingerprint.equals(known)) {
        return KeyVerdict.ACCEPTED;
      }
      return known == null ? KeyVerdict.UNKNOWN : KeyVerdict.CHANGED;
    }

    @Override
    public void detailed(AspectState state) {
      details.add(state);
    }

    @Override
    public void detach() {
      lines.remove(connection.id(), this);
      detached.add(connection.id());
    }
  }
}
