package org.jarvis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jarvis.auth.OwnedHouse.HERE;
import static org.jarvis.auth.OwnedHouse.PASSWORD;
import static org.jarvis.auth.OwnedHouse.WRONG;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jarvis.api.auth.Accounts.CreatedToken;
import org.jarvis.api.auth.Accounts.SessionInfo;
import org.jarvis.api.auth.Accounts.TokenInfo;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator.SessionGrant;
import org.jarvis.api.auth.Authenticator.TokenGrant;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.persistence.AuditEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAccountsTest {
  private static final Secret NEXT = Secret.of("another long password");

  private final OwnedHouse house = new OwnedHouse().withOwner();
  private final SessionGrant session = house.open();
  private final Authentication person = house.person(session);

  private CreatedToken create(Authentication by, String name, Instant expiresAt, Scope... scopes) {
    return house.accounts().createToken(by, name, Set.of(scopes), Audience.API, expiresAt, HERE);
  }

  private Authentication bearer(CreatedToken created) {
    return house.auth().bearer(created.token()).orElseThrow();
  }

  private static JarvisException error(ThrowingCallable call) {
    return catchThrowableOfType(JarvisException.class, call);
  }

  @Test
  void makesTokensOf256RandomBitsThatScannersKnowAndKeepsOnlyTheirHash() {
    CreatedToken created = create(person, "backup script", null, Scope.READ);
    assertThat(created.token().reveal()).matches("jarvis_[A-Za-z0-9_-]{43}");
    assertThat(create(person, "other", null, Scope.READ).token()).isNotEqualTo(created.token());
    assertThat(house.stores.tokens.get(created.info().id()).hash())
        .isEqualTo(RandomSecrets.sha256(created.token()));
    assertThat(house.auth().bearer(Secret.of(RandomSecrets.sha256(created.token())))).isEmpty();
  }

  @Test
  void acceptsANamedTokenAlsoAfterARestartAndForNoPerson() {
    CreatedToken created = create(person, "script", null, Scope.OPERATE);
    house.restart();
    Authentication found = bearer(created);
    assertThat(found.principal().kind()).isEqualTo(PrincipalKind.TOKEN);
    assertThat(found.principal().name()).isEqualTo("owner");
    assertThat(found.principal().credential()).isEqualTo(created.info().id());
    assertThat(found.expiresAt()).isNull();
    assertThat(found.csrf()).isEmpty();
    assertThat(house.auth().session(created.token())).isEmpty();
  }

  @Test
  void addsWhatAWiderScopeIncludes() {
    assertThat(create(person, "r", null, Scope.READ).info().scopes())
        .containsExactlyInAnyOrder(Scope.READ);
    assertThat(create(person, "o", null, Scope.OPERATE).info().scopes())
        .containsExactlyInAnyOrder(Scope.READ, Scope.OPERATE);
    assertThat(bearer(create(person, "a", null, Scope.ADMIN)).scopes())
        .containsExactlyInAnyOrder(Scope.values());
  }

  @Test
  void endsATokenWhenItSaid() {
    Instant end = house.clock.instant().plus(Duration.ofDays(1));
    CreatedToken created = create(person, "for a day", end, Scope.READ);
    house.clock.advance(Duration.ofDays(1).minusMillis(1));
    assertThat(house.auth().bearer(created.token())).isPresent();
    house.clock.advance(Duration.ofMillis(1));
    assertThat(house.auth().bearer(created.token())).isEmpty();
    assertThat(house.accounts().tokens("owner")).isEmpty();
    house.clock.advance(Duration.ofMillis(1));
    house.parts.sweep();
    assertThat(house.stores.tokens).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " x",
        "x ",
        "a\nb",
        "a\tb",
        "a\u0000b",
        "a\u00a0b",
        "a\u200bb",
        "a\u202eb",
        "a\ud800b",
        "a\ue000b",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void refusesNamesThatNobodyCanRead(String name) {
    JarvisException error = error(() -> create(person, name, null, Scope.READ));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(error.fields()).extracting(FieldError::field).containsExactly("name");
  }

  @Test
  void refusesNoScopesAndEndsOutOfBoundsNamingEachField() {
    Instant past = house.clock.instant();
    JarvisException error =
        error(() -> house.accounts().createToken(person, "", Set.of(), Audience.API, past, HERE));
    assertThat(error.fields())
        .extracting(FieldError::field)
        .containsExactly("name", "scopes", "expiresAt");
    assertThat(error(() -> create(person, "x", Instant.MAX, Scope.READ)).fields())
        .extracting(FieldError::field)
        .containsExactly("expiresAt");
    assertThat(house.stores.tokens).isEmpty();
  }

  @Test
  void givesEachNameOnceAlsoWhereItIsSpeltWithCombiningMarks() {
    create(person, "caf\u00e9", null, Scope.READ);
    assertThat(error(() -> create(person, "cafe\u0301", null, Scope.READ)).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void givesANameOnceWhenManyAskAtATime() throws Exception {
    ExecutorService crowd = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> wishes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        wishes.add(() -> error(() -> create(person, "same", null, Scope.READ)) == null);
      }
      int made = 0;
      for (Future<Boolean> wish : crowd.invokeAll(wishes)) {
        made += wish.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    } finally {
      crowd.shutdownNow();
    }
  }

  @Test
  void givesAnAccountAHundredNamedTokensAtMost() {
    house.auth().issueToken("owner", PASSWORD, HERE);
    for (int i = 0; i < 100; i++) {
      create(person, "token " + i, null, Scope.READ);
    }
    assertThat(error(() -> create(person, "one more", null, Scope.READ)).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void letsATokenMakeOnlyWhatItCoversAndForNoLonger() {
    Instant end = house.clock.instant().plus(Duration.ofDays(1));
    Authentication operator = bearer(create(person, "operator", null, Scope.OPERATE));
    assertThat(error(() -> create(operator, "x", null, Scope.READ)).code())
        .isEqualTo(ErrorCode.INSUFFICIENT_SCOPE);
    Authentication admin = bearer(create(person, "admin", end, Scope.ADMIN));
    assertThat(error(() -> create(admin, "x", end.plusSeconds(1), Scope.READ)).code())
        .isEqualTo(ErrorCode.INSUFFICIENT_SCOPE);
    assertThat(create(admin, "same end", null, Scope.READ).info().expiresAt()).isEqualTo(end);
    Instant sooner = end.minusSeconds(60);
    assertThat(create(admin, "sooner", sooner, Scope.ADMIN).info().expiresAt()).isEqualTo(sooner);
  }

  @Test
  void letsATokenFromALoginMakeTokensThatEndWithIt() {
    TokenGrant grant = house.auth().issueToken("owner", PASSWORD, HERE);
    Authentication admin = house.auth().bearer(grant.token()).orElseThrow();
    assertThat(create(admin, "x", null, Scope.ADMIN).info().expiresAt())
        .isEqualTo(grant.expiresAt());
  }

  @Test
  void makesNothingForWhoWasLoggedOutMeanwhile() {
    CreatedToken admin = create(person, "admin", null, Scope.ADMIN);
    Authentication bearer = bearer(admin);
    house.accounts().revokeToken(person, admin.info().id(), HERE);
    assertThat(error(() -> create(bearer, "x", null, Scope.READ)).code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    house.auth().endSession(person.principal().credential(), HERE);
    assertThat(error(() -> create(person, "x", null, Scope.READ)).code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void revokesBothKindsOfTokenAtOnceAndTellsWhoListens() {
    CreatedToken named = create(person, "named", null, Scope.READ);
    TokenGrant login = house.auth().issueToken("owner", PASSWORD, HERE);
    List<TokenInfo> tokens = house.accounts().tokens("owner");
    assertThat(tokens).extracting(TokenInfo::issuedByLogin).containsExactlyInAnyOrder(true, false);
    for (TokenInfo token : tokens) {
      assertThat(house.accounts().revokeToken(person, token.id(), HERE)).isTrue();
      assertThat(house.accounts().revokeToken(person, token.id(), HERE)).isFalse();
    }
    assertThat(house.auth().bearer(named.token())).isEmpty();
    assertThat(house.auth().bearer(login.token())).isEmpty();
    house.restart();
    assertThat(house.auth().bearer(named.token())).isEmpty();
    assertThat(house.auth().bearer(login.token())).isEmpty();
    assertThat(house.ended)
        .containsExactlyInAnyOrderElementsOf(tokens.stream().map(TokenInfo::id).toList());
    assertThat(house.events).extracting(Event::type).contains("token.created", "token.revoked");
    assertThat(house.stores.audit)
        .extracting(AuditEntry::activity)
        .contains("token.created", "token.issued", "token.revoked");
  }

  @Test
  void revokesWhatATokenMadeWithIt() {
    CreatedToken leaked = create(person, "leaked", null, Scope.ADMIN);
    CreatedToken child = create(bearer(leaked), "child", null, Scope.ADMIN);
    CreatedToken grandchild = create(bearer(child), "grandchild", null, Scope.READ);
    CreatedToken mine = create(person, "mine", null, Scope.READ);
    TokenGrant login = house.auth().issueToken("owner", PASSWORD, HERE);
    Authentication bearer = house.auth().bearer(login.token()).orElseThrow();
    CreatedToken ofLogin = create(bearer, "of the login", null, Scope.ADMIN);
    house.restart();

    assertThat(house.accounts().revokeToken(person, leaked.info().id(), HERE)).isTrue();

    for (CreatedToken made : List.of(leaked, child, grandchild)) {
      assertThat(house.auth().bearer(made.token())).isEmpty();
    }
    assertThat(house.auth().bearer(mine.token())).isPresent();
    assertThat(house.auth().bearer(ofLogin.token())).isPresent();
    assertThat(house.ended)
        .containsExactly(leaked.info().id(), child.info().id(), grandchild.info().id());

    assertThat(house.accounts().revokeToken(person, bearer.principal().credential(), HERE))
        .isTrue();
    assertThat(house.auth().bearer(ofLogin.token())).isEmpty();
  }

  @Test
  void recordsWithWhichCredentialATokenWasMadeAndRevoked() {
    CreatedToken admin = create(person, "admin", null, Scope.ADMIN);
    CreatedToken child = create(bearer(admin), "child", null, Scope.READ);
    house.accounts().revokeToken(person, admin.info().id(), HERE);

    List<AuditEntry> entries =
        house.stores.audit.stream().filter(e -> e.activity().startsWith("token.")).toList();
    assertThat(entries)
        .extracting(AuditEntry::subject)
        .containsExactly(admin.info().id(), child.info().id(), admin.info().id());
    String session = "\"credential\":\"" + person.principal().credential() + "\"";
    assertThat(entries.get(0).detail()).contains(session);
    assertThat(entries.get(1).detail())
        .contains("\"credential\":\"" + admin.info().id() + "\"", "\"by\":\"token\"");
    assertThat(entries.get(2).detail())
        .contains(session, "\"descendants\":[\"" + child.info().id() + "\"]");
  }

  @Test
  void revokesNoTokenOfAnotherAccount() {
    Authentication other =
        new Authentication(
            new Principal("other", PrincipalKind.PERSON, "s"), Set.of(), Audience.API, null, null);
    CreatedToken created = create(person, "named", null, Scope.READ);
    assertThat(house.accounts().revokeToken(other, created.info().id(), HERE)).isFalse();
    assertThat(house.auth().bearer(created.token())).isPresent();
  }

  @Test
  void acceptsNoTokenOfTheOtherKindsForm() {
    TokenGrant grant = house.auth().issueToken("owner", PASSWORD, HERE);
    assertThat(house.auth().bearer(Secret.of("jarvis_" + grant.token().reveal()))).isEmpty();
    assertThat(house.auth().bearer(Secret.of("x".repeat(100_000)))).isEmpty();
    assertThat(house.auth().bearer(Secret.of("jarvis_"))).isEmpty();
    assertThat(house.auth().bearer(Secret.of(""))).isEmpty();
  }

  @Test
  void notesTheLastUseEveryFiveMinutesAtMost() {
    CreatedToken created = create(person, "busy", null, Scope.READ);
    for (int i = 0; i < 10; i++) {
      house.auth().bearer(created.token());
    }
    assertThat(house.stores.touches).isEqualTo(1);
    house.clock.advance(Duration.ofMinutes(6));
    house.auth().bearer(created.token());
    assertThat(house.stores.touches).isEqualTo(2);
    assertThat(house.accounts().tokens("owner").get(0).lastUsedAt())
        .isEqualTo(house.clock.instant());
  }

  @Test
  void acceptsTokensOnAFullDiskWithoutTryingToWriteEachTime() {
    CreatedToken created = create(person, "busy", null, Scope.READ);
    house.stores.readOnly = true;
    for (int i = 0; i < 10; i++) {
      assertThat(house.auth().bearer(created.token())).isPresent();
    }
    assertThat(house.stores.touches).isEqualTo(1);
    assertThat(error(() -> create(person, "x", null, Scope.READ)).code())
        .isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
  }

  @Test
  void listsAndEndsSessions() {
    house.clock.advance(Duration.ofSeconds(1));
    SessionGrant other = house.auth().openSession("owner", PASSWORD, null, "192.0.2.7");
    assertThat(house.accounts().sessions("owner"))
        .extracting(SessionInfo::address)
        .containsExactly("192.0.2.7", HERE);
    String id = house.person(other).principal().credential();
    assertThat(house.accounts().endSession("nobody", id, HERE)).isFalse();
    assertThat(house.accounts().endSession("owner", id, HERE)).isTrue();
    assertThat(house.accounts().endSession("owner", id, HERE)).isFalse();
    assertThat(house.auth().session(other.cookie())).isEmpty();
    assertThat(house.auth().session(session.cookie())).isPresent();
    assertThat(house.ended).containsExactly(id);
  }

  @Test
  void changesThePasswordAndEndsEverythingButThisSession() {
    SessionGrant other = house.open();
    String otherId = house.person(other).principal().credential();
    CreatedToken named = create(person, "named", null, Scope.READ);
    TokenGrant login = house.auth().issueToken("owner", PASSWORD, HERE);
    List<String> tokens = house.accounts().tokens("owner").stream().map(TokenInfo::id).toList();

    house.accounts().changePassword(person, PASSWORD, NEXT, HERE);

    assertThat(house.auth().session(session.cookie())).isPresent();
    assertThat(house.auth().session(other.cookie())).isEmpty();
    assertThat(house.auth().bearer(named.token())).isEmpty();
    assertThat(house.auth().bearer(login.token())).isEmpty();
    assertThat(house.stores.browsers).isEmpty();
    assertThat(house.ended).contains(otherId).containsAll(tokens).hasSize(3);
    assertThat(error(() -> house.open()).code()).isEqualTo(ErrorCode.LOGIN_FAILED);
    assertThat(house.auth().openSession("owner", NEXT, null, HERE)).isNotNull();
    assertThat(house.events).extracting(Event::type).contains("password.changed");
    assertThat(house.stores.audit).extracting(AuditEntry::activity).contains("password.changed");
  }

  @Test
  void changesNoPasswordForATokenWhateverItCovers() {
    Authentication admin = bearer(create(person, "admin", null, Scope.ADMIN));
    assertThat(error(() -> house.accounts().changePassword(admin, PASSWORD, NEXT, HERE)).code())
        .isEqualTo(ErrorCode.PERSON_REQUIRED);
  }

  @Test
  void changesNoPasswordWithoutThePresentOneAndSlowsGuessing() {
    for (int i = 0; i < 5; i++) {
      assertThat(error(() -> house.accounts().changePassword(person, WRONG, NEXT, HERE)).code())
          .isEqualTo(ErrorCode.LOGIN_FAILED);
    }
    assertThat(error(() -> house.accounts().changePassword(person, PASSWORD, NEXT, HERE)).code())
        .isEqualTo(ErrorCode.THROTTLED);
    house.restart();
    assertThat(error(() -> house.accounts().changePassword(person, PASSWORD, NEXT, HERE)).code())
        .isEqualTo(ErrorCode.THROTTLED);
    assertThat(house.stores.audit).extracting(AuditEntry::activity).contains("password.refused");
    house.clock.advance(Duration.ofSeconds(1));
    house.accounts().changePassword(person, PASSWORD, NEXT, HERE);
  }

  @Test
  void letsAPersonProveOnceMoreWhoTheyAreAndSlowsGuessing() {
    house.accounts().confirmPassword(person, PASSWORD, HERE);
    for (int i = 0; i < 5; i++) {
      assertThat(error(() -> house.accounts().confirmPassword(person, WRONG, HERE)).code())
          .isEqualTo(ErrorCode.LOGIN_FAILED);
    }
    assertThat(error(() -> house.accounts().confirmPassword(person, PASSWORD, HERE)).code())
        .isEqualTo(ErrorCode.THROTTLED);
    assertThat(house.stores.audit).extracting(AuditEntry::activity).contains("password.refused");
  }

  @Test
  void confirmsNothingForATokenOrForASessionThatHasEnded() {
    Authentication admin = bearer(create(person, "admin", null, Scope.ADMIN));
    assertThat(error(() -> house.accounts().confirmPassword(admin, PASSWORD, HERE)).code())
        .isEqualTo(ErrorCode.PERSON_REQUIRED);
    house.auth().endSession(person.principal().credential(), HERE);
    assertThat(error(() -> house.accounts().confirmPassword(person, PASSWORD, HERE)).code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void refusesAWeakOrTheSameNewPassword() {
    JarvisException weak =
        error(() -> house.accounts().changePassword(person, PASSWORD, Secret.of("short"), HERE));
    assertThat(weak.fields()).extracting(FieldError::field).containsExactly("new");
    JarvisException same =
        error(() -> house.accounts().changePassword(person, PASSWORD, PASSWORD, HERE));
    assertThat(same.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(house.auth().session(session.cookie())).isPresent();
  }

  @Test
  void resetsThePasswordAtTheConsoleAndEndsEverything() {
    CreatedToken named = create(person, "named", null, Scope.READ);
    for (int i = 0; i < 20; i++) {
      house.guess(null, "198.51.100." + i);
    }
    Secret password = house.accounts().resetPassword("owner");
    assertThat(password.reveal()).matches("([a-hj-km-np-z2-9]{4}-){4}[a-hj-km-np-z2-9]{4}");
    assertThat(house.auth().session(session.cookie())).isEmpty();
    assertThat(house.auth().bearer(named.token())).isEmpty();
    assertThat(house.ended)
        .containsExactlyInAnyOrder(person.principal().credential(), named.info().id());
    assertThat(house.auth().openSession("owner", password, null, "203.0.113.1")).isNotNull();
    assertThat(house.events).extracting(Event::type).contains("password.reset");
    assertThat(house.stores.audit.get(house.stores.audit.size() - 2).origin()).isEqualTo("console");
    assertThat(error(() -> house.accounts().resetPassword("nobody")).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void letsNothingInThatWasBegunWithTheOldPassword() {
    // The login reads the account, and the password is changed while its hash is being computed.
    house.stores.onAccountRead =
        () -> {
          house.stores.onAccountRead = () -> {};
          house.accounts().resetPassword("owner");
        };
    assertThat(error(house::open).code()).isEqualTo(ErrorCode.LOGIN_FAILED);
    assertThat(house.accounts().sessions("owner")).isEmpty();
  }

  @Test
  void coversEverythingWithASession() {
    assertThat(person.scopes()).isEqualTo(EnumSet.allOf(Scope.class));
    assertThat(house.accounts().usernames()).containsExactly("owner");
  }

  @Test
  void keepsWhatATokenIsForAndLetsOneForMcpMakeNoOther() {
    CreatedToken created =
        house
            .accounts()
            .createToken(person, "claude", Set.of(Scope.ADMIN), Audience.MCP, null, HERE);
    Authentication claude = house.auth().bearer(created.token()).orElseThrow();
    assertThat(claude.audience()).isEqualTo(Audience.MCP);
    assertThat(house.accounts().tokens("owner"))
        .filteredOn(token -> token.name().equals("claude"))
        .extracting(TokenInfo::audience)
        .containsExactly(Audience.MCP);
    assertThat(error(() -> create(claude, "child", null, Scope.READ)).code())
        .isEqualTo(ErrorCode.INSUFFICIENT_SCOPE);
  }
}
