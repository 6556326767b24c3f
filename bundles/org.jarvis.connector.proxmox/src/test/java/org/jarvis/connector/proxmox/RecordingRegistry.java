package org.jarvis.connector.proxmox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;

/** A registry that remembers what it is told. */
final class RecordingRegistry implements ClusterRegistry, Attachment {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  final List<ClusterConnection> attached = new CopyOnWriteArrayList<>();
  final List<String> unusable = new CopyOnWriteArrayList<>();
  final List<DetachReason> detached = new CopyOnWriteArrayList<>();
  private final BlockingQueue<ClusterObservation> observations = new LinkedBlockingQueue<>();
  private final BlockingQueue<Failure> failures = new LinkedBlockingQueue<>();
  private final List<Object> order = new CopyOnWriteArrayList<>();
  final List<Told> details = new CopyOnWriteArrayList<>();
  private volatile boolean taken;

  /** What was told of an aspect. */
  record Told(ResourceRef resource, AspectState state) {}

  /** A reading that failed. */
  record Failure(ErrorCode code, String reason) {}

  /** Whether the name is taken by somebody else. */
  void taken(boolean now) {
    taken = now;
  }

  @Override
  public Attachment attach(ClusterConnection connection) {
    if (taken) {
      throw new JarvisException(ErrorCode.CONFLICT, "taken");
    }
    attached.add(connection);
    return this;
  }

  @Override
  public void unusable(String configuration, String reason) {
    unusable.add(configuration + " " + reason);
  }

  @Override
  public void observed(ClusterObservation observation) {
    order.add(observation);
    observations.add(observation);
  }

  @Override
  public void detailed(ResourceRef resource, AspectState state) {
    if (state.detail() != null) {
      order.add(state.detail());
    }
    details.add(new Told(resource, state));
  }

  @Override
  public void failed(ErrorCode code, String reason) {
    failures.add(new Failure(code, reason));
  }

  @Override
  public void detach(DetachReason reason) {
    detached.add(reason);
  }

  /** The next observation. */
  ClusterObservation observation() {
    return next(observations);
  }

  /** The next failure. */
  Failure failure() {
    return next(failures);
  }

  /** Failures nobody has asked for yet. */
  int failures() {
    return failures.size();
  }

  /** Failures so far do not count. */
  void forgetFailures() {
    failures.clear();
  }

  /** Observations so far do not count. */
  void forgetObservations() {
    observations.clear();
  }

  /** All observations and details, in the order in which they came. */
  List<Object> order() {
    return List.copyOf(order);
  }

  /** Observations nobody has asked for yet. */
  int waiting() {
    return observations.size();
  }

  private static <T> T next(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("Nothing came within " + DEADLINE + ".");
      }
      return next;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
