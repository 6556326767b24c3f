package org.jarvis.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator.SessionGrant;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.StoredSession;
import org.jarvis.api.persistence.AuditEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Browser sessions. A cookie holds 256 random bits, of which only the SHA-256 is kept. A session
 * ends after 7 days without use, and after 30 days in any case. Safe from any thread.
 */
final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final Duration IDLE_LIMIT = Duration.ofDays(7);
  private static final Duration ABSOLUTE_LIMIT = Duration.ofDays(30);

  /** How exactly the last use is kept: not every request is worth a write. */
  private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(5);

  private final AccountStore accounts;
  private final RandomSecrets random;
  private final Clock clock;

  /**
   * When the sessions that were used since start end. Only these can have left something open, so
   * only these have to be told of.
   */
  private final Map<String, Ending> used = new ConcurrentHashMap<>();

  private record Ending(String username, Instant at) {}

  Sessions(AccountStore accounts, RandomSecrets random, Clock clock) {
    this.accounts = accounts;
    this.random = random;
    this.clock = clock;
  }

  /** Opens a session, recorded with this audit entry. */
  SessionGrant open(String username, String address, AuditEntry audit) {
    Instant now = clock.instant();
    Secret cookie = random.secret();
    Secret csrf = random.secret();
    StoredSession session =
        new StoredSession(
            random.id(),
            RandomSecrets.sha256(cookie),
            csrf.reveal(),
            username,
            address,
            now,
            now,
            now.plus(ABSOLUTE_LIMIT));
    accounts.addSession(session, audit);
    used.put(session.id(), new Ending(username, end(session)));
    return new SessionGrant(cookie, csrf, session.expiresAt(), random.secret());
  }

  /** Whose session this cookie is, used now; empty when it is none, or has ended. */
  Optional<Authentication> use(Secret cookie) {
    Instant now = clock.instant();
    return accounts
        .session(RandomSecrets.sha256(cookie))
        .filter(session -> now.isBefore(end(session)))
        .map(session -> touched(session, now))
        .map(
            session ->
                new Authentication(
                    new Principal(session.username(), PrincipalKind.PERSON, session.id()),
                    EnumSet.allOf(Scope.class),
                    Secret.of(session.csrfToken()),
                    session.expiresAt()));
  }

  /** Ends a session; false when there was none. */
  boolean end(String id, AuditEntry audit) {
    boolean ended = accounts.removeSession(id, audit);
    used.remove(id);
    return ended;
  }

  /** Whose session this is, as far as it was used since start. */
  Optional<String> username(String id) {
    return Optional.ofNullable(used.get(id)).map(Ending::username);
  }

  /**
   * Removes what has run out, and tells of each session that was used since start.
   *
   * @param audit makes the entry for a session of this account
   */
  void sweep(Function<String, AuditEntry> audit, Consumer<Ended> told) {
    Instant now = clock.instant();
    List<Map.Entry<String, Ending>> over =
        used.entrySet().stream().filter(entry -> !now.isBefore(entry.getValue().at())).toList();
    for (Map.Entry<String, Ending> entry : over) {
      String username = entry.getValue().username();
      accounts.removeSession(entry.getKey(), audit.apply(username));
      used.remove(entry.getKey());
      told.accept(new Ended(entry.getKey(), username));
    }
    accounts.removeSessionsBefore(now);
  }

  private StoredSession touched(StoredSession session, Instant now) {
    Instant lastUsed = session.lastUsedAt();
    if (lastUsed.plus(TOUCH_INTERVAL).isBefore(now)) {
      try {
        accounts.touchSession(session.id(), now);
        lastUsed = now;
      } catch (JarvisException unwritable) {
        // A full disk must not lock people out who come to look at it.
        LOG.warn("The last use of a session cannot be kept: {}", unwritable.getMessage());
      }
    }
    used.put(session.id(), new Ending(session.username(), end(lastUsed, session.expiresAt())));
    return session;
  }

  private static Instant end(StoredSession session) {
    return end(session.lastUsedAt(), session.expiresAt());
  }

  private static Instant end(Instant lastUsed, Instant latest) {
    Instant idle = lastUsed.plus(IDLE_LIMIT);
    return idle.isBefore(latest) ? idle : latest;
  }

  /**
   * A session that has run out.
   *
   * @param id its id
   * @param username whose it was
   */
  record Ended(String id, String username) {}
}
