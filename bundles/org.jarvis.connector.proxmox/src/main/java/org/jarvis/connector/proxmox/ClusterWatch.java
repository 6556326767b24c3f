package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;
import org.jarvis.connector.proxmox.http.Discovery;
import org.jarvis.connector.proxmox.http.Lane;
import org.jarvis.connector.proxmox.http.ToldTime;
import org.jarvis.connector.proxmox.reply.ClusterStatus;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.Resources;
import org.jarvis.connector.proxmox.reply.Row;
import org.jarvis.connector.proxmox.reply.Upid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the cluster as a whole and reports it: at its own pace, when a task has ended, and whenever
 * somebody needs it now. One reading at a time; who asks while one is under way waits for the next,
 * and all who wait get the same one. Safe from any thread.
 */
final class ClusterWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
  private static final Duration TASKS_PATIENCE = Duration.ofSeconds(1);

  /** How long the cluster is not asked for its status after the account may not read that. */
  private static final Duration STATUS_REST = Duration.ofMinutes(1);

  private final ClusterSettings settings;
  private final ApiClient api;
  private final ProxmoxReader reader;
  private final Clock clock;
  private final Pace pace;
  private final FreshGuests fresh;
  private final OddityLog oddityLog;
  private final SlowLane slowLane;
  private final ResourceRef cluster;
  private final ReentrantLock reading = new ReentrantLock(true);
  private final AtomicLong requested = new AtomicLong();
  private volatile @Nullable Attachment attachment;

  // Guarded by the lock above.
  private long served;
  private @Nullable String version;
  private Instant versionDue = Instant.MIN;
  private @Nullable Refusal statusRefused;
  private volatile @Nullable ErrorCode failing;
  private volatile LastReading last = LastReading.NONE;
  private volatile List<ToldTime> toldTimes = List.of();

  // Guarded by taskLock; null before the first look.
  private final Object taskLock = new Object();
  private @Nullable Set<String> endedTasks;
  private @Nullable List<TaskState> tasks;

  ClusterWatch(
      ClusterSettings settings,
      ApiClient api,
      ProxmoxReader reader,
      OddityLog oddityLog,
      SlowLane slowLane,
      Clock clock,
      Pace pace) {
    this.settings = settings;
    this.api = api;
    this.reader = reader;
    this.clock = clock;
    this.pace = pace;
    this.oddityLog = oddityLog;
    this.slowLane = slowLane;
    this.cluster = ResourceRef.cluster(settings.id());
    this.fresh = new FreshGuests(reader, api, clock, pace.settlePatience());
  }

  /** Why something may not be read, and until when it is not tried again. */
  private record Refusal(JarvisException failure, Instant until) {}

  /** Reports to this attachment from now on. */
  void reportTo(Attachment newAttachment) {
    attachment = newAttachment;
    slowLane.reportTo(newAttachment);
  }

  /** Reports nothing any more. */
  void silence() {
    attachment = null;
    slowLane.reportTo(null);
  }

  /** What the last complete reading showed. */
  LastReading last() {
    return last;
  }

  /** Reads and reports once. Failures are reported, not thrown. */
  void read() {
    long mine = requested.incrementAndGet();
    reading.lock();
    try {
      if (served >= mine) {
        return;
      }
      served = requested.get();
      readAndReport();
    } finally {
      reading.unlock();
    }
  }

  /** Reads and reports, this guest straight from its node for a while. */
  void readAfterTaskOn(GuestId guest) {
    fresh.touch(guest);
    read();
  }

  private void readAndReport() {
    Attachment line = attachment;
    if (line == null) {
      return;
    }
    try {
      ClusterObservation observation = observe();
      boolean first = !last.complete();
      if (!first) {
        reportTasks(line);
      }
      line.observed(observation);
      LastReading now =
          LastReading.of(observation.nodes(), observation.guests(), observation.storages());
      last = now;
      if (first) {
        // Before the first reading nobody knew the cluster that they belong to.
        reportTasks(line);
      }
      if (failing != null) {
        failing = null;
        LOG.info("Cluster {} answers again.", settings.id());
      }
      oddityLog.note(observation.oddities());
      slowLane.observed(now, Release.of(version));
    } catch (JarvisException failure) {
      if (attachment == null) {
        // It failed because the connector leaves.
        return;
      }
      line.failed(failure.code(), failure.getMessage());
      slowLane.silent();
      // What was silent may have been upgraded meanwhile.
      versionDue = Instant.MIN;
      // The words may differ with every attempt; once per kind is enough for a log.
      if (failing != failure.code()) {
        failing = failure.code();
        LOG.warn("Cluster {} cannot be read: {}", settings.id(), failure.getMessage());
      }
    }
    line.detailed(cluster, connection());
  }

  /** How the connector stands with the cluster at this moment. */
  AspectState connection() {
    return AspectState.read(
        new ConnectionDetail(api.members(), api.traffic().lately()),
        reader.observedAt(clock.instant()));
  }

  private void reportTasks(Attachment line) {
    List<TaskState> known;
    synchronized (taskLock) {
      known = tasks;
    }
    if (known != null) {
      tellClocks(line);
      line.detailed(
          cluster,
          AspectState.readPartly(
              new RecentTasks(known),
              reader.observedAt(clock.instant()),
              slowLane.omitted(new Turn(cluster, Aspect.TASKS)).orElse(null)));
    }
  }

  /** By which clocks the tasks were written down is told before them, where that has changed. */
  private void tellClocks(Attachment line) {
    List<ToldTime> now = api.times();
    if (!now.equals(toldTimes)) {
      toldTimes = now;
      line.detailed(cluster, connection());
    }
  }

  private ClusterObservation observe() {
    Instant at = clock.instant();
    CompletableFuture<Void> unused = api.tend();
    CompletableFuture<ApiClient.Told> statusReply = askForStatus(at);
    CompletableFuture<JsonNode> resourcesReply =
        api.read(ApiPath.of("cluster", "resources"), Lane.HOT);
    CompletableFuture<JsonNode> versionReply =
        at.isBefore(versionDue) ? null : api.read(ApiPath.of("version"), Lane.HOT);
    Oddities oddities = new Oddities();
    ClusterStatus status = status(statusReply, oddities);
    JsonNode rows = ApiClient.await(resourcesReply);
    ProxmoxReader.requireList(rows, "/cluster/resources");
    if (versionReply != null) {
      refreshVersion(versionReply, at);
    }
    Resources resources =
        Resources.read(rows, status.online(), settings.id(), reader.observedAt(at), oddities);
    if (resources.nodes().isEmpty()) {
      throw nothingVisible(rows);
    }
    // Asked last, so that it has the tasks that explain what was seen before.
    readTasks();
    List<Guest> guests = fresh.over(resources.guests(), resources.nodes());
    return new ClusterObservation(
        at,
        status.name(),
        version,
        status.quorate(),
        status.votes(),
        status.expectedVotes(),
        status.quorumUnknown(),
        resources.nodes(),
        guests,
        resources.storages(),
        resources.counters(),
        resources.incomplete(),
        oddities.all(),
        Clocks.warnings(api.times()));
  }

  /** Reads the tasks, but never waits for them long: without them everything else is told. */
  private void readTasks() {
    try {
      JsonNode data =
          ApiClient.await(
              api.read(ApiPath.of("cluster", "tasks"), Lane.HOT)
                  .copy()
                  .orTimeout(TASKS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      newlyEnded(DetailReader.tasks(data, new Oddities()));
    } catch (JarvisException failure) {
      LOG.debug("Cluster {} did not list its tasks: {}", settings.id(), failure.getMessage());
    }
  }

  /** Takes note of these tasks, and tells those that ended since the last look. */
  private List<TaskState> newlyEnded(List<TaskState> listed) {
    List<TaskState> news = new ArrayList<>();
    synchronized (taskLock) {
      tasks = listed;
      Set<String> known = endedTasks;
      Set<String> now = new HashSet<>();
      for (TaskState task : listed) {
        if (task.ended()) {
          now.add(task.id().value());
          if (known != null && !known.contains(task.id().value())) {
            news.add(task);
          }
        }
      }
      endedTasks = now;
    }
    for (TaskState task : news) {
      Upid.parse(task.id().value()).flatMap(Upid::guest).ifPresent(fresh::touch);
    }
    slowLane.ended(news);
    return news;
  }

  /** Asks what the cluster says of itself; after a refusal not for a while. */
  private CompletableFuture<ApiClient.Told> askForStatus(Instant now) {
    Refusal refused = statusRefused;
    if (refused != null && now.isBefore(refused.until())) {
      return CompletableFuture.failedFuture(refused.failure());
    }
    statusRefused = null;
    return api.ask(ApiPath.of("cluster", "status"), Lane.HOT);
  }

  private ClusterStatus status(CompletableFuture<ApiClient.Told> reply, Oddities oddities) {
    try {
      ApiClient.Told told = ApiClient.await(reply);
      ProxmoxReader.requireList(told.data(), "/cluster/status");
      ClusterStatus status = ClusterStatus.read(told.data(), oddities);
      Set<NodeName> online = new HashSet<>();
      status
          .online()
          .forEach(
              (node, up) -> {
                if (up) {
                  online.add(node);
                }
              });
      api.discover(new Discovery(told.address(), status.local(), status.addresses(), online));
      return status;
    } catch (JarvisException failure) {
      if (nobodyAnswers(failure.code())) {
        throw failure;
      }
      if (failure.code() == ErrorCode.PRIVILEGE_MISSING && statusRefused == null) {
        statusRefused = new Refusal(failure, clock.instant().plus(STATUS_REST));
      }
      oddities.add(failure.getMessage());
      return ClusterStatus.unknown(failure.getMessage());
    }
  }

  /** Whether nothing else can be read either; otherwise the cluster is shown without its quorum. */
  private static boolean nobodyAnswers(ErrorCode code) {
    return code == ErrorCode.UNREACHABLE
        || code == ErrorCode.TIMED_OUT
        || code == ErrorCode.CERTIFICATE_UNTRUSTED
        || code == ErrorCode.CREDENTIALS_REFUSED;
  }

  /** Proxmox VE does not refuse a token without rights here, it shows it an empty cluster. */
  private JarvisException nothingVisible(JsonNode rows) {
    String account = settings.access().token().account();
    return rows.isEmpty()
        ? new JarvisException(
            ErrorCode.PRIVILEGE_MISSING,
            "Proxmox VE shows nothing to the API token "
                + account
                + ". A token has only the roles"
                + " given to itself: pveum acl modify / --tokens '"
                + account
                + "' --roles PVEAuditor")
        : new JarvisException(
            ErrorCode.BAD_REPLY,
            "Proxmox VE answered /cluster/resources without any node that could be understood.");
  }

  private void refreshVersion(CompletableFuture<JsonNode> reply, Instant now) {
    try {
      version = new Row(ApiClient.await(reply)).text("version");
      versionDue = now.plus(pace.versionInterval());
    } catch (JarvisException failure) {
      // Whatever is wrong shows itself in the reading, too.
      LOG.debug("Cluster {} did not tell its version: {}", settings.id(), failure.getMessage());
    }
  }

  /**
   * Looks whether tasks have ended since the last look, whoever began them, and if so reads the
   * cluster at once. Cheap: one request, answered from the node's memory.
   */
  void lookAtTasks() {
    Attachment line = attachment;
    if (line == null || failing != null || !last.complete()) {
      // The next reading finds out whether anybody answers; no need to ask more often.
      return;
    }
    List<TaskState> before;
    synchronized (taskLock) {
      before = tasks;
    }
    List<TaskState> listed;
    try {
      listed =
          DetailReader.tasks(api.get(ApiPath.of("cluster", "tasks"), Lane.HOT), new Oddities());
    } catch (JarvisException failure) {
      LOG.debug("Cluster {} did not list its tasks: {}", settings.id(), failure.getMessage());
      return;
    }
    if (!newlyEnded(listed).isEmpty()) {
      read();
    } else if (!listed.equals(before)) {
      reportTasks(line);
    }
  }
}
