package org.jarvis.testkit.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.junit.jupiter.api.Test;

/**
 * What every {@link HealthContributor} has to do: answer from memory, from any thread, with one
 * short line under a stable name, in which nothing is that anybody on the network should not read.
 */
public abstract class HealthContributorContract {
  /** Far more than an answer from memory takes, far less than Jarvis waits. */
  private static final Duration AT_ONCE = Duration.ofMillis(250);

  private static final int THREADS = 8;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_DETAIL = 300;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([ .-][a-z0-9]+)*");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\b\\d{1,3}(\\.\\d{1,3}){3}\\b|[a-z]+://|([0-9a-f]{1,4}:){4,}",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRET =
      Pattern.compile(
          "PVEAPIToken=|-----BEGIN|[!&?](token|secret|password)=|eyJ[\\w-]{10,}\\.",
          Pattern.CASE_INSENSITIVE);

  /** The contributor under test, in a state of the implementation's choice; new for each test. */
  protected abstract HealthContributor contributor();

  /** Answers, with every part. */
  @Test
  public void answersWithNameStatusAndDetail() {
    ComponentHealth health = contributor().health();

    assertThat(health).isNotNull();
    assertThat(health.name()).isNotBlank();
    assertThat(health.status()).isNotNull();
    assertThat(health.detail()).isNotBlank();
  }

  /** The name is one that clients can rely on. */
  @Test
  public void hasAShortStableName() {
    HealthContributor contributor = contributor();
    String name = contributor.health().name();

    assertThat(name).hasSizeLessThanOrEqualTo(LONGEST_NAME).matches(NAME);
    for (int i = 0; i < 100; i++) {
      assertThat(contributor.health().name()).isEqualTo(name);
    }
  }

  /** The detail is one bounded line. */
  @Test
  public void saysItInOneBoundedLine() {
    assertThat(contributor().health().detail())
        .hasSizeLessThanOrEqualTo(LONGEST_DETAIL)
        .matches(detail -> detail.chars().noneMatch(Character::isISOControl), "one line");
  }

  /** Anybody may read it without login. */
  @Test
  public void holdsNoAddressAndNoSecret() {
    assertThat(contributor().health().detail()).doesNotContainPattern(ADDRESS);
    assertThat(contributor().health().detail()).doesNotContainPattern(SECRET);
  }

  /** It neither measures nor waits when it is asked. */
  @Test
  public void answersAtOnce() {
    HealthContributor contributor = contributor();
    contributor.health();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      contributor.health();
      best = Math.min(best, System.nanoTime() - start);
    }

    // The best of many, since a busy machine makes any single one late.
    assertThat(Duration.ofNanos(best)).isLessThan(AT_ONCE);
  }

  /** Several may ask at a time. */
  @Test
  public void answersSeveralThreadsAtATime() throws Exception {
    HealthContributor contributor = contributor();
    ExecutorService askers = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier together = new CyclicBarrier(THREADS);
      List<Future<ComponentHealth>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        answers.add(
            askers.submit(
                () -> {
                  together.await(10, TimeUnit.SECONDS);
                  return contributor.health();
                }));
      }
      for (Future<ComponentHealth> answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS).name()).isNotBlank();
      }
    } finally {
      askers.shutdownNow();
    }
  }
}
