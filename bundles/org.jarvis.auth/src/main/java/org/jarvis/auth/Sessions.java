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
import org.jarvis.api.auth.Accounts.SessionInfo;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.StoredSession;
import org.jarvis.api.persistence.AuditEntry;

/**
 * Browser sessions. A cookie holds 256 random bits, of which only the SHA-256 is kept. A session
 * ends after 7 days without use, and after 30 days in any case. Safe from any thread.
 */
final class Sessions {
  private static final Duration IDLE_LIMIT = Duration.ofDays(7);
  private static final Duration ABSOLUTE_LIMIT = Duration.ofDays(30);

  private final AccountStore accounts;
  private final RandomSecrets random;
  private final Clock clock;
  private final LastUse lastUse;

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
    this.lastUse = new LastUse(accounts::touchSession);
  }

  /** Opens a session, recorded with this audit entry. */
  Opened open(String username, String address, AuditEntry audit) {
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
    return new Opened(cookie, csrf, session.expiresAt());
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
                    Audience.API,
                    Secret.of(session.csrfToken()),
                    session.expiresAt()));
  }

  /** Ends a session; false when there was none. */
  boolean end(String id, AuditEntry audit) {
    boolean ended = accounts.removeSession(id, audit);
    used.remove(id);
    return ended;
  }

  /** The sessions of an account that last, newest first. */
  List<SessionInfo> of(String username) {
    Instant now = clock.instant();
    return accounts.sessions(username, now).stream()
        .filter(session -> now.isBefore(end(session)))
        .map(
            session ->
                new SessionInfo(
                    session.id(),
                    session.address(),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.expiresAt()))
        .toList();
  }

  /** A session was removed from the store. */
  void forget(String id) {
    used.remove(id);
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
    Instant noted = lastUse.note(session.id(), session.lastUsedAt(), now);
    Instant lastUsed = noted == null ? session.lastUsedAt() : noted;
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
   * A session that was opened just now.
   *
   * @param cookie the value of its cookie
   * @param csrfToken what its writes must send along
   * @param expiresAt when it ends at the latest
   */
  record Opened(Secret cookie, Secret csrfToken, Instant expiresAt) {}

  /**
   * A session that has run out.
   *
   * @param id its id
   * @param username whose it was
   */
  record Ended(String id, String username) {}
}
