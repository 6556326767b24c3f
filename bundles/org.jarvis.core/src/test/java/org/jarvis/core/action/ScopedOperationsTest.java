package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.jarvis.core.SteppingClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScopedOperationsTest {
  static final TaskFollower IGNORING =
      new TaskFollower() {
        @Override
        public void began(TaskId task) {}

        @Override
        public void logged(List<String> lines) {}
      };

  private final FakeCluster cluster = new FakeCluster(new SteppingClock());

  @BeforeEach
  void fill() {
    cluster.put(101, Guest.Status.STOPPED);
    cluster.put(102, Guest.Status.RUNNING);
  }

  @Test
  void letsAToolDoWhatWasDecided() {
    ScopedOperations scoped = scoped(101, Effect.CHANGES);

    scoped.start(guest(101), IGNORING);

    assertThat(cluster.done()).containsExactly("start 101");
    assertThat(scoped.touched()).isTrue();
  }

  @Test
  void keepsAToolFromAnotherTarget() {
    assertRefused(() -> scoped(101, Effect.CHANGES).start(guest(102), IGNORING));
  }

  @Test
  void keepsAToolFromAStrongerEffect() {
    ScopedOperations scoped = scoped(102, Effect.CHANGES);

    assertRefused(() -> scoped.stop(guest(102), IGNORING));
    assertRefused(() -> scoped.shutdown(guest(102), Duration.ofSeconds(1), IGNORING));
    assertThat(scoped.touched()).isFalse();
  }

  @Test
  void keepsAToolFromActingAfterItsRun() {
    ScopedOperations scoped = scoped(101, Effect.CHANGES);
    scoped.close();

    assertRefused(() -> scoped.start(guest(101), IGNORING));
  }

  private ScopedOperations scoped(int target, Effect effect) {
    return new ScopedOperations(
        cluster,
        List.of(decided(guest(target), Touch.REMOVES, null)),
        effect,
        ScopedOperations.Objection.NONE);
  }

  static ResolvedTarget decided(Resource resource, Touch touch, @Nullable String part) {
    return new ResolvedTarget(resource, touch, part, "", "", "", "", false);
  }

  private Guest guest(int id) {
    return cluster.guest(new GuestId(id)).orElseThrow().guest();
  }

  private void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED));
    assertThat(cluster.done()).isEmpty();
  }
}
