package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.TokenStore;
import org.jarvis.api.persistence.TokenStore.StoredToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link TokenStore} must do. */
public abstract class TokenStoreContract extends PersistenceContract {
  static StoredToken token(String id, String username, Instant createdAt) {
    return token(id, username, createdAt, null);
  }

  static StoredToken token(
      String id, String username, Instant createdAt, @Nullable Instant expiresAt) {
    return new StoredToken(
        id,
        "backup script",
        false,
        "hash of " + id,
        username,
        Set.of(Scope.READ, Scope.OPERATE),
        Audience.API,
        createdAt,
        expiresAt,
        null,
        null);
  }

  @Test
  void keepsATokenAsItIsWithItsAuditEntry() {
    StoredToken lasting = token("t1", "ada", NOON);
    StoredToken ending =
        new StoredToken(
            "t2",
            "",
            true,
            "hash of t2",
            "ada",
            EnumSet.allOf(Scope.class),
            Audience.MCP,
            NOON,
            NOON.plusSeconds(60),
            NOON.plusSeconds(1),
            "t1");
    StoredToken covering =
        new StoredToken(
            "t3",
            "nothing",
            false,
            "hash of t3",
            "ada",
            Set.of(),
            Audience.API,
            NOON,
            null,
            null,
            null);

    stores.tokens().add(lasting, entry("t1"));
    stores.tokens().add(ending, entry("t2"));
    stores.tokens().add(covering, entry("t3"));
    stores.restart();

    assertThat(stores.tokens().find("hash of t1")).contains(lasting);
    assertThat(stores.tokens().find("hash of t2")).contains(ending);
    assertThat(stores.tokens().find("hash of t3")).contains(covering);
    assertThat(stores.tokens().find("t1")).isEmpty();
    assertThat(stores.audit().after(0, 10))
        .extracting(r -> r.entry().subject())
        .containsExactly("t1", "t2", "t3");
  }

  @Test
  void addsNeitherAnIdNorAHashTwice() {
    stores.tokens().add(token("t1", "ada", NOON), entry("t1"));

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> stores.tokens().add(token("t1", "eve", NOON), entry("again")));

    assertThat(stores.tokens().of("eve")).isEmpty();
    assertThat(stores.audit().size()).isEqualTo(1);
  }

  @Test
  void listsTheTokensOfOneAccountNewestFirst() {
    stores.tokens().add(token("old", "ada", NOON.minusSeconds(1)), entry("old"));
    stores.tokens().add(token("new", "ada", NOON), entry("new"));
    stores.tokens().add(token("other", "Ada", NOON), entry("other"));

    assertThat(stores.tokens().of("ada")).extracting(StoredToken::id).containsExactly("new", "old");
    assertThat(stores.tokens().of("nobody")).isEmpty();
  }

  @Test
  void notesWhenATokenWasLastUsed() {
    stores.tokens().add(token("t1", "ada", NOON), entry("t1"));
    stores.tokens().add(token("t2", "ada", NOON), entry("t2"));

    stores.tokens().touch("t1", NOON.plusSeconds(5));
    stores.tokens().touch("missing", NOON);
    stores.restart();

    assertThat(stores.tokens().find("hash of t1").orElseThrow().lastUsedAt())
        .isEqualTo(NOON.plusSeconds(5));
    assertThat(stores.tokens().find("hash of t2").orElseThrow().lastUsedAt()).isNull();
  }

  @Test
  void removesATokenOfItsOwnAccountOnlyAndOnceWithItsAuditEntry() {
    stores.tokens().add(token("t1", "ada", NOON), entry("t1"));

    assertThat(stores.tokens().remove("eve", "t1", ids -> entry("stolen"))).isEmpty();
    assertThat(stores.tokens().remove("ada", "t1", ids -> entry("bye"))).containsExactly("t1");
    assertThat(stores.tokens().remove("ada", "t1", ids -> entry("bye again"))).isEmpty();
    stores.restart();

    assertThat(stores.tokens().find("hash of t1")).isEmpty();
    assertThat(stores.audit().after(0, 10))
        .extracting(r -> r.entry().subject())
        .containsExactly("t1", "bye");
  }

  private void add(String id, @Nullable String parent) {
    StoredToken plain = token(id, "ada", NOON);
    stores
        .tokens()
        .add(
            new StoredToken(
                id,
                id,
                false,
                plain.hash(),
                "ada",
                plain.scopes(),
                Audience.API,
                NOON,
                null,
                null,
                parent),
            entry(id));
  }

  @Test
  void removesATokenWithAllThatWereMadeWithItAtOnce() {
    add("root", null);
    add("child", "root");
    add("grandchild", "child");
    add("sibling", "root");
    add("other", null);
    add("stray", "missing");

    assertThat(stores.tokens().remove("eve", "root", ids -> entry("stolen"))).isEmpty();
    assertThat(stores.tokens().remove("ada", "child", ids -> entry(String.join(" ", ids))))
        .containsExactly("child", "grandchild");
    add("child", "root");
    add("grandchild", "child");
    assertThat(stores.tokens().remove("ada", "root", ids -> entry(ids.get(0))))
        .startsWith("root")
        .endsWith("grandchild")
        .containsExactlyInAnyOrder("root", "child", "sibling", "grandchild");
    stores.restart();

    assertThat(stores.tokens().of("ada"))
        .extracting(StoredToken::id)
        .containsExactlyInAnyOrder("other", "stray");
    assertThat(stores.audit().after(0, 20))
        .extracting(r -> r.entry().subject())
        .contains("child grandchild")
        .endsWith("root")
        .doesNotContain("stolen");
  }

  @Test
  void removesNothingWhenItsAuditEntryCannotBeMade() {
    add("root", null);
    add("child", "root");

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(
            () ->
                stores
                    .tokens()
                    .remove(
                        "ada",
                        "root",
                        ids -> {
                          throw new IllegalStateException("No entry.");
                        }));

    assertThat(stores.tokens().of("ada")).hasSize(2);
  }

  @Test
  void removesTheTokensThatEndedAndNoneThatLasts() {
    stores.tokens().add(token("old", "ada", NOON, NOON.minusNanos(1)), entry("old"));
    stores.tokens().add(token("edge", "ada", NOON, NOON), entry("edge"));
    stores.tokens().add(token("lasting", "ada", NOON), entry("lasting"));

    assertThat(stores.tokens().removeExpired(NOON)).isEqualTo(1);
    assertThat(stores.tokens().removeExpired(NOON)).isZero();

    assertThat(stores.tokens().of("ada"))
        .extracting(StoredToken::id)
        .containsExactlyInAnyOrder("edge", "lasting");
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    StoredToken token =
        new StoredToken(
            text,
            text,
            false,
            text,
            text,
            Set.of(Scope.READ),
            Audience.API,
            NOON,
            null,
            null,
            null);

    stores.tokens().add(token, entry(text));
    stores.restart();

    assertThat(stores.tokens().find(text)).contains(token);
    assertThat(stores.tokens().of(text)).containsExactly(token);
    assertThat(stores.tokens().remove(text, text, ids -> entry(text))).containsExactly(text);
  }
}
