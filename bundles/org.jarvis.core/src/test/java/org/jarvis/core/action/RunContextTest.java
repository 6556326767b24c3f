package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.jarvis.core.host.HostConnections;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunContextTest {
  private static final ClusterId OTHER = new ClusterId("cabin");

  private static final ActionRequest REQUEST =
      new ActionRequest("some_tool", Arguments.none(), GateFixture.PERSON, Origin.CHAT);

  private final SteppingClock clock = new SteppingClock();
  private final FakeCluster home = new FakeCluster(clock);
  private final FakeCluster cabin = new FakeCluster(clock);
  private final Connections connections = new Connections();
  private final ClusterStates states =
      new ClusterStates(clock, connections, Runnable::run, event -> {});

  @BeforeEach
  void connect() {
    home.put(101, Guest.Status.RUNNING);
    cabin.put(101, Guest.Status.RUNNING);
    states.attach(home.connection());
    states.attach(
        new ClusterConnection(
            OTHER,
            "proxmox~cabin",
            new Whereabouts.Outside(),
            FakeCluster.ACCOUNT,
            Duration.ofSeconds(10),
            cabin,
            cabin));
  }

  @Test
  void tellsAToolWhoAsksAndByWhichWay() {
    assertThat(context().principal()).isEqualTo(GateFixture.PERSON);
    assertThat(context().origin()).isEqualTo(Origin.CHAT);
  }

  @Test
  void isVoidOnceTheRunHasEndedAlsoForAToolThatAskedForNothingBefore() {
    RunContext kept = context();
    kept.close();

    assertRefused(
        () -> kept.operations(FakeCluster.ID).stop(target(), ScopedOperationsTest.IGNORING));
  }

  @Test
  void keepsAToolFromTheSameNumberInAnotherCluster() {
    assertRefused(() -> context().operations(OTHER).stop(target(), ScopedOperationsTest.IGNORING));
  }

  private RunContext context() {
    return new RunContext(
        REQUEST,
        List.of(ScopedOperationsTest.decided(target(), Touch.TAKES_DOWN, null)),
        Effect.DISRUPTS,
        ScopedOperations.Objection.NONE,
        states,
        connections,
        new ScopedHosts(
            new HostConnections(),
            new ServiceSlot<>("none"),
            new DecidedCommands(List.of(), Effect.DISRUPTS, Tier.RED, true),
            ScopedOperations.Objection.NONE,
            () -> Duration.ofSeconds(30)),
        ScopedOperationsTest.IGNORING);
  }

  private Guest target() {
    return home.guest(new GuestId(101)).orElseThrow().guest();
  }

  private void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED));
    assertThat(home.done()).isEmpty();
    assertThat(cabin.done()).isEmpty();
  }
}
