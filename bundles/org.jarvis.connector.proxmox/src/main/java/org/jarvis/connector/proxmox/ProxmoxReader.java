package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;
import org.jarvis.connector.proxmox.reply.GuestDetails;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.Resources;
import org.jarvis.connector.proxmox.reply.Tasks;
import org.jarvis.connector.proxmox.reply.Upid;

/** Reads single things of a Proxmox VE cluster. Safe from any thread. */
final class ProxmoxReader implements ClusterReader {
  private static final int TASKS_LIMIT = 500;

  private final ClusterSettings settings;
  private final ApiClient api;
  private final Clock clock;

  ProxmoxReader(ClusterSettings settings, ApiClient api, Clock clock) {
    this.settings = settings;
    this.api = api;
    this.clock = clock;
  }

  /** The path of a guest. */
  static ApiPath guestPath(Guest guest, String... rest) {
    Object[] path = new Object[4 + rest.length];
    path[0] = "nodes";
    path[1] = guest.node();
    path[2] = guest.type().path();
    path[3] = guest.id();
    System.arraycopy(rest, 0, path, 4, rest.length);
    return ApiPath.of(path);
  }

  /** Where a value read now comes from. */
  Observation observedAt(Instant at) {
    return new Observation(settings.source(), at, settings.pollInterval());
  }

  @Override
  public Optional<GuestReading> guest(GuestId id) {
    Optional<Guest> listed = locate(id);
    if (listed.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(details(listed.get()));
    } catch (JarvisException failure) {
      if (failure.code() != ErrorCode.VANISHED) {
        throw failure;
      }
    }
    // It was deleted, or moved, between the two requests.
    Optional<Guest> again = locate(id);
    if (again.isEmpty() || again.get().node().equals(listed.get().node())) {
      return Optional.empty();
    }
    try {
      return Optional.of(details(again.get()));
    } catch (JarvisException failure) {
      if (failure.code() == ErrorCode.VANISHED) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private Optional<Guest> locate(GuestId id) {
    Instant at = clock.instant();
    JsonNode rows = api.get(ApiPath.of("cluster", "resources").with("type", "vm"));
    requireList(rows, "/cluster/resources");
    return Resources.read(rows, Map.of(), settings.id(), observedAt(at), new Oddities())
        .guests()
        .stream()
        .filter(guest -> guest.id().equals(id))
        .findFirst();
  }

  private GuestReading details(Guest listed) {
    Instant at = clock.instant();
    CompletableFuture<JsonNode> current = api.read(guestPath(listed, "status", "current"));
    CompletableFuture<JsonNode> configuration = api.read(guestPath(listed, "config"));
    Guest guest = GuestDetails.over(listed, ApiClient.await(current), observedAt(at));
    JsonNode config = ApiClient.await(configuration);
    return new GuestReading(
        guest, GuestDetails.digest(config), GuestDetails.generation(guest.type(), config));
  }

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    throw notBuilt("reading details");
  }

  @Override
  public void attend(Collection<ResourceRef> resources) {
    throw notBuilt("attending to resources");
  }

  @Override
  public List<String> taskLog(TaskId task, long start, int limit) {
    throw notBuilt("reading a task's log");
  }

  @Override
  public List<String> journal(NodeName node, Instant since, Instant until) {
    throw notBuilt("reading a node's journal");
  }

  @Override
  public RecordedCourse course(ResourceRef resource, Timeframe timeframe) {
    throw notBuilt("reading the course of figures");
  }

  @Override
  public Examination examine() {
    throw notBuilt("examining the cluster");
  }

  private static JarvisException notBuilt(String what) {
    return new JarvisException(ErrorCode.INTERNAL, what + " is not built yet");
  }

  @Override
  public Optional<TaskState> task(TaskId task) {
    try {
      return Optional.of(Tasks.status(task, api.get(taskPath(task, "status"))));
    } catch (JarvisException failure) {
      if (failure.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** The path of a task. */
  static ApiPath taskPath(TaskId task, String rest) {
    return ApiPath.of("nodes", task.node(), "tasks", task.value(), rest);
  }

  @Override
  public List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since) {
    // Proxmox VE knows whole seconds only: a task that began later in the same one counts.
    Instant second = since.truncatedTo(ChronoUnit.SECONDS);
    JsonNode data =
        api.get(
            ApiPath.of("nodes", node, "tasks")
                .with("vmid", guest)
                .with("since", second.getEpochSecond())
                .with("source", "all")
                .with("limit", TASKS_LIMIT));
    requireList(data, "/nodes/" + node + "/tasks");
    return Tasks.list(data, new Oddities()).stream()
        .filter(task -> !task.startedAt().isBefore(second))
        .filter(
            task -> Upid.parse(task.id().value()).flatMap(Upid::guest).equals(Optional.of(guest)))
        .sorted(Comparator.comparing(TaskState::startedAt).reversed())
        .toList();
  }

  /** Refuses a reply that should be a list and is none: it would look as if nothing existed. */
  static void requireList(JsonNode data, String call) {
    if (!data.isArray()) {
      throw new JarvisException(
          ErrorCode.BAD_REPLY,
          "Proxmox VE answered "
              + call
              + " with something that is no list. Jarvis goes on trying.");
    }
  }
}
