package org.jarvis.core.terminal;

import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.host.Terminals;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceRef;

/** Finds where a terminal is to lead. Answers from memory. */
final class Destinations {
  private static final String ENTER_CONTAINER = "/usr/sbin/pct enter ";
  private static final String VM_CONSOLE = "/usr/sbin/qm terminal ";
  private static final String AS_ROOT = "/usr/bin/sudo -n ";

  private final Hosts hosts;
  private final LiveState state;

  Destinations(Hosts hosts, LiveState state) {
    this.hosts = hosts;
    this.state = state;
  }

  /**
   * Where this leads.
   *
   * @throws JarvisException with {@code INVALID_INPUT}, {@code NOT_FOUND}, {@code AMBIGUOUS_TARGET}
   *     or {@code NOT_RUNNING}
   */
  Destination of(Terminals.Wish wish) {
    String host = wish.host();
    ResourceRef resource = wish.resource();
    if (host != null && resource == null) {
      return direct(named(host));
    }
    if (resource != null && host == null) {
      return of(resource);
    }
    throw new JarvisException(
        ErrorCode.INVALID_INPUT,
        "Name either a host or a resource to open a terminal on.",
        List.of(new FieldError("host", "or \"ref\" has to be given, and not both")));
  }

  private Host named(String word) {
    List<Host> found = hosts.named(word);
    if (found.size() > 1) {
      throw new JarvisException(
          ErrorCode.AMBIGUOUS_TARGET,
          "Several hosts are called so: "
              + String.join(", ", found.stream().map(one -> one.id().toString()).toList())
              + ". Name one with its cluster.");
    }
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND,
                    "No host of that name is known. Hosts are the nodes of clusters for which SSH"
                        + " is configured, and those that are configured themselves."));
  }

  private static Destination direct(Host host) {
    String title = host.user() + "@" + host.id().name();
    return new Destination(host, host.place(), host.id().name(), title, null, null);
  }

  private Destination of(ResourceRef resource) {
    return switch (resource.kind()) {
      case NODE -> direct(standingFor(resource));
      case GUEST -> entered(guest(resource));
      case CLUSTER, STORAGE ->
          throw new JarvisException(
              ErrorCode.INVALID_INPUT,
              "A terminal is opened on a node or in a guest, not on a "
                  + resource.kind().word()
                  + ".",
              List.of(new FieldError("ref", "must be the address of a node or guest")));
    };
  }

  private Host standingFor(ResourceRef node) {
    return hosts
        .of(node)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND,
                    "Jarvis does not reach "
                        + node.path().get(0)
                        + " over SSH: no user and key are configured for the cluster "
                        + node.cluster()
                        + "."));
  }

  private Guest guest(ResourceRef resource) {
    return state
        .find(resource)
        .filter(Guest.class::isInstance)
        .map(Guest.class::cast)
        .orElseThrow(
            () -> new JarvisException(ErrorCode.NOT_FOUND, "There is no guest " + resource + "."));
  }

  /** By its number alone, so that no name that a guest has ever reaches a shell. */
  private Destination entered(Guest guest) {
    if (guest.status() != Guest.Status.RUNNING) {
      throw new JarvisException(
          ErrorCode.NOT_RUNNING,
          guest.name() + " does not run, so there is nothing to enter. Start it first.");
    }
    Host host = standingFor(ResourceRef.node(guest.cluster(), guest.node()));
    boolean container = guest.type() == GuestType.LXC;
    String program = (container ? ENTER_CONTAINER : VM_CONSOLE) + guest.id();
    String hint =
        container
            ? null
            : "This is the VM's serial console: it needs a serial port (serial0) and a login on"
                + " it in the VM. Press Enter if nothing appears, and Ctrl-O to leave it.";
    return new Destination(
        host,
        guest.ref(),
        guest.name(),
        guest.name() + " (" + guest.id() + ") through " + host.id().name(),
        host.sudo() ? AS_ROOT + program : program,
        hint);
  }
}
