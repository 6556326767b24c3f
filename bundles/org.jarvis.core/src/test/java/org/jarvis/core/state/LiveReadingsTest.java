package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.junit.jupiter.api.Test;

class LiveReadingsTest {
  private static final ResourceRef GUEST = ResourceRef.guest(House.ID, new GuestId(101));
  private static final TaskId TASK = new TaskId(new NodeName("atlas"), "UPID:atlas:1:");

  private final List<String> asked = new ArrayList<>();
  private long now;
  private final LiveReadings readings = readings();

  private LiveReadings readings() {
    Connections connections = new Connections();
    connections.put(House.connection(part(ClusterReader.class)));
    return new LiveReadings(part(LiveState.class), connections, () -> now);
  }

  /** A cluster that is there, and whose reader notes what it is asked. */
  private <T> T part(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "cluster" -> Optional.of(snapshot());
                  case "detail" -> noted(arguments[1], snapshots());
                  case "course" ->
                      noted(
                          arguments[1],
                          new RecordedCourse(GUEST, (Timeframe) arguments[1], List.of()));
                  case "examine" -> noted("examination", new Examination(List.of()));
                  case "taskLog" -> noted("log", List.of("TASK OK"));
                  default -> throw new IllegalStateException(method.getName());
                }));
  }

  private Object noted(Object what, Object answer) {
    asked.add(what.toString());
    return answer;
  }

  private static ClusterSnapshot snapshot() {
    return Crowd.nothing(Instant.EPOCH);
  }

  private static AspectState snapshots() {
    return AspectState.read(
        new GuestSnapshots(List.of(), null),
        new Observation("pve:home", Instant.EPOCH, Duration.ofMinutes(5)));
  }

  private void askForAll() {
    readings.detail(GUEST, Aspect.SNAPSHOTS);
    readings.detail(GUEST, Aspect.RUNTIME);
    readings.course(GUEST, Timeframe.HOUR);
    readings.course(GUEST, Timeframe.DAY);
    readings.examine(House.ID);
  }

  @Test
  void asksForEachThingOnceInFiveSeconds() {
    askForAll();
    assertThat(asked).hasSize(5).doesNotHaveDuplicates();
    askForAll();
    assertThat(asked).hasSize(5);
    now += Duration.ofSeconds(5).toNanos();
    askForAll();
    assertThat(asked).hasSize(10);
  }

  @Test
  void readsALogAsOftenAsItIsAskedFor() {
    readings.taskLog(House.ID, TASK, 0, 10);
    readings.taskLog(House.ID, TASK, 0, 10);
    assertThat(asked).containsExactly("log", "log");
  }
}
