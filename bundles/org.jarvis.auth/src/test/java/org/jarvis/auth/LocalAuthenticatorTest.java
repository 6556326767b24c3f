package org.jarvis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Authenticator.SessionGrant;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AccountStore.StoredSession;
import org.jarvis.api.persistence.AuditEntry;
import org.junit.jupiter.api.Test;

class LocalAuthenticatorTest {
  private static final String HERE = "127.0.0.1";
  private static final Secret PASSWORD = Secret.of("a long enough password");

  private final MemoryStores stores = new MemoryStores();
  private final MovableClock clock = new MovableClock();
  private final List<String> ended = new ArrayList<>();
  private LocalAuth parts = build();
  private Authenticator auth = parts.authenticator();

  private LocalAuth build() {
    AccountRecord record = new AccountRecord(stores, () -> null, () -> List.of(ended::add), clock);
    return new LocalAuth(stores, stores, stores, stores, record, clock);
  }

  private Authenticator start() {
    parts = build();
    return parts.authenticator();
  }

  private void setUp() {
    auth.setUp(auth.setupToken().orElseThrow(), "owner", PASSWORD, HERE);
  }

  private static JarvisException error(ThrowingCallable call) {
    return catchThrowableOfType(JarvisException.class, call);
  }

  @Test
  void demandsSetupUntilThereIsAnAccount() {
    assertThat(auth.setupRequired()).isTrue();
    setUp();
    assertThat(auth.setupRequired()).isFalse();
    assertThat(auth.setupToken()).isEmpty();
    auth = start();
    assertThat(auth.setupRequired()).isFalse();
    assertThat(auth.setupToken()).isEmpty();
  }

  @Test
  void makesSetupTokensOf256RandomBits() {
    Secret token = auth.setupToken().orElseThrow();
    assertThat(Base64.getUrlDecoder().decode(token.reveal())).hasSize(32);
    assertThat(start().setupToken().orElseThrow().matches(token)).isFalse();
  }

  @Test
  void refusesAWrongSetupToken() {
    JarvisException error = error(() -> auth.setUp(Secret.of("guess"), "owner", PASSWORD, HERE));
    assertThat(error.code()).isEqualTo(ErrorCode.SETUP_TOKEN_INVALID);
    assertThat(stores.accounts).isEmpty();
  }

  @Test
  void throttlesGuessesOfTheSetupToken() {
    for (int i = 0; i < 5; i++) {
      error(() -> auth.setUp(Secret.of("guess"), "owner", PASSWORD, HERE));
    }
    Secret right = auth.setupToken().orElseThrow();
    assertThat(error(() -> auth.setUp(right, "owner", PASSWORD, HERE)).code())
        .isEqualTo(ErrorCode.THROTTLED);
    clock.advance(Duration.ofSeconds(1));
    setUp();
  }

  @Test
  void refusesASecondSetupEvenWithTheUsedToken() {
    Secret token = auth.setupToken().orElseThrow();
    setUp();
    assertThat(error(() -> auth.setUp(token, "other", PASSWORD, HERE)).code())
        .isEqualTo(ErrorCode.SETUP_DONE);
    assertThat(stores.accounts).containsOnlyKeys("owner");
  }

  @Test
  void namesTheFieldOfAWeakPasswordAndKeepsTheToken() {
    Secret token = auth.setupToken().orElseThrow();
    JarvisException error = error(() -> auth.setUp(token, "owner", Secret.of("short"), HERE));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(error.fields()).extracting(FieldError::field).containsExactly("password");
    assertThat(auth.setupToken()).isPresent();
    setUp();
  }

  @Test
  void refusesUserNamesAndPasswordsOutOfBounds() {
    assertThat(error(() -> CredentialRules.check("../x", Secret.of("aaaaaaaaaaaaaaaa"))).fields())
        .extracting(FieldError::field)
        .containsExactly("username", "password");
    assertThat(error(() -> CredentialRules.check("x", Secret.of("ab".repeat(600)))).fields())
        .extracting(FieldError::field)
        .containsExactly("password");
  }

  @Test
  void makesOneAccountWhenTwoSetupsRace() throws Exception {
    Secret token = auth.setupToken().orElseThrow();
    ExecutorService racers = Executors.newFixedThreadPool(20);
    try {
      List<Callable<Boolean>> setups = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String name = "racer" + i;
        String address = "192.0.2." + i;
        setups.add(
            () -> {
              try {
                auth.setUp(token, name, PASSWORD, address);
                return true;
              } catch (JarvisException lost) {
                assertThat(lost.code())
                    .isIn(ErrorCode.SETUP_DONE, ErrorCode.SETUP_TOKEN_INVALID, ErrorCode.THROTTLED);
                return false;
              }
            });
      }
      int winners = 0;
      for (Future<Boolean> setup : racers.invokeAll(setups)) {
        winners += setup.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
      assertThat(stores.accounts).hasSize(1);
    } finally {
      racers.shutdownNow();
    }
  }

  @Test
  void opensASessionThatStandsForThePerson() {
    setUp();
    SessionGrant grant = auth.openSession("owner", PASSWORD, null, HERE);
    Authentication found = auth.session(grant.cookie()).orElseThrow();
    assertThat(found.principal().kind()).isEqualTo(PrincipalKind.PERSON);
    assertThat(found.principal().name()).isEqualTo("owner");
    assertThat(found.csrf()).contains(grant.csrfToken());
    assertThat(grant.csrfToken().matches(grant.cookie())).isFalse();
  }

