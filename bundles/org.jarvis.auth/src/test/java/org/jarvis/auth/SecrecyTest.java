package org.jarvis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.auth.OwnedHouse.HERE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jarvis.api.auth.Accounts.CreatedToken;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator.SessionGrant;
import org.jarvis.api.auth.Authenticator.TokenGrant;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.Test;

/** Plants secrets everywhere and looks for them in everything that is told or printed. */
class SecrecyTest {
  private static final Secret PASSWORD = Secret.of("canary-password-7f3a91");
  private static final Secret TYPED_AS_NAME = Secret.of("canary-typed-as-name");
  private static final Secret GUESS = Secret.of("canary-guess-1f0c2b44");
  private static final Secret NEXT = Secret.of("canary-next-password-55");

  private final OwnedHouse house = new OwnedHouse();
  private final List<String> told = new ArrayList<>();

  private void failing(Runnable call) {
    try {
      call.run();
      throw new AssertionError("This had to fail.");
    } catch (JarvisException refusal) {
      told.add(refusal.toString());
      told.add(refusal.fields().toString());
    }
  }

  @Test
  void tellsNoSecretInPrintsErrorsAuditOrEvents() {
    List<Secret> secrets = new ArrayList<>(List.of(PASSWORD, TYPED_AS_NAME, GUESS, NEXT));
    Secret setupToken = house.auth().setupToken().orElseThrow();
    secrets.add(setupToken);
    failing(() -> house.auth().setUp(GUESS, "owner", PASSWORD, HERE));
    failing(() -> house.auth().setUp(setupToken, "/" + PASSWORD.reveal(), PASSWORD, HERE));
    house.auth().setUp(setupToken, "owner", PASSWORD, HERE);
    failing(() -> house.auth().setUp(setupToken, "owner", PASSWORD, HERE));
    failing(() -> house.auth().openSession("owner", GUESS, GUESS, HERE));
    failing(() -> house.auth().openSession(TYPED_AS_NAME.reveal(), GUESS, GUESS, HERE));
    SessionGrant session = house.auth().openSession("owner", PASSWORD, null, HERE);
    secrets.addAll(List.of(session.cookie(), session.csrfToken(), session.browser()));
    TokenGrant login = house.auth().issueToken("owner", PASSWORD, HERE);
    secrets.add(login.token());
    Authentication person = house.person(session);
    CreatedToken named =
        house
            .accounts()
            .createToken(person, "script", Set.of(Scope.READ), Audience.API, null, HERE);
    secrets.add(named.token());
    house.auth().bearer(named.token());
    failing(
        () ->
            house
                .accounts()
                .createToken(person, "script", Set.of(Scope.READ), Audience.API, null, HERE));
    failing(() -> house.accounts().changePassword(person, GUESS, NEXT, HERE));
    assertThat(house.stores.attempts).isNotEmpty();
    told.add(house.stores.attempts.toString());
    told.add(house.stores.accounts.toString());
    told.add(house.stores.sessions.toString());
    told.add(house.stores.tokens.toString());
    told.add(house.stores.browsers.toString());
    secrets.add(Secret.of(house.stores.accounts.get("owner").passwordHash()));
    house.stores.tokens.values().forEach(token -> secrets.add(Secret.of(token.hash())));
    house.stores.sessions.values().forEach(one -> secrets.add(Secret.of(one.cookieHash())));
    house.accounts().changePassword(person, PASSWORD, NEXT, HERE);
    Secret reset = house.accounts().resetPassword("owner");
    secrets.add(reset);
    secrets.add(Secret.of(house.stores.settings.get("auth.token-key")));
    told.addAll(
        List.of(
            session.toString(),
            login.toString(),
            named.toString(),
            person.toString(),
            reset.toString(),
            house.accounts().sessions("owner").toString(),
            house.accounts().tokens("owner").toString(),
            house.auth().toString(),
            house.accounts().toString(),
            house.stores.audit.toString(),
            house.events.toString()));
    house.events.forEach(event -> told.add(event.summary()));

    assertThat(house.stores.audit).hasSizeGreaterThan(8);
    assertThat(house.events).hasSizeGreaterThan(5);
    for (Secret secret : secrets) {
      assertThat(told).noneMatch(text -> text.contains(secret.reveal()));
    }
  }
}
