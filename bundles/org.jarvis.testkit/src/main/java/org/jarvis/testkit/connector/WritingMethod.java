package org.jarvis.testkit.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.RequestedState;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jspecify.annotations.Nullable;

/** Each writing method of a connector, with what to call it with. */
public enum WritingMethod {
  /** {@link ClusterOperations#start}. */
  START((to, guest, node, follower) -> to.start(guest, follower)),
  /** {@link ClusterOperations#shutdown(Guest, Duration, TaskFollower)}. */
  SHUTDOWN((to, guest, node, follower) -> to.shutdown(guest, Duration.ofSeconds(20), follower)),
  /** {@link ClusterOperations#stop}. */
  STOP((to, guest, node, follower) -> to.stop(guest, follower)),
  /** {@link ClusterOperations#reboot(Guest, Duration, TaskFollower)}. */
  REBOOT((to, guest, node, follower) -> to.reboot(guest, Duration.ofSeconds(20), follower)),
  /** {@link ClusterOperations#reset}. */
  RESET((to, guest, node, follower) -> to.reset(guest, follower)),
  /** {@link ClusterOperations#suspend}. */
  SUSPEND((to, guest, node, follower) -> to.suspend(guest, false, follower)),
  /** {@link ClusterOperations#resume}. */
  RESUME((to, guest, node, follower) -> to.resume(guest, follower)),
  /** {@link ClusterOperations#migrate}. */
  MIGRATE(
      (to, guest, node, follower) ->
          to.migrate(guest, new Migration(node.node(), false, false, null), follower)),
  /** {@link ClusterOperations#snapshot}. */
  SNAPSHOT(
      (to, guest, node, follower) ->
          to.snapshot(guest, new NewSnapshot("s1", null, false), follower)),
  /** {@link ClusterOperations#rollback}. */
  ROLLBACK((to, guest, node, follower) -> to.rollback(guest, "s1", false, follower)),
  /** {@link ClusterOperations#deleteSnapshot}. */
  DELETE_SNAPSHOT((to, guest, node, follower) -> to.deleteSnapshot(guest, "s1", follower)),
  /** {@link ClusterOperations#backup}. */
  BACKUP(
      (to, guest, node, follower) ->
          to.backup(guest, new NewBackup("local", NewBackup.Mode.SNAPSHOT, null, false), follower)),
  /** {@link ClusterOperations#deleteBackup}. */
  DELETE_BACKUP(
      (to, guest, node, follower) -> to.deleteBackup(guest, "local", "local:backup/b1", follower)),
  /** {@link ClusterOperations#unlock}. */
  UNLOCK(
      (to, guest, node, follower) -> {
        to.unlock(guest);
        return null;
      }),
  /** {@link ClusterOperations#configure}. */
  CONFIGURE(
      (to, guest, node, follower) -> {
        to.configure(guest, new ConfigurationChange(Map.of("cores", "2"), Set.of(), null));
        return null;
      }),
  /** {@link ClusterOperations#setTags}. */
  SET_TAGS(
      (to, guest, node, follower) -> {
        to.setTags(guest, List.of("a"), null);
        return null;
      }),
  /** {@link ClusterOperations#growDisk}. */
  GROW_DISK(
      (to, guest, node, follower) -> to.growDisk(guest, "scsi0", new Bytes(1L << 30), follower)),
  /** {@link ClusterOperations#copy}. */
  COPY(
      (to, guest, node, follower) ->
          to.copy(
              guest,
              new GuestCopy(new GuestId(GuestId.MAX), null, null, true, null, null),
              follower)),
  /** {@link ClusterOperations#delete}. */
  DELETE((to, guest, node, follower) -> to.delete(guest, false, follower)),
  /** {@link ClusterOperations#reboot(Node)}. */
  REBOOT_NODE(
      (to, guest, node, follower) -> {
        to.reboot(node);
        return null;
      }),
  /** {@link ClusterOperations#shutdown(Node)}. */
  SHUTDOWN_NODE(
      (to, guest, node, follower) -> {
        to.shutdown(node);
        return null;
      }),
  /** {@link ClusterOperations#wake}. */
  WAKE_NODE(
      (to, guest, node, follower) -> {
        to.wake(node);
        return null;
      }),
  /** {@link ClusterOperations#startService}. */
  START_SERVICE((to, guest, node, follower) -> to.startService(node, "cron", follower)),
  /** {@link ClusterOperations#stopService}. */
  STOP_SERVICE((to, guest, node, follower) -> to.stopService(node, "cron", follower)),
  /** {@link ClusterOperations#restartService}. */
  RESTART_SERVICE((to, guest, node, follower) -> to.restartService(node, "cron", follower)),
  /** {@link ClusterOperations#replicate}. */
  REPLICATE(
      (to, guest, node, follower) -> {
        to.replicate(node, guest.id() + "-0");
        return null;
      }),
  /** {@link ClusterOperations#orderCertificate}. */
  ORDER_CERTIFICATE((to, guest, node, follower) -> to.orderCertificate(node, follower)),
  /** {@link ClusterOperations#requestState}. */
  REQUEST_STATE(
      (to, guest, node, follower) -> {
        to.requestState(guest, RequestedState.STARTED);
        return null;
      }),
  /** {@link ClusterOperations#follow}. */
  FOLLOW(
      (to, guest, node, follower) -> to.follow(new TaskId(node.node(), "no-such-task"), follower)),
  /** {@link ClusterOperations#cancel}. */
  CANCEL(
      (to, guest, node, follower) -> {
        to.cancel(new TaskId(node.node(), "no-such-task"));
        return null;
      });

  @SuppressWarnings("ImmutableEnumChecker") // Its calls hold nothing.
  private final Call call;

  WritingMethod(Call call) {
    this.call = call;
  }

  /** Calls it; {@code null} where it makes no task. */
  @Nullable TaskState call(
      ClusterOperations operations, Guest guest, Node node, TaskFollower follower) {
    return call.on(operations, guest, node, follower);
  }

  /** How it is called. */
  @FunctionalInterface
  private interface Call {
    @Nullable TaskState on(
        ClusterOperations operations, Guest guest, Node node, TaskFollower follower);
  }
}
