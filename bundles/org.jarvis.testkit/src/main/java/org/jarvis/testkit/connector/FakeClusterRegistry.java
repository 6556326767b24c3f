package org.jarvis.testkit.connector;

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

/**
 * A registry that remembers what connectors announce and report. Waits for what has not come yet,
 * with patience. Safe from any thread.
 */
public final class FakeClusterRegistry implements ClusterRegistry {
  private final Duration patience;
  private final BlockingQueue<ClusterConnection> attached = new LinkedBlockingQueue<>();
  private final BlockingQueue<ClusterObservation> observed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Failure> failed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Unusable> unusable = new LinkedBlockingQueue<>();
  private final List<Attachment.DetachReason> detached = new CopyOnWriteArrayList<>();
  private final List<Object> late = new CopyOnWriteArrayList<>();
  private volatile boolean taken;

  /**
   * An empty registry.
   *
   * @param patience how long to wait for what has not come yet
   */
  public FakeClusterRegistry(Duration patience) {
    this.patience = patience;
  }

  /**
   * A reading that failed.
   *
   * @param code what kind of failure
   * @param reason for people
   */
  public record Failure(ErrorCode code, String reason) {}

  /**
   * A configuration that cannot be used.
   *
   * @param configuration its PID
   * @param reason for people
   */
  public record Unusable(String configuration, String reason) {}

  /** Whether another configuration holds every name. */
  public void taken(boolean now) {
    taken = now;
  }

  @Override
  public Attachment attach(ClusterConnection connection) {
    if (taken) {
      throw new JarvisException(
          ErrorCode.CONFLICT, "Two configurations name a cluster " + connection.id() + ".");
    }
    attached.add(connection);
    return new Line();
  }

  @Override
  public void unusable(String configuration, String reason) {
    unusable.add(new Unusable(configuration, reason));
  }

  /** The next cluster that is announced. */
  public ClusterConnection connection() {
    return next(attached, "cluster was announced");
  }

  /** The next reading. */
  public ClusterObservation observation() {
    return next(observed, "reading was reported");
  }

  /** The next failure. */
  public Failure failure() {
    return next(failed, "failure was reported");
  }

  /** The next configuration that cannot be used. */
  public Unusable unusable() {
    return next(unusable, "configuration was said to be unusable");
  }

  /** Clusters that were announced and that nobody has asked for yet. */
  public int furtherConnections() {
    return attached.size();
  }

  /** What was reported until now and nobody has asked for is not of interest. */
  public void forget() {
    observed.clear();
    failed.clear();
  }

  /** Why attachments were ended, oldest first. */
  public List<Attachment.DetachReason> detached() {
    return List.copyOf(detached);
  }

  /** What was told of an attachment that had ended. */
  public List<Object> late() {
    return List.copyOf(late);
  }

  private <T> T next(BlockingQueue<T> queue, String what) {
    try {
      T next = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (next != null) {
        return next;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("No " + what + " within " + patience + ".");
  }

  /** One attachment. */
  private final class Line implements Attachment {
    private boolean over;

    @Override
    public synchronized void observed(ClusterObservation observation) {
      if (over) {
        late.add(observation);
      } else {
        observed.add(observation);
      }
    }

    @Override
    public synchronized void detailed(ResourceRef resource, AspectState state) {
      if (over) {
        late.add(state);
      }
    }

    @Override
    public synchronized void failed(ErrorCode code, String reason) {
      Failure failure = new Failure(code, reason);
      if (over) {
        late.add(failure);
      } else {
        failed.add(failure);
      }
    }

    @Override
    public synchronized void detach(DetachReason reason) {
      over = true;
      detached.add(reason);
    }
  }
}
