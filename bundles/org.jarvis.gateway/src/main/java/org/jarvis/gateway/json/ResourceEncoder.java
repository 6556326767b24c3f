package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
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
import org.jarvis.api.resource.detail.Details;
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

  /**
   * What besides a resource itself decides how it is told.
   *
   * @param stale whether it is stale
   * @param guarded whether it is protected, {@code null} where nobody can tell
   * @param action the running action on it, {@code null} for none
   * @param clusterReason what its cluster says about why it is not well
   * @param warmth how warm it is, {@code null} where nobody ever said anything about it
   * @param arc the bytes of a node's memory that the ARC of ZFS holds and would give up, {@code
   *     null} where that is not known by now
   */
  public record Circumstances(
      boolean stale,
      @Nullable Boolean guarded,
      @Nullable String action,
      @Nullable String clusterReason,
      @Nullable Warmth warmth,
      @Nullable Long arc) {}

  /** The circumstances of a resource; its address is asked for only where it matters. */
  public Circumstances circumstances(
      Resource resource, ClusterSnapshot snapshot, Supplier<ResourceRef> address) {
    boolean stale = resource.observation().staleAt(now);
    Details details = resource instanceof Node ? snapshot.details(address.get()) : null;
    return new Circumstances(
        stale,
        resource instanceof Guest guest ? protection(guest).orElse(null) : null,
        running.isEmpty() ? null : running.get(address.get()),
        stale || resource instanceof Cluster ? snapshot.cluster().reason() : null,
        details == null ? null : Warmth.of(details, precision, now).orElse(null),
        details == null ? null : ArcMemory.of(details, precision, now).orElse(null));
  }

  /** The moment by which it judges staleness. */
  public Instant moment() {
    return now;
  }

  /** Whether another encoder tells of the same actions, by the same service, as exactly. */
  public boolean tellsLike(ResourceEncoder other) {
    return precision == other.precision
        && Objects.equals(protection, other.protection)
        && running.equals(other.running);
  }

  /** One resource. */
  public ObjectNode encode(Resource resource, ClusterSnapshot snapshot) {
    return encode(resource, circumstances(resource, snapshot, resource::ref));
  }

  /** One resource under circumstances that are known already. */
  public ObjectNode encode(Resource resource, Circumstances circumstances) {
    Observation observation = resource.observation();
    boolean stale = circumstances.stale();
    ResourceRef ref = resource.ref();
    ObjectNode item =
        Json.object()
            .put("ref", ref.toString())
            .put("kind", ref.kind().word())
            .put("name", resource.name())
            .put("status", resource.statusWord());
    observedAt(observation).ifPresent(at -> item.put("observedAt", at));
    item.put("stale", stale)
        .put("intervalSeconds", observation.interval().toSeconds())
        .put("source", observation.source());
    reason(resource, circumstances).ifPresent(reason -> item.put("reason", reason));
    if (resource instanceof Cluster cluster) {
      addCluster(item, cluster);
    } else if (resource instanceof Node node) {
      addNode(item, node);
    } else if (resource instanceof Guest guest) {
      addGuest(item, guest, circumstances.guarded());
    } else if (resource instanceof Storage storage) {
      addStorage(item, storage);
    }
    if (circumstances.warmth() != null) {
      circumstances.warmth().addTo(item);
    }
    if (circumstances.arc() != null) {
      item.put("memoryArcBytes", circumstances.arc());
    }
    if (circumstances.action() != null) {
      item.put("action", circumstances.action());
    }
    return item;
  }

  /**
   * Whether two states of a resource are told alike under the same circumstances, but for when they
   * were observed. Where it is not known without telling them, the answer is no.
   *
   * @param stale whether they are stale: then their age is part of what is told
   */
  @SuppressWarnings("ReferenceEquality") // The same object is the quick answer.
  public boolean tellsAlike(Resource one, Resource other, boolean stale) {
    return one == other || (!stale && Likeness.tellsAlike(one, other, precision));
  }

  /** When a source was last read; empty when it never was. */
  public static Optional<String> observedAt(Observation observation) {
    return observation.at().isAfter(Instant.EPOCH)
        ? Optional.of(Json.time(observation.at()))
        : Optional.empty();
  }

  private static Optional<String> reason(Resource resource, Circumstances circumstances) {
    if (circumstances.clusterReason() != null) {
      return Optional.of(circumstances.clusterReason());
    }
    if (!circumstances.stale()) {
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
    words(item, "warnings", cluster.warnings());
  }

  private void addNode(ObjectNode item, Node node) {
    share(item, node.cpu());
    number(item, "cpus", node.cpus());
    used(item, "memory", node.memoryUsed(), node.memoryTotal());
    used(item, "disk", node.diskUsed(), node.diskTotal());
    uptime(item, node.uptime());
  }

  private void addGuest(ObjectNode item, Guest guest, @Nullable Boolean guarded) {
    item.put("type", guest.type().path())
        .put("vmid", guest.id().value())
        .put("node", guest.node().value());
    words(item, "tags", guest.tags());
    if (guarded != null) {
      item.put("protected", guarded);
    }
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
