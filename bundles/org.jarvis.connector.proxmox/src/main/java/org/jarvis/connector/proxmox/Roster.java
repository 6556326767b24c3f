package org.jarvis.connector.proxmox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jspecify.annotations.Nullable;

/**
 * Which details of a cluster can be read at this moment, and why others cannot. What cannot answer
 * is in neither: nodes that are offline, storages that are not there, guests that do not run.
 */
final class Roster {
  /** Before version 8 there is no call for it. */
  private static final int CONTAINER_ADDRESSES = 8;

  private final Set<Turn> turns = new LinkedHashSet<>();
  private final Map<Turn, Bar> bars = new HashMap<>();
  private final AccountRights rights;
  private final Map<GuestId, Boolean> agents;

  /**
   * What bars a turn.
   *
   * @param code the kind of obstacle
   * @param privileges those of which one would be enough, where they are the obstacle
   * @param reason for people, with the cure; made when somebody wants it, since there are many
   */
  record Bar(ErrorCode code, List<String> privileges, Supplier<String> reason) {
    /** Whether it is the same obstacle. */
    boolean isLike(@Nullable Bar other) {
      return other != null && code == other.code && privileges.equals(other.privileges);
    }
  }

  private Roster(AccountRights rights, Map<GuestId, Boolean> agents) {
    this.rights = rights;
    this.agents = agents;
  }

  /** Before anything else, what the account may do. */
  static Roster ofPrivileges(ResourceRef cluster) {
    Roster roster =
        new Roster(new AccountRights(cluster.toString(), null, Release.UNKNOWN), Map.of());
    roster.turns.add(new Turn(cluster, Aspect.PRIVILEGES));
    return roster;
  }

  /**
   * Works it out.
   *
   * @param agents whether guests are configured to have an agent, of those of which it is known
   */
  static Roster of(
      ResourceRef cluster,
      LastReading reading,
      AccountRights rights,
      Map<GuestId, Boolean> agents) {
    Roster roster = new Roster(rights, agents);
    roster.addAll(cluster, null);
    for (Node node : reading.nodes().values()) {
      if (reading.answers(node.node())) {
        roster.addAll(node.ref(), null);
      }
    }
    Set<String> shared = new HashSet<>();
    for (Storage storage : reading.storages().values()) {
      if (storage.status() == Storage.Status.AVAILABLE
          && reading.answers(storage.node())
          && (!storage.shared() || shared.add(storage.name()))) {
        roster.addAll(storage.ref(), null);
      }
    }
    for (Guest guest : reading.guests().values()) {
      if (reading.answers(guest.node())) {
        roster.addAll(guest.ref(), guest);
      }
    }
    return roster;
  }

  /** What can be read. */
  Set<Turn> turns() {
    return turns;
  }

  /** What cannot, although somebody may look for it. */
  Map<Turn, Bar> bars() {
    return bars;
  }

  private void addAll(ResourceRef resource, @Nullable Guest guest) {
    for (Aspect aspect : Aspect.of(resource.kind())) {
      Turn turn = new Turn(resource, aspect);
      if (Rhythm.rotates(aspect) && (guest == null || canTell(turn, guest))) {
        add(turn, guest);
      }
    }
  }

  private boolean canTell(Turn turn, Guest guest) {
    boolean runs = guest.status() == Guest.Status.RUNNING;
    return switch (turn.aspect()) {
      case RUNTIME -> (runs || guest.status() == Guest.Status.PAUSED) && !guest.template();
      case AGENT ->
          runs
              && (guest.type() == GuestType.LXC
                  ? containersTellAddresses(turn, guest)
                  : agentEnabled(turn, guest));
      default -> true;
    };
  }

  private boolean containersTellAddresses(Turn turn, Guest guest) {
    if (rights.release().maybeSince(CONTAINER_ADDRESSES)) {
      return true;
    }
    bars.put(
        turn,
        new Bar(
            ErrorCode.NOT_PRESENT,
            List.of(),
            () ->
                guest.label()
                    + ": Proxmox VE tells the addresses of containers since version "
                    + CONTAINER_ADDRESSES
                    + "."));
    return false;
  }

  /** While the configuration was not read, nobody knows. */
  private boolean agentEnabled(Turn turn, Guest guest) {
    Boolean enabled = agents.get(guest.id());
    if (Boolean.FALSE.equals(enabled)) {
      bars.put(
          turn,
          new Bar(
              ErrorCode.NOT_PRESENT,
              List.of(),
              () ->
                  guest.label()
                      + ": no QEMU guest agent is configured. Install qemu-guest-agent in it, then"
                      + " turn on its option QEMU Guest Agent."));
    }
    return Boolean.TRUE.equals(enabled);
  }

  private void add(Turn turn, @Nullable Guest guest) {
    rights
        .barring(turn, guest)
        .ifPresentOrElse(
            lacking ->
                bars.put(
                    turn,
                    new Bar(
                        ErrorCode.PRIVILEGE_MISSING,
                        lacking.names(),
                        () -> rights.lacking(lacking, turn.aspect()))),
            () -> turns.add(turn));
  }
}
