package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.Lane;
import org.jarvis.connector.proxmox.reply.GuestDetails;

/**
 * Guests whose state has just been changed by a task. The cluster's list lags up to ten seconds
 * behind what happened to a guest, because pvestatd gathers it at that pace; so these few are read
 * from their nodes too, until both agree or some time has passed. Safe from any thread.
 */
final class FreshGuests {
  /** More at once are left to the list: what is asked must not grow with the number of guests. */
  private static final int LIMIT = 16;

  /** Asked together, so all of them are waited for no longer than this. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ProxmoxReader reader;
  private final ApiClient api;
  private final Clock clock;
  private final Duration patience;
  private final Map<GuestId, Instant> until = new LinkedHashMap<>();

  FreshGuests(ProxmoxReader reader, ApiClient api, Clock clock, Duration patience) {
    this.reader = reader;
    this.api = api;
    this.clock = clock;
    this.patience = patience;
  }

  /** Reads this guest from its node for a while. */
  synchronized void touch(GuestId guest) {
    until.remove(guest);
    until.put(guest, clock.instant().plus(patience));
    if (until.size() > LIMIT) {
      until.remove(until.keySet().iterator().next());
    }
  }

  private synchronized Map<GuestId, Instant> wanted() {
    Instant now = clock.instant();
    until.values().removeIf(end -> end.isBefore(now));
    return Map.copyOf(until);
  }

  private synchronized void settled(GuestId guest, Instant end) {
    until.remove(guest, end);
  }

  /**
   * These guests, with what their nodes say about the touched ones. What a node does not say within
   * a second is left to the list, so that a silent node does not hold up the whole cluster.
   *
   * @param nodes the nodes as the same reading shows them; those that are not online are not asked
   */
  List<Guest> over(List<Guest> listed, List<Node> nodes) {
    Map<GuestId, Instant> wanted = wanted();
    if (wanted.isEmpty()) {
      return listed;
    }
    Set<NodeName> online = new HashSet<>();
    for (Node node : nodes) {
      if (node.status() == Node.Status.ONLINE) {
        online.add(node.node());
      }
    }
    Instant at = clock.instant();
    Map<GuestId, CompletableFuture<JsonNode>> asked = new LinkedHashMap<>();
    for (Guest guest : listed) {
      if (wanted.containsKey(guest.id()) && online.contains(guest.node())) {
        asked.put(
            guest.id(),
            api.read(ProxmoxReader.guestPath(guest, "status", "current"), Lane.HOT)
                .copy()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      }
    }
    List<Guest> result = new ArrayList<>();
    for (Guest guest : listed) {
      CompletableFuture<JsonNode> reply = asked.get(guest.id());
      result.add(
          reply == null
              ? guest
              : fresh(guest, reply, at, Objects.requireNonNull(wanted.get(guest.id()))));
    }
    return result;
  }

  private Guest fresh(Guest listed, CompletableFuture<JsonNode> reply, Instant at, Instant end) {
    try {
      Guest fresh = GuestDetails.over(listed, ApiClient.await(reply), reader.observedAt(at));
      if (fresh.status() == listed.status() && Objects.equals(fresh.lock(), listed.lock())) {
        settled(listed.id(), end);
      }
      return fresh;
    } catch (JarvisException unreadable) {
      // It may be gone, or its node, or the node takes its time: the list will tell.
      return listed;
    }
  }
}
