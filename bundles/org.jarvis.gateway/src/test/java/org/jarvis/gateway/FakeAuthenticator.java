package org.jarvis.gateway;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/** Knows one person's session and three tokens. */
public final class FakeAuthenticator implements Authenticator {
  public static final String COOKIE = "good-cookie";
  public static final String CSRF = "good-csrf";
  public static final String TOKEN = "good-token";
  public static final String READ_TOKEN = "read-token";
  public static final String NO_SCOPE_TOKEN = "no-scope-token";
  private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

  public final List<String> ended = new CopyOnWriteArrayList<>();
  public volatile Secret setupToken;
  public volatile RuntimeException failure;

  @Override
  public boolean setupRequired() {
    return setupToken != null;
  }

  @Override
  public Optional<Secret> setupToken() {
    return Optional.ofNullable(setupToken);
  }

  @Override
  public void setUp(Secret token, String username, Secret password, String address) {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public SessionGrant openSession(String username, Secret password, String address) {
    if (failure != null) {
      throw failure;
    }
    if (!password.reveal().equals("right")) {
      throw new JarvisException(ErrorCode.LOGIN_FAILED, "User name or password is wrong.");
    }
    return new SessionGrant(Secret.of(COOKIE), Secret.of(CSRF), LATER);
  }

  @Override
  public TokenGrant issueToken(String username, Secret password, String address) {
    return new TokenGrant(Secret.of(TOKEN), LATER);
  }

  @Override
  public Optional<Authentication> session(Secret cookie) {
    return cookie.reveal().equals(COOKIE) && ended.isEmpty()
        ? Optional.of(
            new Authentication(
                new Principal("owner", PrincipalKind.PERSON, "session-1"),
                EnumSet.allOf(Scope.class),
                Secret.of(CSRF),
                LATER))
        : Optional.empty();
  }

  @Override
  public Optional<Authentication> bearer(Secret token) {
    return switch (token.reveal()) {
      case TOKEN -> Optional.of(token(EnumSet.of(Scope.READ, Scope.OPERATE)));
      case READ_TOKEN -> Optional.of(token(EnumSet.of(Scope.READ)));
      case NO_SCOPE_TOKEN -> Optional.of(token(EnumSet.noneOf(Scope.class)));
      default -> Optional.empty();
    };
  }

  private static Authentication token(Set<Scope> scopes) {
    return new Authentication(
        new Principal("owner", PrincipalKind.TOKEN, "token-1"), scopes, null, LATER);
  }

  @Override
  public void endSession(String credential, String address) {
    ended.add(credential);
  }
}
