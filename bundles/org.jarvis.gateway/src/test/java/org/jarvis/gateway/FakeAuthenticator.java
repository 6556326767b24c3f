package org.jarvis.gateway;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/** Knows one person's session and a token of each kind. */
public final class FakeAuthenticator implements Authenticator, Accounts {
  public static final String COOKIE = "good-cookie";
  public static final String CSRF = "good-csrf";
  public static final String TOKEN = "good-token";
  public static final String READ_TOKEN = "read-token";
  public static final String MCP_TOKEN = "mcp-token";
  public static final String NO_SCOPE_TOKEN = "no-scope-token";
  private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

  public static final String ADMIN_TOKEN = "admin-token";
  public static final String BROWSER = "known-browser";
  public static final String MADE_TOKEN = "jarvis_made-token";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  public final List<String> ended = new CopyOnWriteArrayList<>();
  public final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  public final List<TokenInfo> tokens = new CopyOnWriteArrayList<>();
  public final List<SessionInfo> sessions =
      List.of(
          new SessionInfo("session-1", "127.0.0.1", NOW, NOW, LATER),
          new SessionInfo("session-2", "192.0.2.7", NOW, NOW, LATER));
  public volatile Secret browser;
  public volatile Secret password;
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
  public SessionGrant openSession(
      String username, Secret password, Secret browser, String address) {
    if (failure != null) {
      throw failure;
    }
    this.browser = browser;
    if (!password.reveal().equals("right")) {
      throw new JarvisException(ErrorCode.LOGIN_FAILED, "User name or password is wrong.");
    }
    return new SessionGrant(Secret.of(COOKIE), Secret.of(CSRF), LATER, Secret.of(BROWSER));
  }

  @Override
  public TokenGrant issueToken(String username, Secret password, String address) {
    return new TokenGrant(Secret.of(TOKEN), LATER);
  }

  @Override
  public Optional<Authentication> session(Secret cookie) {
    return cookie.reveal().equals(COOKIE) && !ended.contains("session-1")
        ? Optional.of(
            new Authentication(
                new Principal("owner", PrincipalKind.PERSON, "session-1"),
                EnumSet.allOf(Scope.class),
                Audience.API,
                Secret.of(CSRF),
                LATER))
        : Optional.empty();
  }

  @Override
  public Optional<Authentication> bearer(Secret token) {
    return switch (token.reveal()) {
      case TOKEN -> token("token-1", EnumSet.of(Scope.READ, Scope.OPERATE));
      case READ_TOKEN -> token("read-1", EnumSet.of(Scope.READ));
      case NO_SCOPE_TOKEN -> token("none-1", EnumSet.noneOf(Scope.class));
      case ADMIN_TOKEN -> token("admin-1", EnumSet.allOf(Scope.class));
      case MCP_TOKEN -> token("mcp-1", EnumSet.allOf(Scope.class), Audience.MCP);
      default -> Optional.empty();
    };
  }

  private Optional<Authentication> token(String id, Set<Scope> scopes) {
    return token(id, scopes, Audience.API);
  }

  private Optional<Authentication> token(String id, Set<Scope> scopes, Audience audience) {
    return ended.contains(id)
        ? Optional.empty()
        : Optional.of(
            new Authentication(
                new Principal("owner", PrincipalKind.TOKEN, id), scopes, audience, null, LATER));
  }

  @Override
  public void endSession(String credential, String address) {
    end(credential);
  }

  @Override
  public List<String> usernames() {
    return List.of("owner");
  }

  @Override
  public List<SessionInfo> sessions(String username) {
    return sessions.stream().filter(session -> !ended.contains(session.id())).toList();
  }

  @Override
  public boolean endSession(String username, String id, String address) {
    boolean lasts = sessions(username).stream().anyMatch(session -> session.id().equals(id));
    if (lasts) {
      end(id);
    }
    return lasts;
  }

  @Override
  public List<TokenInfo> tokens(String username) {
    return List.copyOf(tokens);
  }

  @Override
  public CreatedToken createToken(
      Authentication by,
      String name,
      Set<Scope> scopes,
      Audience audience,
      Instant expiresAt,
      String address) {
    if (failure != null) {
      throw failure;
    }
    TokenInfo info =
        new TokenInfo(
            "token-" + (tokens.size() + 1), name, false, scopes, audience, NOW, expiresAt, null);
    tokens.add(info);
    return new CreatedToken(info, Secret.of(MADE_TOKEN));
  }

  @Override
  public boolean revokeToken(Authentication by, String id, String address) {
    boolean lasts = tokens.removeIf(token -> token.id().equals(id));
    if (lasts) {
      end(id);
    }
    return lasts;
  }

  @Override
  public void changePassword(Authentication by, Secret current, Secret next, String address) {
    if (!by.principal().isPerson()) {
      throw new JarvisException(ErrorCode.PERSON_REQUIRED, "Only a person can do this.");
    }
    if (!current.reveal().equals("right")) {
      throw new JarvisException(ErrorCode.LOGIN_FAILED, "The current password is wrong.");
    }
    password = next;
  }

  @Override
  public void confirmPassword(Authentication by, Secret password, String address) {
    changePassword(by, password, this.password, address);
  }

  @Override
  public Secret resetPassword(String username) {
    throw new JarvisException(ErrorCode.NOT_FOUND, "Nothing resets a password over HTTP.");
  }

  private void end(String credential) {
    ended.add(credential);
    listeners.forEach(listener -> listener.accept(credential));
  }
}
