package org.jarvis.api.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilenceAlarmTest {
  private final Wakers wakers = new Wakers();
  private final List<String> rung = new ArrayList<>();
  private final SilenceAlarm alarm = new SilenceAlarm(wakers, () -> wakers.now);

  /** Keeps what is to be done later, and does it when the test says that it is time. */
  private static final class Wakers extends ScheduledThreadPoolExecutor {
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<Long> moments = new ArrayList<>();
    private final List<ScheduledFuture<?>> futures = new ArrayList<>();
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);

    Wakers() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      ScheduledFuture<?> future = super.schedule(() -> {}, 1, TimeUnit.DAYS);
      tasks.add(task);
      moments.add(now + unit.toNanos(delay));
      futures.add(future);
      return future;
    }

    void pass(Duration time) {
      now += time.toNanos();
      for (int i = 0; i < tasks.size(); i++) {
        if (moments.get(i) - now <= 0 && !futures.get(i).isCancelled()) {
          futures.get(i).cancel(false);
          tasks.get(i).run();
        }
      }
    }
  }

  @AfterEach
  void end() {
    wakers.shutdownNow();
  }

  private void set(int seconds, String ring) {
    alarm.set(Duration.ofSeconds(seconds), () -> rung.add(ring));
  }

  @Test
  void goesOffOnceAfterTheTime() {
    set(5, "silent");
    wakers.pass(Duration.ofMillis(4_999));
    assertThat(rung).isEmpty();
    wakers.pass(Duration.ofMillis(1));
    wakers.pass(Duration.ofSeconds(60));
    assertThat(rung).containsExactly("silent");
  }

  @Test
  void countsFromWhatWasHeardLastWithoutATaskForEach() {
    for (int i = 0; i < 1_000; i++) {
      set(5, "silent");
      wakers.pass(Duration.ofMillis(10));
      alarm.pause();
    }
    set(5, "silent");
    wakers.pass(Duration.ofMillis(4_999));
    assertThat(rung).isEmpty();
    assertThat(wakers.tasks).hasSizeLessThan(6);
    wakers.pass(Duration.ofMillis(1));
    assertThat(rung).containsExactly("silent");
  }

  @Test
  void goesOffEarlierWhereItIsSetToAnEarlierMoment() {
    set(600, "never began");
    set(5, "silent");
    wakers.pass(Duration.ofSeconds(5));
    wakers.pass(Duration.ofMinutes(10));
    assertThat(rung).containsExactly("silent");
  }

  @Test
  void waitsWhileItIsPaused() {
    set(5, "silent");
    alarm.pause();
    wakers.pass(Duration.ofSeconds(60));
    assertThat(rung).isEmpty();
    set(5, "silent");
    wakers.pass(Duration.ofSeconds(5));
    assertThat(rung).containsExactly("silent");
  }

  @Test
  void neverGoesOffOnceItIsOver() {
    set(5, "silent");
    alarm.end();
    set(5, "silent");
    wakers.pass(Duration.ofSeconds(60));
    assertThat(rung).isEmpty();
    assertThat(wakers.futures).allMatch(ScheduledFuture::isCancelled);
  }
}
