package org.jarvis.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jarvis.api.connector.ClusterReadings;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.GuestSnapshots;

/** Readings that remember what was asked. Of a guest's aspects only its snapshots can be read. */
public final class FakeReadings implements ClusterReadings {
  public final List<ResourceRef> attended = new CopyOnWriteArrayList<>();
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** How many readings are under way, and whether they go on. */
  public final AtomicInteger held = new AtomicInteger();

  public volatile CountDownLatch open = new CountDownLatch(0);

  /** What looking at resources does besides being remembered. */
  public volatile Runnable onAttend = () -> {};

  /** How often resources were looked at. */
  public final AtomicInteger attentions = new AtomicInteger();

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    asked.add(resource + " " + aspect.word());
    hold();
    if (aspect == Aspect.SNAPSHOTS) {
      return AspectState.read(
          new GuestSnapshots(List.of(), null),
          new Observation("pve:home", Instant.now(), Duration.ofMinutes(5)));
    }
    throw new JarvisException(ErrorCode.PRIVILEGE_MISSING, "VM.Audit is missing on /vms/101.");
  }

  private void hold() {
    held.incrementAndGet();
    try {
      if (!open.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The test did not let the reading go on.");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      held.decrementAndGet();
    }
  }

  @Override
  public void attend(Collection<ResourceRef> resources) {
    attended.addAll(resources);
    attentions.incrementAndGet();
    onAttend.run();
  }

  @Override
  public List<String> taskLog(ClusterId cluster, TaskId task, long start, int limit) {
    asked.add(cluster + " " + task.node() + " " + start + " " + limit);
    hold();
    return List.of("starting", "TASK OK");
  }

  @Override
  public RecordedCourse course(ResourceRef resource, Timeframe timeframe) {
    hold();
    return new RecordedCourse(
        resource,
        timeframe,
        List.of(
            new RecordedCourse.Point(FakeCore.START, Map.of("cpu", 0.25)),
            new RecordedCourse.Point(FakeCore.START.plusSeconds(60), Map.of())));
  }

  @Override
  public Examination examine(ClusterId cluster) {
    hold();
    return new Examination(
        List.of(
            new Examination.Check("login", Examination.Outcome.PASSED, "jarvis@pve!ro", null),
            new Examination.Check(
                "start and stop guests",
                Examination.Outcome.LIMITED,
                "VM.PowerMgmt is missing",
                "pveum acl modify / --tokens 'jarvis@pve!ro' --roles Jarvis")));
  }
}
