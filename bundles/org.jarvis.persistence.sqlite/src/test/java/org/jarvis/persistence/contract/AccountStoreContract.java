package org.jarvis.persistence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.AccountStore.StoredSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link AccountStore} must do. */
public abstract class AccountStoreContract extends PersistenceContract {
  private static final Account ADA = new Account("ada", "$argon2id$v=19$abc", NOON);

  private static StoredSession session(String id, Instant expiresAt) {
    return new StoredSession(
        id, "hash of " + id, "csrf of " + id, "ada", "192.0.2.7", NOON, NOON, expiresAt);
  }

  private static StoredSession session(String id) {
    return session(id, NOON.plusSeconds(3600));
  }

  @Test
  void addsTheFirstAccountWithItsAuditEntry() {
    assertThat(stores.accounts().anyAccount()).isFalse();

    assertThat(stores.accounts().addFirst(ADA, entry("ada"))).isTrue();
    stores.restart();

    assertThat(stores.accounts().anyAccount()).isTrue();
    assertThat(stores.accounts().account("ada")).contains(ADA);
    assertThat(stores.audit().verify().records()).isEqualTo(1);
  }

  @Test
  void addsNoSecondFirstAccount() {
    stores.accounts().addFirst(ADA, entry("ada"));

    assertThat(stores.accounts().addFirst(new Account("eve", "x", NOON), entry("eve"))).isFalse();

    assertThat(stores.accounts().account("eve")).isEmpty();
    assertThat(stores.audit().verify().records()).isEqualTo(1);
  }

  @Test
  void yieldsOneAccountFromARaceOfSetups() throws Exception {
    List<Callable<Boolean>> setups = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String name = "user" + i;
      setups.add(() -> stores.accounts().addFirst(new Account(name, "x", NOON), entry(name)));
    }

    List<Boolean> results = atOnce(setups);

    assertThat(results).containsOnlyOnce(true);
    assertThat(stores.accounts().account("user" + results.indexOf(true))).isPresent();
    assertThat(stores.audit().verify().records()).isEqualTo(1);
  }

  @Test
  void comparesUserNamesExactly() {
    stores.accounts().addFirst(ADA, entry("ada"));

    for (String other : List.of("Ada", "ada ", " ada", "ad", "ada\0", "ad_", "%", "")) {
      assertThat(stores.accounts().account(other)).as(other).isEmpty();
    }
  }

  @Test
  void takesAMalformedNameForNobodyElses() {
    stores.accounts().addFirst(new Account("\ufffd", "x", NOON), entry("?"));

    assertThat(stores.accounts().account("\ud83d")).isEmpty();
    assertThat(stores.accounts().account("\ufffd")).isPresent();
  }

  @Test
  void keepsSessionsAcrossARestart() {
    stores.accounts().addSession(session("s1"), entry("s1"));
    stores.restart();

    assertThat(stores.accounts().session("hash of s1")).contains(session("s1"));
    assertThat(stores.accounts().session("s1")).isEmpty();
    assertThat(stores.audit().verify().records()).isEqualTo(1);
  }

  @Test
  void addsNoSessionTwice() {
    stores.accounts().addSession(session("s1"), entry("s1"));

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> stores.accounts().addSession(session("s1"), entry("again")));

    assertThat(stores.audit().verify().records()).isEqualTo(1);
  }

  @Test
  void notesWhenASessionWasLastUsed() {
    stores.accounts().addSession(session("s1"), entry("s1"));
    stores.accounts().addSession(session("s2"), entry("s2"));
    Instant later = NOON.plusSeconds(60);

    stores.accounts().touchSession("s1", later);
    stores.accounts().touchSession("missing", later);

    assertThat(stores.accounts().session("hash of s1").orElseThrow().lastUsedAt()).isEqualTo(later);
    assertThat(stores.accounts().session("hash of s2")).contains(session("s2"));
  }

  @Test
  void removesASessionOnceWithItsAuditEntry() {
    stores.accounts().addSession(session("s1"), entry("s1"));

    assertThat(stores.accounts().removeSession("s1", entry("bye"))).isTrue();
    assertThat(stores.accounts().removeSession("s1", entry("bye again"))).isFalse();

    assertThat(stores.accounts().session("hash of s1")).isEmpty();
    assertThat(stores.audit().after(0, 10))
        .extracting(r -> r.entry().subject())
        .containsExactly("s1", "bye");
  }

  @Test
  void removesTheSessionsThatEnded() {
    stores.accounts().addSession(session("old", NOON.minusNanos(1)), entry("old"));
    stores.accounts().addSession(session("edge", NOON), entry("edge"));
    stores.accounts().addSession(session("new", NOON.plusNanos(1)), entry("new"));

    assertThat(stores.accounts().removeSessionsBefore(NOON)).isEqualTo(1);
    assertThat(stores.accounts().removeSessionsBefore(NOON)).isZero();

    assertThat(stores.accounts().session("hash of old")).isEmpty();
    assertThat(stores.accounts().session("hash of edge")).isPresent();
    assertThat(stores.accounts().session("hash of new")).isPresent();
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    Account account = new Account(text, text, NOON);
    StoredSession session =
        new StoredSession(text, text, text, text, text, NOON, NOON, NOON.plusSeconds(1));

    stores.accounts().addFirst(account, entry(text));
    stores.accounts().addSession(session, entry(text));
    stores.restart();

    assertThat(stores.accounts().account(text)).contains(account);
    assertThat(stores.accounts().session(text)).contains(session);
    assertThat(stores.accounts().removeSession(text, entry(text))).isTrue();
  }
}
