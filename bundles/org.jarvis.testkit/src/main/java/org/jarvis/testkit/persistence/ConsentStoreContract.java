package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jarvis.api.persistence.ConsentStore;
import org.jarvis.api.persistence.ConsentStore.StoredConsent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link ConsentStore} must do. */
public abstract class ConsentStoreContract extends PersistenceContract {
  private static StoredConsent consent(String sha256, boolean granted, Instant decidedAt) {
    return new StoredConsent(
        sha256, "org.example.greeter", "1.0.0", granted, null, "ada", decidedAt);
  }

  @Test
  void keepsADecisionWithItsAuditEntry() {
    StoredConsent refused = consent("aa", false, NOON);
    StoredConsent signed =
        new StoredConsent("bb", "org.example.signed", "2.1.0", true, "ff00", "ada", NOON);

    stores.consents().put(refused, entry("aa"));
    stores.consents().put(signed, entry("bb"));
    stores.restart();

    assertThat(stores.consents().find("aa")).contains(refused);
    assertThat(stores.consents().find("bb")).contains(signed);
    assertThat(stores.consents().find("AA")).isEmpty();
    assertThat(stores.audit().after(0, 10))
        .extracting(r -> r.entry().subject())
        .containsExactly("aa", "bb");
  }

  @Test
  void replacesAnEarlierDecisionAndListsTheNewestFirst() {
    stores.consents().put(consent("aa", false, NOON), entry("aa"));
    stores.consents().put(consent("bb", true, NOON.plusSeconds(1)), entry("bb"));
    StoredConsent second = consent("aa", true, NOON.plusSeconds(2));

    stores.consents().put(second, entry("aa again"));
    stores.restart();

    assertThat(stores.consents().all())
        .containsExactly(second, consent("bb", true, NOON.plusSeconds(1)));
    assertThat(stores.audit().size()).isEqualTo(3);
  }

  @Test
  void takesADecisionBackOnceWithItsAuditEntry() {
    stores.consents().put(consent("aa", true, NOON), entry("aa"));

    assertThat(stores.consents().remove("aa", entry("back"))).isTrue();
    assertThat(stores.consents().remove("aa", entry("back again"))).isFalse();
    stores.restart();

    assertThat(stores.consents().find("aa")).isEmpty();
    assertThat(stores.consents().all()).isEmpty();
    assertThat(stores.audit().after(0, 10))
        .extracting(r -> r.entry().subject())
        .containsExactly("aa", "back");
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    StoredConsent consent = new StoredConsent(text, text, text, true, text, text, NOON);
    stores.consents().put(consent, entry(text));
    stores.restart();

    assertThat(stores.consents().find(text)).contains(consent);
  }
}
