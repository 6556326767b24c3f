package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.AccountStore.KnownBrowser;
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
  void keepsTheBrowsersSeenLastOfEachAccount() {
    stores.accounts().addBrowser(new KnownBrowser("of eve", "eve", NOON.minusSeconds(9)));
    for (int i = 0; i <= AccountStore.MOST_BROWSERS; i++) {
      stores.accounts().addBrowser(new KnownBrowser("hash " + i, "ada", NOON.plusSeconds(i)));
    }

    assertThat(stores.accounts().browser("hash 0")).isEmpty();
    assertThat(stores.accounts().browser("hash 1")).isPresent();
    assertThat(stores.accounts().browser("of eve")).isPresent();
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

  @Test
  void listsTheSessionsThatLastNewestFirst() {
    stores.accounts().addSession(session("old", NOON.minusNanos(1)), entry("old"));
    stores.accounts().addSession(session("edge", NOON), entry("edge"));
    StoredSession newer =
        new StoredSession(
            "newer",
            "hash of newer",
            "csrf",
            "ada",
            "192.0.2.8",
            NOON.plusSeconds(1),
            NOON.plusSeconds(1),
            NOON.plusSeconds(60));
    stores.accounts().addSession(newer, entry("newer"));
    StoredSession others =
        new StoredSession("eves", "h", "c", "eve", "192.0.2.9", NOON, NOON, NOON.plusSeconds(60));
    stores.accounts().addSession(others, entry("eves"));

    assertThat(stores.accounts().sessions("ada", NOON))
        .containsExactly(newer, session("edge", NOON));
    assertThat(stores.accounts().sessions("Ada", NOON)).isEmpty();
  }

  @Test
  void endsWhatTheOldPasswordOpenedWhenItIsChanged() {
    stores.accounts().addFirst(ADA, entry("ada"));
    for (String id : List.of("s1", "s2", "s3")) {
      stores.accounts().addSession(session(id), entry(id));
    }
    stores.tokens().add(TokenStoreContract.token("t1", "ada", NOON), entry("t1"));
    stores.tokens().add(TokenStoreContract.token("t2", "eve", NOON), entry("t2"));
    stores.accounts().addBrowser(new KnownBrowser("b1", "ada", NOON));
    stores.accounts().addBrowser(new KnownBrowser("b2", "eve", NOON));

    assertThat(stores.accounts().changePassword("ada", "new hash", "s2", entry("changed")))
        .containsExactlyInAnyOrder("s1", "s3");
    stores.restart();

    assertThat(stores.accounts().account("ada"))
        .contains(new Account("ada", "new hash", ADA.createdAt()));
    assertThat(stores.accounts().sessions("ada", NOON))
        .extracting(StoredSession::id)
        .containsExactly("s2");
    assertThat(stores.tokens().of("ada")).isEmpty();
    assertThat(stores.tokens().of("eve")).hasSize(1);
    assertThat(stores.accounts().browser("b1")).isEmpty();
    assertThat(stores.accounts().browser("b2")).isPresent();
    assertThat(stores.audit().after(6, 10))
        .extracting(r -> r.entry().subject())
        .containsExactly("changed");
  }

  @Test
  void endsEverySessionWhenNoneIsToStay() {
    stores.accounts().addFirst(ADA, entry("ada"));
    stores.accounts().addSession(session("s1"), entry("s1"));

    assertThat(stores.accounts().changePassword("ada", "new hash", null, entry("changed")))
        .containsExactly("s1");
  }

  @Test
  void changesNoPasswordOfNobody() {
    stores.accounts().addFirst(ADA, entry("ada"));
    stores.accounts().addSession(session("s1"), entry("s1"));

    for (String nobody : List.of("Ada", "eve", "\ud83d")) {
      assertThat(stores.accounts().changePassword(nobody, "x", null, entry("changed"))).isEmpty();
    }

    assertThat(stores.accounts().account("ada")).contains(ADA);
    assertThat(stores.accounts().session("hash of s1")).isPresent();
    assertThat(stores.audit().size()).isEqualTo(2);
  }

  @Test
  void knowsABrowserUntilItIsForgotten() {
    stores.accounts().addBrowser(new KnownBrowser("b1", "ada", NOON));
    stores.accounts().addBrowser(new KnownBrowser("b1", "ada", NOON.plusSeconds(1)));
    stores.accounts().addBrowser(new KnownBrowser("b2", "ada", NOON));
    stores.accounts().addBrowser(new KnownBrowser("b3", "ada", NOON.plusSeconds(2)));
    stores.restart();

    assertThat(stores.accounts().browser("b1"))
        .contains(new KnownBrowser("b1", "ada", NOON.plusSeconds(1)));
    stores.accounts().removeBrowser("b1");
    stores.accounts().removeBrowser("unknown");
    assertThat(stores.accounts().removeBrowsersBefore(NOON.plusNanos(1))).isEqualTo(1);

    assertThat(stores.accounts().browser("b1")).isEmpty();
    assertThat(stores.accounts().browser("b2")).isEmpty();
    assertThat(stores.accounts().browser("b3")).isPresent();
  }

  @Test
  void listsTheAccounts() {
    assertThat(stores.accounts().accounts()).isEmpty();

    stores.accounts().addFirst(ADA, entry("ada"));

    assertThat(stores.accounts().accounts()).containsExactly(ADA);
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    Account account = new Account(text, text, NOON);
    StoredSession session =
        new StoredSession(text, text, text, text, text, NOON, NOON, NOON.plusSeconds(1));

    stores.accounts().addFirst(account, entry(text));
    stores.accounts().addSession(session, entry(text));
    stores.accounts().addBrowser(new KnownBrowser(text, text, NOON));
    stores.restart();

    assertThat(stores.accounts().account(text)).contains(account);
    assertThat(stores.accounts().session(text)).contains(session);
    assertThat(stores.accounts().sessions(text, NOON)).containsExactly(session);
    assertThat(stores.accounts().browser(text)).contains(new KnownBrowser(text, text, NOON));
    assertThat(stores.accounts().removeSession(text, entry(text))).isTrue();
  }
}
