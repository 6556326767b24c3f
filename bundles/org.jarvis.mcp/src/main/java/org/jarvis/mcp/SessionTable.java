package org.jarvis.mcp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * The open sessions: bounded in number and idle time, each found only with the token that opened
 * it. Safe from any thread.
 */
final class SessionTable {
  /** How many sessions there may be. */
  static final int OF_ALL = 512;

  /** How many of them one token may have. */
  static final int OF_ONE = 128;

  /** After how long without any request, and without listening, a session ends. */
  static final Duration IDLE_LIMIT = Duration.ofMinutes(30);

  private static final int REMEMBERED = 1000;
  private static final Duration COME_AGAIN = Duration.ofSeconds(30);

  private final Clock clock;
  private final Map<String, ClientSession> sessions = new HashMap<>();

  /** Tokens that have ended: a request that passed the guard just before opens nothing any more. */
  private final Set<String> ended = new LinkedHashSet<>();

  SessionTable(Clock clock) {
    this.clock = clock;
  }

  /**
   * Adds a session. Where its token has too many, the one that was silent longest makes room, so
   * that a client that forgets to end its sessions never locks itself out.
   *
   * @throws JarvisException with {@code THROTTLED}, or {@code UNAUTHENTICATED} where its token has
   *     ended
   */
  void add(ClientSession session) {
    Optional<ClientSession> given;
    synchronized (this) {
      if (ended.contains(session.client().credential())) {
        throw new JarvisException(ErrorCode.UNAUTHENTICATED, "This token has ended.");
      }
      List<ClientSession> own = of(session.client().credential());
      given =
          own.size() >= OF_ONE || sessions.size() >= OF_ALL
              ? own.stream().max(Comparator.comparingLong(ClientSession::idleNanos))
              : Optional.empty();
      if (given.isEmpty() && sessions.size() >= OF_ALL) {
        throw JarvisException.retryAfter(
            ErrorCode.THROTTLED, "Too many MCP sessions are open. Try again later.", COME_AGAIN);
      }
      given.ifPresent(old -> sessions.remove(old.id()));
      sessions.put(session.id(), session);
    }
    given.ifPresent(ClientSession::close);
  }

  /** The session of this id, if it is this client's; used now. */
  synchronized Optional<ClientSession> find(String id, Client client) {
    Optional<ClientSession> found =
        Optional.ofNullable(sessions.get(id))
            .filter(session -> session.client().credential().equals(client.credential()))
            .filter(session -> !session.expiredAt(clock.instant()));
    found.ifPresent(ClientSession::touch);
    return found;
  }

  /** All that are open. */
  synchronized List<ClientSession> all() {
    return List.copyOf(sessions.values());
  }

  /** Ends a session. */
  void end(ClientSession session) {
    endWhere(session::equals);
  }

  /** Ends all sessions of a token, which has ended itself. */
  void endOf(String credential) {
    synchronized (this) {
      ended.add(credential);
      if (ended.size() > REMEMBERED) {
        ended.remove(ended.iterator().next());
      }
    }
    endWhere(session -> session.client().credential().equals(credential));
  }

  /** Ends what has run out. */
  void sweep() {
    Instant now = clock.instant();
    endWhere(session -> session.idleNanos() > IDLE_LIMIT.toNanos() || session.expiredAt(now));
  }

  /** Ends all. */
  void close() {
    endWhere(session -> true);
  }

  private void endWhere(Predicate<ClientSession> which) {
    List<ClientSession> gone = new ArrayList<>();
    synchronized (this) {
      sessions.values().stream().filter(which).forEach(gone::add);
      gone.forEach(session -> sessions.remove(session.id()));
    }
    // Outside the lock: closing a stream may have to wait for its server.
    gone.forEach(ClientSession::close);
  }

  private List<ClientSession> of(String credential) {
    return sessions.values().stream()
        .filter(session -> session.client().credential().equals(credential))
        .toList();
  }
}
