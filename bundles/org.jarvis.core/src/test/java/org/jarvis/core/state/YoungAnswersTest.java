package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.Test;

class YoungAnswersTest {
  private final ClusterReader reader = House.unused(ClusterReader.class);
  private final AtomicInteger asked = new AtomicInteger();
  private long now;
  private final YoungAnswers<String, Integer> answers = new YoungAnswers<>(() -> now);

  private int get(String question) {
    return answers.get(question, reader, asked::incrementAndGet);
  }

  @Test
  void givesAnAnswerAgainForFiveSeconds() {
    assertThat(get("a")).isEqualTo(1);
    now += TimeUnit.MILLISECONDS.toNanos(4_999);
    assertThat(get("a")).isEqualTo(1);
    assertThat(get("b")).as("another question").isEqualTo(2);
    now += TimeUnit.MILLISECONDS.toNanos(1);
    assertThat(get("a")).isEqualTo(3);
  }

  @Test
  void asksAnotherConnectorAnew() {
    assertThat(get("a")).isEqualTo(1);
    ClusterReader another = House.unused(ClusterReader.class);
    assertThat(answers.get("a", another, asked::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void givesAFailureAgainToo() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  answers.get(
                      "a",
                      reader,
                      () -> {
                        asked.incrementAndGet();
                        throw new JarvisException(ErrorCode.UNREACHABLE, "Nothing answers.");
                      }))
          .isInstanceOf(JarvisException.class)
          .hasMessage("Nothing answers.");
    }
    assertThat(asked).hasValue(1);
    now += YoungAnswers.YOUNG.toNanos();
    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void asksOnceForAllWhoWantToKnowMeanwhile() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService callers = Executors.newFixedThreadPool(5);
    try {
      List<Future<Integer>> waiting = new ArrayList<>();
      waiting.add(
          callers.submit(
              () ->
                  answers.get(
                      "a",
                      reader,
                      () -> {
                        begun.countDown();
                        await(goOn);
                        return asked.incrementAndGet();
                      })));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 4; i++) {
        waiting.add(callers.submit(() -> get("a")));
      }
      assertThat(get("b")).as("others do not wait").isEqualTo(1);
      goOn.countDown();
      for (Future<Integer> one : waiting) {
        assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(2);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
