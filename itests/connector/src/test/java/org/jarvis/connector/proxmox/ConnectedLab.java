package org.jarvis.connector.proxmox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.lab.Lab;
import org.jarvis.lab.LabOptions;
import org.jarvis.lab.pve.Release;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentConstants;

/** A lab and the real connector that watches it, with a core that only remembers. */
final class ConnectedLab implements ClusterRegistry, Attachment, TaskFollower, AutoCloseable {
  private static final double SPEED = 20;
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Lab lab;
  private final ProxmoxConnector connector;
  private final CountDownLatch first = new CountDownLatch(1);
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Map<String, AspectState> details = new ConcurrentHashMap<>();
  private volatile ClusterConnection connection;
  private volatile ClusterObservation last;

  ConnectedLab() {
    this(Release.NINE);
  }

  /** A lab that claims to be this release. */
  ConnectedLab(Release release) {
    try {
      lab = new Lab(LabOptions.defaults().at(SPEED).claiming(release));
      lab.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    connector =
        new ProxmoxConnector(
            this,
            unused(BundleContext.class),
            Map.of(
                "name",
                "demo",
                "addresses",
                lab.address(),
                "token",
                lab.operatorToken().credential(),
                "tls.fingerprint",
                lab.fingerprint(),
                "runs.outside",
                "true",
                "poll.interval.seconds",
                "1"));
    await(first);
  }

  private static <T> T unused(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new AssertionError("nobody should call " + method);
            }));
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("nothing came within " + DEADLINE);
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  Lab lab() {
    return lab;
  }

  ClusterOperations operations() {
    return connection.operations();
  }

  ClusterReader reader() {
    return connection.reader();
  }

  /** The log lines of the tasks so far. */
  List<String> log() {
    return log;
  }

  /** What was reported last of an aspect. */
  <T extends Detail> T detail(ResourceRef resource, Aspect aspect, Class<T> type) {
    AspectState state = details.get(resource + " " + aspect);
    if (state == null || state.detail() == null) {
      throw new AssertionError(aspect + " of " + resource + " was not reported: " + state);
    }
    return type.cast(state.detail());
  }

  /** The guest as the last reading has it. */
  Guest guest(int vmid) {
    return last.guests().stream()
        .filter(guest -> guest.id().value() == vmid)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no guest " + vmid));
  }

  boolean has(int vmid) {
    return last.guests().stream().anyMatch(guest -> guest.id().value() == vmid);
  }

  Node node(String name) {
    return last.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no node " + name));
  }

  /** Waits for a reading that shows something. */
  void awaitReading(Predicate<ConnectedLab> shown) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    synchronized (this) {
      while (!shown.test(this)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("no reading showed it within " + DEADLINE);
        }
        try {
          wait(left);
        } catch (InterruptedException interrupted) {
          throw new IllegalStateException(interrupted);
        }
      }
    }
  }

  @Override
  public Attachment attach(ClusterConnection announced) {
    connection = announced;
    return this;
  }

  @Override
  public void unusable(String configuration, String reason) {
    throw new AssertionError(reason);
  }

  @Override
  public synchronized void observed(ClusterObservation observation) {
    last = observation;
    notifyAll();
    first.countDown();
  }

  @Override
  public void detailed(ResourceRef resource, AspectState state) {
    details.put(resource + " " + state.aspect(), state);
  }

  @Override
  public void failed(ErrorCode code, String reason) {
    log.add("failed: " + code + ": " + reason);
  }

  @Override
  public void detach(DetachReason reason) {
    log.add("detached");
  }

  @Override
  public void began(TaskId task) {
    log.add("began " + task);
  }

  @Override
  public void logged(List<String> lines) {
    log.addAll(lines);
  }

  @Override
  public void close() {
    connector.deactivate(ComponentConstants.DEACTIVATION_REASON_DISPOSED);
    lab.close();
  }
}
