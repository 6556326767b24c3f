package org.jarvis.core.terminal;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/** Accounts with one password, whose sessions last until a test ends them. */
final class FakeAccounts implements Accounts {
  static final Secret RIGHT = Secret.of("right");
  final List<String> lasting = new CopyOnWriteArrayList<>(List.of("session-1", "session-2"));
  int asked;

  @Override
  public void confirmPassword(Authentication by, Secret password, String address) {
    asked++;
    if (!password.matches(RIGHT)) {
      throw new JarvisException(
          asked > 3 ? ErrorCode.THROTTLED : ErrorCode.LOGIN_FAILED, "The password is wrong.");
    }
  }

  @Override
  public List<SessionInfo> sessions(String username) {
    return lasting.stream()
        .map(id -> new SessionInfo(id, "::1", Instant.EPOCH, Instant.EPOCH, Instant.MAX))
        .toList();
  }

  @Override
  public List<String> usernames() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean endSession(String username, String id, String address) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<TokenInfo> tokens(String username) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CreatedToken createToken(
      Authentication by,
      String name,
      Set<Scope> scopes,
      Audience audience,
      @Nullable Instant expiresAt,
      String address) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean revokeToken(Authentication by, String id, String address) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void changePassword(Authentication by, Secret current, Secret next, String address) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Secret resetPassword(String username) {
    throw new UnsupportedOperationException();
  }
}
