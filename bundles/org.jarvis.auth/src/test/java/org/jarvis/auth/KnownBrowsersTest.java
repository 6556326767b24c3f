package org.jarvis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jarvis.auth.OwnedHouse.HERE;
import static org.jarvis.auth.OwnedHouse.PASSWORD;

import java.time.Duration;
import org.jarvis.api.auth.Authenticator.SessionGrant;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.Test;

class KnownBrowsersTest {
  private final OwnedHouse house = new OwnedHouse().withOwner();

  /** Many addresses guess until the account waits as long as it can. */
  private void attack() {
    for (int i = 0; i < 30; i++) {
      house.guess(null, "198.51.100." + i);
      house.guess(null, HERE);
    }
    assertThat(house.guess(null, "203.0.113.9")).isEqualTo(ErrorCode.THROTTLED);
  }

  private ErrorCode refusal(Secret browser, String address) {
    return catchThrowableOfType(
            JarvisException.class,
            () -> house.auth().openSession("owner", PASSWORD, browser, address))
        .code();
  }

  @Test
  void letsTheOwnersBrowserInWhileOthersGuess() {
    Secret browser = house.open().browser();
    attack();
    assertThat(refusal(null, "203.0.113.10")).isEqualTo(ErrorCode.THROTTLED);
    assertThat(house.auth().openSession("owner", PASSWORD, browser, HERE)).isNotNull();
  }

  @Test
  void letsTheOwnersBrowserInAlsoAfterARestart() {
    Secret browser = house.open().browser();
    attack();
    house.restart();
    assertThat(refusal(null, "203.0.113.10")).isEqualTo(ErrorCode.THROTTLED);
    assertThat(house.auth().openSession("owner", PASSWORD, browser, HERE)).isNotNull();
  }

  @Test
  void givesAnAttackerNothingWhenTheOwnerLogsIn() {
    Secret browser = house.open().browser();
    attack();
    house.auth().openSession("owner", PASSWORD, browser, HERE);
    assertThat(house.guess(null, "203.0.113.11")).isEqualTo(ErrorCode.THROTTLED);
  }

  @Test
  void givesManyAddressesTogetherNoMoreThanOne() {
    int compared = 0;
    for (int second = 0; second < 3600; second++) {
      house.clock.advance(Duration.ofSeconds(1));
      ErrorCode code = house.guess(null, "10." + second / 250 + ".0." + second % 250);
      compared += code == ErrorCode.LOGIN_FAILED ? 1 : 0;
    }
    assertThat(compared).isBetween(15, 30);
  }

  @Test
  void knowsABrowserByANewCookieAfterEachLogin() {
    SessionGrant first = house.open();
    SessionGrant second = house.auth().openSession("owner", PASSWORD, first.browser(), HERE);
    assertThat(second.browser()).isNotEqualTo(first.browser());
    assertThat(house.stores.browsers).containsOnlyKeys(RandomSecrets.sha256(second.browser()));
    assertThat(house.stores.browsers.toString()).doesNotContain(second.browser().reveal());
  }

  @Test
  void isNoWayAroundThePassword() {
    Secret browser = house.open().browser();
    assertThat(house.guess(browser, HERE)).isEqualTo(ErrorCode.LOGIN_FAILED);
  }

  @Test
  void forgetsABrowserFromWhichTooMuchIsGuessed() {
    Secret browser = house.open().browser();
    for (int i = 0; i < 10; i++) {
      assertThat(house.guess(browser, HERE)).isEqualTo(ErrorCode.LOGIN_FAILED);
      house.clock.advance(Duration.ofMinutes(5));
    }
    assertThat(house.stores.browsers).isEmpty();
    attack();
    assertThat(refusal(browser, HERE)).isEqualTo(ErrorCode.THROTTLED);
  }

  @Test
  void slowsAKnownBrowserDownByItself() {
    Secret browser = house.open().browser();
    for (int i = 0; i < 5; i++) {
      assertThat(house.guess(browser, HERE)).isEqualTo(ErrorCode.LOGIN_FAILED);
    }
    assertThat(house.guess(browser, HERE)).isEqualTo(ErrorCode.THROTTLED);
    assertThat(house.guess(null, HERE)).isEqualTo(ErrorCode.LOGIN_FAILED);
  }

  @Test
  void knowsNobodyByAMadeUpCookie() {
    house.open();
    attack();
    assertThat(refusal(Secret.of("made-up"), HERE)).isEqualTo(ErrorCode.THROTTLED);
    assertThat(refusal(Secret.of(""), HERE)).isEqualTo(ErrorCode.THROTTLED);
    String hash = house.stores.browsers.keySet().iterator().next();
    assertThat(refusal(Secret.of(hash), HERE)).isEqualTo(ErrorCode.THROTTLED);
  }

  @Test
  void forgetsBrowsersAfterAYearAndKeepsTwentyAtMost() {
    Secret first = house.open().browser();
    for (int i = 0; i < 20; i++) {
      house.clock.advance(Duration.ofSeconds(1));
      house.open();
    }
    assertThat(house.stores.browsers).hasSize(20).doesNotContainKey(RandomSecrets.sha256(first));
    house.clock.advance(Duration.ofDays(366));
    house.parts.sweep();
    assertThat(house.stores.browsers).isEmpty();
  }

  @Test
  void doesNotLockTheOwnerOutWhereItsCookieCannotBeRenewed() {
    SessionGrant first = house.open();
    house.stores.browsersUnwritable = true;
    SessionGrant second = house.auth().openSession("owner", PASSWORD, first.browser(), HERE);
    assertThat(second.browser()).isEqualTo(first.browser());
    house.stores.browsersUnwritable = false;
    attack();
    assertThat(house.auth().openSession("owner", PASSWORD, second.browser(), HERE)).isNotNull();
  }
}
