package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostState;

/** Tells of hosts. */
public final class HostEncoder {
  private HostEncoder() {}

  /** One host; what is not known, or not wrong, is {@code null}. */
  public static ObjectNode encode(Host host) {
    HostState state = host.state();
    return Json.object()
        .put("id", host.id().toString())
        .put("cluster", host.id().cluster().value())
        .put("name", host.id().name())
        .put("place", host.place().toString())
        .put("address", host.address())
        .put("port", host.port())
        .put("user", host.user())
        .put("sudo", host.sudo())
        .put("status", state.status().word())
        .put("reason", state.reason())
        .put("fingerprint", state.offered())
        .put("since", Json.time(state.since()));
  }
}