  @Test
  void keepsOnlyTheHashOfACookie() {
    setUp();
    SessionGrant grant = auth.openSession("owner", PASSWORD, null, HERE);
    StoredSession stored = stores.sessions.values().iterator().next();
    assertThat(stored.cookieHash())
        .isEqualTo(RandomSecrets.sha256(grant.cookie()))
        .doesNotContain(grant.cookie().reveal());
    assertThat(auth.session(Secret.of(stored.cookieHash()))).isEmpty();
  }

  @Test
  void refusesAWrongPasswordAndAnUnknownNameAlike() {
    setUp();
    JarvisException wrong =
        error(() -> auth.openSession("owner", Secret.of("not the password"), null, HERE));
    JarvisException unknown =
        error(() -> auth.openSession("nobody", Secret.of("not the password"), null, HERE));
    assertThat(wrong.code()).isEqualTo(ErrorCode.LOGIN_FAILED);
    assertThat(unknown.code()).isEqualTo(ErrorCode.LOGIN_FAILED);
    assertThat(unknown.getMessage()).isEqualTo(wrong.getMessage());
  }

  @Test
  void writesNoPasswordDownThatWasTypedAsAName() {
    setUp();
    error(() -> auth.openSession("hunter2hunter2", Secret.of("owner"), null, HERE));
    assertThat(stores.audit).extracting(AuditEntry::activity).contains("login.failed");
    assertThat(stores.audit.toString()).doesNotContain("hunter2");
  }

  @Test
  void throttlesAnAccountAcrossAddresses() {
    setUp();
    for (int i = 0; i < 5; i++) {
      String address = "192.0.2." + i;
      error(() -> auth.openSession("owner", Secret.of("guess"), null, address));
    }
    assertThat(error(() -> auth.openSession("owner", PASSWORD, null, "192.0.2.99")).code())
        .isEqualTo(ErrorCode.THROTTLED);
  }

  @Test
  void endsASessionAndTellsTheListeners() {
    setUp();
    SessionGrant grant = auth.openSession("owner", PASSWORD, null, HERE);
    String id = auth.session(grant.cookie()).orElseThrow().principal().credential();
    auth.endSession(id, HERE);
    assertThat(auth.session(grant.cookie())).isEmpty();
    assertThat(ended).containsExactly(id);
    assertThat(stores.audit).extracting(AuditEntry::activity).contains("session.ended");
  }

  @Test
  void endsASessionThatIsNotUsedForSevenDays() {
    setUp();
    SessionGrant grant = auth.openSession("owner", PASSWORD, null, HERE);
    clock.advance(Duration.ofDays(6));
    assertThat(auth.session(grant.cookie())).isPresent();
    clock.advance(Duration.ofDays(6));
    assertThat(auth.session(grant.cookie())).isPresent();
    clock.advance(Duration.ofDays(8));
    assertThat(auth.session(grant.cookie())).isEmpty();
    parts.sweep();
    assertThat(ended).hasSize(1);
    assertThat(stores.sessions).isEmpty();
  }

  @Test
  void endsASessionAfterThirtyDaysHoweverMuchItIsUsed() {
    setUp();
    SessionGrant grant = auth.openSession("owner", PASSWORD, null, HERE);
    for (int day = 0; day < 29; day++) {
      clock.advance(Duration.ofDays(1));
      assertThat(auth.session(grant.cookie())).isPresent();
    }
    clock.advance(Duration.ofDays(1));
    assertThat(auth.session(grant.cookie())).isEmpty();
  }

  @Test
  void goesOnReadingWhenTheDiskIsFull() {
    setUp();
    SessionGrant grant = auth.openSession("owner", PASSWORD, null, HERE);
    stores.readOnly = true;
    clock.advance(Duration.ofHours(1));
    assertThat(auth.session(grant.cookie())).isPresent();
    assertThat(error(() -> auth.openSession("owner", PASSWORD, null, HERE)).code())
        .isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
    assertThat(error(() -> auth.openSession("owner", Secret.of("wrong"), null, HERE)).code())
        .isEqualTo(ErrorCode.LOGIN_FAILED);
  }

  @Test
  void issuesTokensThatSurviveARestartAndStandForNoPerson() {
    setUp();
    Secret token = auth.issueToken("owner", PASSWORD, HERE).token();
    auth = start();
    Authentication found = auth.bearer(token).orElseThrow();
    assertThat(found.principal().kind()).isEqualTo(PrincipalKind.TOKEN);
    assertThat(found.scopes()).containsExactlyInAnyOrder(Scope.values());
    assertThat(found.csrf()).isEmpty();
    assertThat(auth.session(token)).isEmpty();
  }

  @Test
  void endsTokensAfterSevenDays() {
    setUp();
    Secret token = auth.issueToken("owner", PASSWORD, HERE).token();
    clock.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(auth.bearer(token)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(auth.bearer(token)).isEmpty();
  }

  @Test
  void refusesTokensOfAccountsThatAreGone() {
    setUp();
    Secret token = auth.issueToken("owner", PASSWORD, HERE).token();
    stores.accounts.clear();
    assertThat(auth.bearer(token)).isEmpty();
  }

  @Test
  void showsNoSecretInTheAuditLog() {
    Secret setupToken = auth.setupToken().orElseThrow();
    setUp();
    SessionGrant grant = auth.openSession("owner", PASSWORD, null, HERE);
    Secret token = auth.issueToken("owner", PASSWORD, HERE).token();
    assertThat(stores.audit.toString())
        .doesNotContain(
            setupToken.reveal(),
            PASSWORD.reveal(),
            grant.cookie().reveal(),
            grant.csrfToken().reveal(),
            token.reveal());
    assertThat(grant.toString()).doesNotContain(grant.cookie().reveal());
  }
}
