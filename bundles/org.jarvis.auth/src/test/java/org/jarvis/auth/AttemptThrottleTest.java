package org.jarvis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.Test;

class AttemptThrottleTest {
  private static final List<String> KEY = List.of("login 192.0.2.1");

  private final MovableClock clock = new MovableClock();
  private final AttemptThrottle throttle = new AttemptThrottle(clock);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      throttle.begin(KEY);
    }
  }

  private JarvisException refusal() {
    return catchThrowableOfType(JarvisException.class, () -> throttle.begin(KEY));
  }

  @Test
  void refusesTheSixthAttemptAndSaysHowLongToWait() {
    fail(5);
    JarvisException refusal = refusal();
    assertThat(refusal.code()).isEqualTo(ErrorCode.THROTTLED);
    assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
  }

  @Test
  void doublesTheWaitUpToFiveMinutes() {
    fail(5);
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 12; i++) {
      longest = refusal().retryAfter().orElseThrow();
      clock.advance(longest);
      fail(1);
    }
    assertThat(longest).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void startsAfreshAfterSuccess() {
    fail(5);
    throttle.succeeded(KEY);
    assertThatCode(() -> fail(5)).doesNotThrowAnyException();
  }

  @Test
  void forgetsOldFailures() {
    fail(5);
    clock.advance(Duration.ofMinutes(31));
    assertThatCode(() -> fail(5)).doesNotThrowAnyException();
  }

  @Test
  void treatsOneIpv6NetworkAsOneAddress() {
    assertThat(AttemptThrottle.address("login", "2001:db8:1:2::1"))
        .isEqualTo(AttemptThrottle.address("login", "2001:db8:1:2:ffff::9"))
        .isNotEqualTo(AttemptThrottle.address("login", "2001:db8:1:3::1"));
  }

  @Test
  void keepsAddressesApart() {
    fail(5);
    assertThatCode(() -> throttle.begin(List.of("login 192.0.2.2"))).doesNotThrowAnyException();
  }
}
