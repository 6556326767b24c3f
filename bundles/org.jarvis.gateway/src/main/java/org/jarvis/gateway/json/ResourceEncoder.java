package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.ProtectedResources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of resources as they stand at one moment, the same for REST and for the live channel. What
 * is not known is absent.
 */
public final class ResourceEncoder {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceEncoder.class);

  private final Instant now;
  private final Precision precision;
  private final @Nullable ProtectedResources protection;
  private final Map<ResourceRef, String> running;

  /**
   * An encoder for one moment.
   *
   * @param now the moment, by which staleness is judged
   * @param precision how exactly figures are told
   * @param protection tells what is protected; where it is missing nothing is said about it
   * @param running the running actions' ids by their targets
   */
  public ResourceEncoder(
      Instant now,
      Precision precision,
      Optional<ProtectedResources> protection,
      Map<ResourceRef, String> running) {
    this.now = now;
    this.precision = precision;
    this.protection = protection.orElse(null);
    this.running = running;
  }

  /** One resource. */
  public ObjectNode encode(Resource resource, ClusterSnapshot snapshot) {
    Observation observation = resource.observation();
    boolean stale = observation.staleAt(now);
    ObjectNode item =
        Json.object()
            .put("ref", resource.ref().toString())
            .put("kind", resource.ref().kind().word())
            .put("name", resource.name())
            .put("status", resource.statusWord());
    observedAt(observation).ifPresent(at -> item.put("observedAt", at));
    item.put("stale", stale)
        .put("intervalSeconds", observation.interval().toSeconds())
        .put("source", observation.source());
    reason(resource, snapshot.cluster(), stale).ifPresent(reason -> item.put("reason", reason));
    if (resource instanceof Cluster cluster) {
      addCluster(item, cluster);
    } else if (resource instanceof Node node) {
      addNode(item, node);
    } else if (resource instanceof Guest guest) {
      addGuest(item, guest);
    } else if (resource instanceof Storage storage) {
      addStorage(item, storage);
    }
    String action = running.get(resource.ref());
    if (action != null) {
      item.put("action", action);
    }
    return item;
  }

  /** When a source was last read; empty when it never was. */
  public static Optional<String> observedAt(Observation observation) {
    return observation.at().isAfter(Instant.EPOCH)
        ? Optional.of(Json.time(observation.at()))
        : Optional.empty();
  }

  private static Optional<String> reason(Resource resource, Cluster cluster, boolean stale) {
    if (cluster.reason() != null && (stale || resource instanceof Cluster)) {
      return Optional.of(cluster.reason());
    }
    if (!stale) {
      return Optional.empty();
    }
    return Optional.of(
        observedAt(resource.observation())
            .map(at -> "Not seen since " + at + ".")
            .orElse("Not read yet."));
  }

  private static void addCluster(ObjectNode item, Cluster cluster) {
    text(item, "version", cluster.version());
    if (cluster.quorate() != null) {
      item.put("quorate", cluster.quorate());
    }
    number(item, "votes", cluster.votes());
    number(item, "expectedVotes", cluster.expectedVotes());
    item.put("nodesOnline", cluster.nodesOnline())
        .put("nodesTotal", cluster.nodesTotal())
        .put("connection", cluster.connection().word())
        .put("outside", cluster.whereabouts() instanceof Whereabouts.Outside);
  }

  private void addNode(ObjectNode item, Node node) {
    share(item, node.cpu());
    number(item, "cpus", node.cpus());
    used(item, "memory", node.memoryUsed(), node.memoryTotal());
    used(item, "disk", node.diskUsed(), node.diskTotal());
    uptime(item, node.uptime());
  }

  private void addGuest(ObjectNode item, Guest guest) {
    item.put("type", guest.type().path())
        .put("vmid", guest.id().value())
        .put("node", guest.node().value());
    words(item, "tags", guest.tags());
    protection(guest).ifPresent(isProtected -> item.put("protected", isProtected));
    text(item, "lock", guest.lock());
    if (guest.template()) {
      item.put("template", true);
    }
    text(item, "pool", guest.pool());
    text(item, "haState", guest.haState());
    share(item, guest.cpu());
    number(item, "cpus", guest.cpus());
    used(item, "memory", guest.memoryUsed(), guest.memoryTotal());
    used(item, "disk", null, guest.diskTotal());
    uptime(item, guest.uptime());
  }

  private void addStorage(ObjectNode item, Storage storage) {
    item.put("node", storage.node().value());
    text(item, "storageType", storage.type());
    item.put("shared", storage.shared());
    words(item, "content", storage.content());
    if (storage.used() != null) {
      long total = storage.total() == null ? 0 : storage.total().value();
      item.put("usedBytes", precision.bytes(storage.used().value(), total));
    }
    if (storage.total() != null) {
      item.put("totalBytes", storage.total().value());
    }
    if (storage.status() != Storage.Status.UNKNOWN) {
      item.put("active", storage.status() == Storage.Status.AVAILABLE);
    }
  }

  private Optional<Boolean> protection(Resource resource) {
    if (protection == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(protection.protection(resource).isPresent());
    } catch (RuntimeException failure) {
      LOG.warn("Whether {} is protected cannot be told.", resource.ref(), failure);
      return Optional.empty();
    }
  }

  private void share(ObjectNode item, @Nullable Double cpu) {
    if (cpu != null) {
      item.put("cpu", precision.share(cpu));
    }
  }

  private void used(ObjectNode item, String what, @Nullable Bytes used, @Nullable Bytes total) {
    if (used != null) {
      item.put(
          what + "UsedBytes", precision.bytes(used.value(), total == null ? 0 : total.value()));
    }
    if (total != null) {
      item.put(what + "TotalBytes", total.value());
    }
  }

  private void uptime(ObjectNode item, @Nullable Duration uptime) {
    if (uptime != null) {
      item.put("uptimeSeconds", precision.uptime(uptime.toSeconds()));
    }
  }

  private static void number(ObjectNode item, String field, @Nullable Integer value) {
    if (value != null) {
      item.put(field, value);
    }
  }

  private static void text(ObjectNode item, String field, @Nullable String value) {
    if (value != null) {
      item.put(field, value);
    }
  }

  private static void words(ObjectNode item, String field, List<String> values) {
    ArrayNode array = item.putArray(field);
    values.forEach(array::add);
  }
}
