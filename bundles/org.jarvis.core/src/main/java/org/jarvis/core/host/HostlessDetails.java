package org.jarvis.core.host;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostState;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jspecify.annotations.Nullable;

/**
 * Says of nodes why nothing is known of what only a host itself tells, so that nobody has to guess:
 * no host is configured for them, or the host was not asked yet.
 */
public final class HostlessDetails {
  private static final List<Aspect> TOLD_BY_HOSTS =
      Arrays.stream(Aspect.values()).filter(Aspect::isToldByHost).toList();

  private final Clock clock;
  private final Hosts hosts;
  private final BiConsumer<ResourceRef, AspectState> details;

  /**
   * Of these hosts.
   *
   * @param details takes the reasons
   */
  public HostlessDetails(Clock clock, Hosts hosts, BiConsumer<ResourceRef, AspectState> details) {
    this.clock = clock;
    this.hosts = hosts;
    this.details = details;
  }

  /** Looks which nodes lack a reason. Cheap where none does. */
  public void look(List<ClusterSnapshot> clusters) {
    for (ClusterSnapshot cluster : clusters) {
      for (Node node : cluster.nodes().values()) {
        for (Aspect aspect : TOLD_BY_HOSTS) {
          look(cluster, node, aspect);
        }
      }
    }
  }

  private void look(ClusterSnapshot cluster, Node node, Aspect aspect) {
    AspectState known = cluster.details(node.ref()).state(aspect).orElse(null);
    Optional<Host> host = hosts.of(node.ref());
    if (host.isEmpty() ? !saysMissing(known) : known == null || saysMissing(known)) {
      details.accept(
          node.ref(), host.map(there -> waiting(aspect)).orElseGet(() -> missing(aspect, node)));
    }
  }

  private static boolean saysMissing(@Nullable AspectState state) {
    return state != null
        && state.failure() != null
        && state.failure().code() == ErrorCode.NOT_PRESENT
        && state.failure().reason().startsWith(NO_HOST);
  }

  private AspectState missing(Aspect aspect, Node node) {
    return AspectState.failed(
        aspect,
        ErrorCode.NOT_PRESENT,
        NO_HOST
            + ": only the node itself tells its "
            + aspect.word()
            + ". Add etc/org.jarvis.connector.ssh-"
            + node.cluster()
            + ".cfg, and accept its key in the browser.",
        clock.instant());
  }

  private static final String NO_HOST = "No SSH host is configured for this node";

  private AspectState waiting(Aspect aspect) {
    return AspectState.failed(
        aspect, ErrorCode.UNREACHABLE, "Its host was not asked yet.", clock.instant());
  }

  /** Why nothing is read from a host that stands like this; empty where something may be. */
  static Optional<AspectState> failure(HostState state) {
    String reason =
        state.reason() == null ? "Its host is " + state.status().word() + "." : state.reason();
    return code(state.status())
        .map(code -> AspectState.failed(Aspect.TEMPERATURES, code, reason, state.since()));
  }

  private static Optional<ErrorCode> code(HostState.Status status) {
    return switch (status) {
      case IDLE, CONNECTED -> Optional.empty();
      case KEY_UNKNOWN, KEY_CHANGED -> Optional.of(ErrorCode.CERTIFICATE_UNTRUSTED);
      case LOGIN_REFUSED -> Optional.of(ErrorCode.CREDENTIALS_REFUSED);
      case UNREACHABLE -> Optional.of(ErrorCode.UNREACHABLE);
      case MISCONFIGURED -> Optional.of(ErrorCode.MISCONFIGURED);
    };
  }
}
