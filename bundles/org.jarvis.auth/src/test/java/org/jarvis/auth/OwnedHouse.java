package org.jarvis.auth;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Authenticator.SessionGrant;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** A house with one owner: its login, on stores in memory. */
final class OwnedHouse {
  static final String HERE = "127.0.0.1";
  static final Secret PASSWORD = Secret.of("a long enough password");
  static final Secret WRONG = Secret.of("not the right password");

  final MemoryStores stores = new MemoryStores();
  final MovableClock clock = new MovableClock();
  final List<String> ended = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  LocalAuth parts = build();

  private LocalAuth build() {
    AccountRecord record = new AccountRecord(stores, Stream::new, () -> List.of(ended::add), clock);
    return new LocalAuth(stores, stores, stores, stores, record, clock);
  }

  /** Jarvis starts anew on what is stored. */
  void restart() {
    parts = build();
  }

  /** The first account is made. */
  OwnedHouse withOwner() {
    auth().setUp(auth().setupToken().orElseThrow(), "owner", PASSWORD, HERE);
    return this;
  }

  Authenticator auth() {
    return parts.authenticator();
  }

  Accounts accounts() {
    return parts.accounts();
  }

  /** The owner logs in with a browser that is not known. */
  SessionGrant open() {
    return auth().openSession("owner", PASSWORD, null, HERE);
  }

  /** The person of this session. */
  Authentication person(SessionGrant grant) {
    return auth().session(grant.cookie()).orElseThrow();
  }

  /** Somebody guesses; what is answered. */
  @Nullable ErrorCode guess(@Nullable Secret browser, String address) {
    try {
      auth().openSession("owner", WRONG, browser, address);
      return null;
    } catch (JarvisException refusal) {
      return refusal.code();
    }
  }

  private final class Stream implements EventStream {
    @Override
    public RecordedEvent publish(Event event) {
      events.add(event);
      return new RecordedEvent(
          events.size(), clock.instant(), event.type(), null, event.summary(), "{}");
    }

    @Override
    public List<RecordedEvent> publishAll(List<? extends Event> all) {
      return all.stream().map(this::publish).toList();
    }

    @Override
    public List<RecordedEvent> after(long seq, int limit) {
      return List.of();
    }

    @Override
    public long head() {
      return events.size();
    }

    @Override
    public Subscription subscribe(Listener listener) {
      return () -> {};
    }
  }
}
