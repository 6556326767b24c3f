package org.jarvis.auth;

import java.time.Clock;
import java.util.function.Supplier;
import org.jarvis.api.auth.SessionListener;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event.AccountActivity;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the audit log, the event stream and the listeners what happens to accounts. */
final class AccountRecord {
  private static final Logger LOG = LoggerFactory.getLogger(AccountRecord.class);

  private final AuditLog audit;
  private final Supplier<@Nullable EventStream> events;
  private final Supplier<? extends Iterable<SessionListener>> listeners;
  private final Clock clock;

  AccountRecord(
      AuditLog audit,
      Supplier<@Nullable EventStream> events,
      Supplier<? extends Iterable<SessionListener>> listeners,
      Clock clock) {
    this.audit = audit;
    this.events = events;
    this.listeners = listeners;
    this.clock = clock;
  }

  /** An entry for the audit log. */
  AuditEntry entry(String actor, String address, String activity, String subject) {
    return entry(actor, address, activity, subject, "{}");
  }

  /** An entry for the audit log, with further facts as a JSON object. */
  AuditEntry entry(String actor, String address, String activity, String subject, String detail) {
    return new AuditEntry(clock.instant(), actor, "http " + address, activity, subject, detail);
  }

  /** An entry about what somebody does at the console. */
  AuditEntry consoleEntry(String activity, String subject) {
    return new AuditEntry(clock.instant(), "console", "console", activity, subject, "{}");
  }

  /** Appends an entry about something that was refused, which stays refused without it. */
  void tryAppend(AuditEntry entry) {
    try {
      audit.append(entry);
    } catch (JarvisException unavailable) {
      LOG.warn("{} could not be recorded: {}", entry.activity(), unavailable.getMessage());
    }
  }

  /** Publishes what happened, which is in the audit log already, to whoever watches. */
  void tell(AccountActivity.Kind kind, String username, String address) {
    EventStream stream = events.get();
    if (stream == null) {
      return;
    }
    try {
      stream.publish(new AccountActivity(kind, username, address));
    } catch (JarvisException unavailable) {
      LOG.warn("An account's activity could not be published: {}", unavailable.getMessage());
    }
  }

  /** Tells every listener that the session or token with this id has ended. */
  void sessionEnded(String credential) {
    for (SessionListener listener : listeners.get()) {
      try {
        listener.sessionEnded(credential);
      } catch (RuntimeException failure) {
        LOG.warn(
            "{} failed when told that a session or token ended.",
            listener.getClass().getName(),
            failure);
      }
    }
  }
}
