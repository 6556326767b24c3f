package org.jarvis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.auth.AttemptThrottle.Attempt;
import org.junit.jupiter.api.Test;

class AttemptThrottleTest {
  private static final AttemptKey KEY = AttemptKey.address("login", "192.0.2.1");

  private final MemoryStores stores = new MemoryStores();

  private final MovableClock clock = new MovableClock();
  private AttemptThrottle throttle = new AttemptThrottle(stores, clock);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      throttle.begin(List.of(KEY));
    }
  }

  private JarvisException refusal() {
    return catchThrowableOfType(JarvisException.class, () -> throttle.begin(List.of(KEY)));
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
    clock.advance(Duration.ofSeconds(1));
    throttle.begin(List.of(KEY)).forgive(KEY);
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
    assertThat(AttemptKey.address("login", "2001:db8:1:2::1"))
        .isEqualTo(AttemptKey.address("login", "2001:db8:1:2:ffff::9"))
        .isNotEqualTo(AttemptKey.address("login", "2001:db8:1:3::1"));
  }

  @Test
  void keepsAddressesApart() {
    fail(5);
    assertThatCode(() -> throttle.begin(List.of(AttemptKey.address("login", "192.0.2.2"))))
        .doesNotThrowAnyException();
  }

  @Test
  void countsOnAfterARestart() {
    fail(5);
    throttle = new AttemptThrottle(stores, clock);
    assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    fail(1);
    throttle = new AttemptThrottle(stores, clock);
    assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(2));
  }

  @Test
  void storesAnAttemptBeforeItsOutcomeIsKnown() {
    throttle.begin(List.of(KEY));
    assertThat(stores.attempts.get(KEY.text()).count()).isEqualTo(1);
  }

  @Test
  void takesBackOnlyItsOwnAttempt() {
    AttemptKey account = AttemptKey.lasting("account owner");
    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofSeconds(2));
      throttle.begin(List.of(account));
    }
    clock.advance(Duration.ofSeconds(2));
    Attempt good = throttle.begin(List.of(account));
    good.takeBack(account);
    assertThat(stores.attempts.get(account.text()).count()).isEqualTo(6);
    // Guessing goes on as if the owner had not been there: at once, and with the wait doubled next.
    throttle.begin(List.of(account));
    assertThat(
            catchThrowableOfType(JarvisException.class, () -> throttle.begin(List.of(account)))
                .retryAfter())
        .contains(Duration.ofSeconds(4));
  }

  @Test
  void keepsCountingInMemoryWhileStorageIsAway() {
    stores.readOnly = true;
    fail(5);
    assertThat(refusal().code()).isEqualTo(ErrorCode.THROTTLED);
    clock.advance(Duration.ofSeconds(1));
    throttle.begin(List.of(KEY)).forgive(KEY);
    assertThatCode(() -> fail(5)).doesNotThrowAnyException();
  }

  @Test
  void startsWithoutStorage() {
    stores.unreadable = true;
    throttle = new AttemptThrottle(stores, clock);
    fail(5);
    assertThat(refusal().code()).isEqualTo(ErrorCode.THROTTLED);
  }

  @Test
  void makesNobodyWaitForAClockThatWasSetBack() {
    fail(5);
    clock.advance(Duration.ofDays(-400));
    assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(1));
    throttle = new AttemptThrottle(stores, clock);
    assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThatCode(() -> fail(1)).doesNotThrowAnyException();
  }

  @Test
  void pushesNoAccountOutHoweverManyAddressesComeAfterIt() {
    AttemptKey account = AttemptKey.lasting("account owner");
    for (int i = 0; i < 5; i++) {
      throttle.begin(List.of(account));
    }
    for (int i = 0; i < 10_050; i++) {
      throttle.begin(List.of(AttemptKey.address("login", "10.0." + i / 250 + "." + i % 250)));
    }
    assertThat(
            catchThrowableOfType(JarvisException.class, () -> throttle.begin(List.of(account)))
                .code())
        .isEqualTo(ErrorCode.THROTTLED);
    assertThat(stores.attempts).hasSize(10_001);
  }

  @Test
  void sweepsWhatIsOver() {
    fail(5);
    clock.advance(Duration.ofMinutes(31));
    throttle.sweep();
    assertThat(stores.attempts).isEmpty();
  }

  @Test
  void treatsAMappedAddressAsWhatItMaps() {
    assertThat(AttemptKey.address("login", "::ffff:192.0.2.1")).isEqualTo(KEY);
  }
}
