package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
import org.jarvis.connector.proxmox.http.Lane;
import org.jarvis.connector.proxmox.reply.Courses;
import org.jarvis.connector.proxmox.reply.GuestDetails;
import org.jarvis.connector.proxmox.reply.JournalLines;
import org.jarvis.connector.proxmox.reply.LogLines;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.Resources;
import org.jarvis.connector.proxmox.reply.Row;
import org.jarvis.connector.proxmox.reply.Tasks;
import org.jarvis.connector.proxmox.reply.Upid;
import org.jspecify.annotations.Nullable;

/** Reads single things of a Proxmox VE cluster. Safe from any thread. */
final class ProxmoxReader implements ClusterReader {
  private static final int TASKS_LIMIT = 500;
  private static final int LOG_LIMIT = 5000;
  // It counts from the beginning, so the last lines are only there when all are asked for.
  private static final int SYSLOG_LIMIT = 50_000;
  private static final DateTimeFormatter SYSLOG_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ClusterSettings settings;
  private final ApiClient api;
  private final Clock clock;
  // Both come right after the construction, since they need this reader in turn.
  private volatile @Nullable ClusterWatch watched;
  private volatile @Nullable SlowLane details;

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

  /** Says where what was read of the whole cluster is found, before anything else is asked. */
  void over(ClusterWatch watch, SlowLane slowLane) {
    watched = watch;
    details = slowLane;
  }

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    if (aspect.kind() != resource.kind()) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "A " + resource.kind().word() + " has no aspect " + aspect.word() + ".");
    }
    if (aspect.isToldByHost()) {
      throw new JarvisException(
          ErrorCode.NOT_PRESENT,
          "Proxmox VE does not tell " + aspect.word() + "; only the host itself does, over SSH.");
    }
    if (aspect == Aspect.CONNECTION) {
      return watched().connection();
    }
    return details().read(new Turn(resource, aspect), guestAt(resource), Lane.DEMANDED);
  }

  /** The guest at an address, {@code null} where it is no guest's; checks that it is there. */
  private @Nullable Guest guestAt(ResourceRef resource) {
    if (!resource.cluster().equals(settings.id())) {
      throw unknown(resource);
    }
    LastReading last = watched().last();
    return switch (resource.kind()) {
      case CLUSTER -> null;
      case GUEST ->
          last.guest(resource)
              .or(() -> resource.guestId().flatMap(this::locate))
              .orElseThrow(() -> unknown(resource));
      case NODE -> {
        if (last.complete() && resource.nodeName().filter(last.nodes()::containsKey).isEmpty()) {
          throw unknown(resource);
        }
        yield null;
      }
      case STORAGE -> {
        if (last.complete() && !last.storages().containsKey(resource)) {
          throw unknown(resource);
        }
        yield null;
      }
    };
  }

  private static JarvisException unknown(ResourceRef resource) {
    return new JarvisException(
        ErrorCode.NOT_FOUND, "There is no " + resource.kind().word() + " " + resource + ".");
  }

  @Override
  public void attend(Collection<ResourceRef> resources) {
    details().attend(resources);
  }

  @Override
  public List<String> taskLog(TaskId task, long start, int limit) {
    if (start < 0 || limit < 1 || limit > LOG_LIMIT) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "A task's log is read in parts of 1 to " + LOG_LIMIT + " lines.");
    }
    return LogLines.read(
            api.get(taskPath(task, "log").with("start", start).with("limit", limit)), start)
        .lines();
  }

  @Override
  public List<String> journal(NodeName node, Instant since, Instant until) {
    Duration offset = api.clockOffset(node);
    return journalByItsClock(node, since.plus(offset), until.plus(offset));
  }

  private List<String> journalByItsClock(NodeName node, Instant since, Instant until) {
    try {
      return JournalLines.journal(
          api.get(
              ApiPath.of("nodes", node, "journal")
                  .with("since", since.getEpochSecond())
                  .with("until", until.getEpochSecond())));
    } catch (JarvisException failure) {
      if (failure.code() != ErrorCode.BAD_REPLY && failure.code() != ErrorCode.REMOTE_ERROR) {
        throw failure;
      }
      // Its reader is not there, or broken: the older call does without it.
      return syslog(node, since, until);
    }
  }

  /** This call takes times of the node's own clock and zone. */
  private List<String> syslog(NodeName node, Instant since, Instant until) {
    Row time = new Row(api.get(ApiPath.of("nodes", node, "time")));
    Instant utc = time.moment("time");
    Instant local = time.moment("localtime");
    Duration shift = utc == null || local == null ? Duration.ZERO : Duration.between(utc, local);
    return JournalLines.syslog(
        api.get(
            ApiPath.of("nodes", node, "syslog")
                .with("since", SYSLOG_TIME.format(since.plus(shift)))
                .with("until", SYSLOG_TIME.format(until.plus(shift)))
                .with("limit", SYSLOG_LIMIT)));
  }

  @Override
  public RecordedCourse course(ResourceRef resource, Timeframe timeframe) {
    return course(resource, timeframe, Lane.DEMANDED);
  }

  @Override
  public Optional<RecordedCourse> courseInTurn(ResourceRef resource, Timeframe timeframe) {
    return details().take()
        ? Optional.of(course(resource, timeframe, Lane.SLOW))
        : Optional.empty();
  }

  private RecordedCourse course(ResourceRef resource, Timeframe timeframe, Lane lane) {
    Guest guest = guestAt(resource);
    ApiPath path =
        switch (resource.kind()) {
          case CLUSTER ->
              throw new JarvisException(
                  ErrorCode.INVALID_INPUT,
                  "Proxmox VE records figures of nodes, guests and storages, not of a cluster.");
          case NODE -> ApiPath.of("nodes", resource.path().get(0), "rrddata");
          case STORAGE ->
              ApiPath.of(
                  "nodes", resource.path().get(0), "storage", resource.path().get(1), "rrddata");
          case GUEST -> guestPath(Objects.requireNonNull(guest), "rrddata");
        };
    JsonNode rows = api.get(path.with("timeframe", timeframe.word()).with("cf", "AVERAGE"), lane);
    requireList(rows, path.toString());
    return new RecordedCourse(resource, timeframe, Courses.read(rows, new Oddities()));
  }

  @Override
  public Examination examine() {
    return new ClusterExamination(settings, api, observedAt(clock.instant())).examine();
  }

  private ClusterWatch watched() {
    return Objects.requireNonNull(watched);
  }

  private SlowLane details() {
    return Objects.requireNonNull(details);
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
    Instant second = since.plus(api.clockOffset(node)).truncatedTo(ChronoUnit.SECONDS);
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
