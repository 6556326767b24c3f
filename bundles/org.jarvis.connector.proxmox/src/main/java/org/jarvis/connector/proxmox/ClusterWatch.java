package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;
import org.jarvis.connector.proxmox.reply.ClusterStatus;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.Resources;
import org.jarvis.connector.proxmox.reply.Row;
import org.jarvis.connector.proxmox.reply.Tasks;
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
  private static final int ODDITIES_REMEMBERED = 1000;

  private final ClusterSettings settings;
  private final ApiClient api;
  private final ProxmoxReader reader;
  private final Clock clock;
  private final Pace pace;
  private final FreshGuests fresh;
  private final ReentrantLock reading = new ReentrantLock(true);
  private final AtomicLong requested = new AtomicLong();
  private volatile @Nullable Attachment attachment;

  // Guarded by the lock above.
  private long served;
  private @Nullable String version;
  private Instant versionDue = Instant.MIN;
  private final Set<String> loggedOddities = new HashSet<>();
  private volatile @Nullable ErrorCode failing;

  // Only the thread that looks at the task list uses it; null before its first look.
  private @Nullable Set<String> endedTasks;

  ClusterWatch(
      ClusterSettings settings, ApiClient api, ProxmoxReader reader, Clock clock, Pace pace) {
    this.settings = settings;
    this.api = api;
    this.reader = reader;
    this.clock = clock;
    this.pace = pace;
    this.fresh = new FreshGuests(reader, api, clock, pace.settlePatience());
  }

  /** Reports to this attachment from now on. */
  void reportTo(Attachment newAttachment) {
    attachment = newAttachment;
  }

  /** Reports nothing any more. */
  void silence() {
    attachment = null;
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
      line.observed(observation);
      if (failing != null) {
        failing = null;
        LOG.info("Cluster {} answers again.", settings.id());
      }
      logNew(observation.oddities());
    } catch (JarvisException failure) {
      if (attachment == null) {
        // It failed because the connector leaves.
        return;
      }
      line.failed(failure.code(), failure.getMessage());
      // The words may differ with every attempt; once per kind is enough for a log.
      if (failing != failure.code()) {
        failing = failure.code();
        LOG.warn("Cluster {} cannot be read: {}", settings.id(), failure.getMessage());
      }
    }
  }

  private void logNew(List<String> oddities) {
    for (String oddity : oddities) {
      if (loggedOddities.size() < ODDITIES_REMEMBERED && loggedOddities.add(oddity)) {
        LOG.warn("Cluster {} sent something odd: {}", settings.id(), oddity);
      }
    }
  }

  private ClusterObservation observe() {
    Instant at = clock.instant();
    CompletableFuture<JsonNode> statusReply = api.read(ApiPath.of("cluster", "status"));
    CompletableFuture<JsonNode> resourcesReply = api.read(ApiPath.of("cluster", "resources"));
    refreshVersion(at);
    Oddities oddities = new Oddities();
    ClusterStatus status = status(statusReply, oddities);
    JsonNode rows = ApiClient.await(resourcesReply);
    ProxmoxReader.requireList(rows, "/cluster/resources");
    Resources resources =
        Resources.read(rows, status.online(), settings.id(), reader.observedAt(at), oddities);
    if (resources.nodes().isEmpty()) {
      throw nothingVisible(rows);
    }
    return new ClusterObservation(
        at,
        status.name(),
        version,
        status.quorate(),
        status.votes(),
        status.expectedVotes(),
        resources.nodes(),
        fresh.over(resources.guests()),
        resources.storages(),
        oddities.all());
  }

  private ClusterStatus status(CompletableFuture<JsonNode> reply, Oddities oddities) {
    try {
      JsonNode data = ApiClient.await(reply);
      ProxmoxReader.requireList(data, "/cluster/status");
      return ClusterStatus.read(data, oddities);
    } catch (JarvisException failure) {
      if (failure.code() != ErrorCode.PRIVILEGE_MISSING) {
        throw failure;
      }
      oddities.add(failure.getMessage());
      return ClusterStatus.unknown();
    }
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

  private void refreshVersion(Instant now) {
    if (now.isBefore(versionDue)) {
      return;
    }
    try {
      version = new Row(api.get(ApiPath.of("version"))).text("version");
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
    if (attachment == null || failing != null) {
      // The next reading finds out whether anybody answers; no need to ask more often.
      endedTasks = null;
      return;
    }
    List<TaskState> ended;
    try {
      JsonNode data = api.get(ApiPath.of("cluster", "tasks"));
      ended = Tasks.list(data, new Oddities()).stream().filter(TaskState::ended).toList();
    } catch (JarvisException failure) {
      LOG.debug("Cluster {} did not list its tasks: {}", settings.id(), failure.getMessage());
      return;
    }
    Set<String> known = endedTasks;
    Set<String> now = new HashSet<>();
    boolean news = false;
    for (TaskState task : ended) {
      now.add(task.id().value());
      if (known != null && !known.contains(task.id().value())) {
        news = true;
        Upid.parse(task.id().value()).flatMap(Upid::guest).ifPresent(fresh::touch);
      }
    }
    endedTasks = now;
    if (news) {
      read();
    }
  }
}
