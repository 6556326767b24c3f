package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.guard.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private final Turnstile turnstile = new Turnstile();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final ExecutorService requests = Executors.newCachedThreadPool();
  private final List<Future<String>> waiting = new ArrayList<>();

  @AfterEach
  void stop() {
    requests.shutdownNow();
  }

  private static Caller caller(String credential) {
    return new Caller(
        new Authentication(
            new Principal("script", PrincipalKind.TOKEN, credential),
            Set.of(),
            Audience.API,
            null,
            Instant.MAX),
        "127.0.0.1",
        () -> true);
  }

  private void enter(String credential) throws Exception {
    CountDownLatch within = new CountDownLatch(1);
    waiting.add(
        requests.submit(
            () ->
                turnstile.pass(
                    caller(credential),
                    () -> {
                      within.countDown();
                      await(answer);
                      return "read";
                    })));
    assertThat(within.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void refuses(String credential, String message) {
    assertThatThrownBy(() -> turnstile.pass(caller(credential), () -> "read"))
        .isInstanceOfSatisfying(
            JarvisException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.THROTTLED);
              assertThat(refusal.retryAfter()).isPresent();
              assertThat(refusal).hasMessageContaining(message);
            });
  }

  @Test
  void letsFewOfOneAndOfAllReadAtATime() throws Exception {
    for (String credential : List.of("a", "a", "a", "b", "b", "b", "c")) {
      enter(credential);
    }
    refuses("a", "Too many of your requests");
    enter("c");
    refuses("d", "Too many requests");

    answer.countDown();
    for (Future<String> one : waiting) {
      assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo("read");
    }
    assertThat(turnstile.pass(caller("a"), () -> "read")).isEqualTo("read");
  }

  @Test
  void givesThePlaceBackWhenAReadingFails() {
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(
              () ->
                  turnstile.pass(
                      caller("a"),
                      () -> {
                        throw new IllegalStateException("broken");
                      }))
          .hasMessage("broken");
    }
    assertThat(turnstile.pass(caller("a"), () -> "read")).isEqualTo("read");
  }
}
