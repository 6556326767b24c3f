package org.jarvis.lab.pve;

import java.util.Optional;

/**
 * Who calls which member, and how to ask for a privilege that depends on what the call turns out to
 * touch.
 */
record Caller(ApiToken token, Optional<String> member) {

  Caller(ApiToken token) {
    this(token, Optional.empty());
  }

  boolean may(String privilege, String path) {
    return token.role().has(privilege, path);
  }

  void mustHave(String privilege, String path) throws PveError {
    if (!may(privilege, path)) {
      throw PveError.forbidden(path, privilege);
    }
  }

  /** Whether a task was made by this very token. */
  boolean owns(String user, String tokenId) {
    return token.user().equals(user) && token.name().equals(tokenId);
  }
}
