package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.ConversationStore.StoredConversation;
import org.jarvis.api.persistence.ConversationStore.StoredMessage;
import org.jarvis.api.persistence.ConversationStore.StoredUsage;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.api.persistence.StoredAction;
import org.jarvis.api.persistence.TokenStore.StoredToken;

/**
 * A program that writes without end from four threads, and prints a line for each write that was
 * acknowledged, in the form {@code kind thread step number}. It is there to be killed.
 */
final class AcknowledgingWriter {
  static final int THREADS = 4;
  static final String READY = "ready";
  static final String ACCOUNT = "ada";
  static final String PASSWORD_CHANGED = "password.changed";
  static final String TOKEN_REVOKED = "token.revoked";
  static final int PREFERENCES = 5;

  /** Its tokens are revoked one by one only, because nobody changes its password. */
  private static final String OWNER = "tokens' owner";

  static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  private final SqliteStores stores;
  private final String round;
  private final int thread;

  private AcknowledgingWriter(SqliteStores stores, String round, int thread) {
    this.stores = stores;
    this.round = round;
    this.thread = thread;
  }

  public static void main(String[] arguments) {
    SqliteStores stores = SqliteStores.in(Path.of(arguments[0]));
    stores.accounts().addFirst(new Account(ACCOUNT, "at first", AT), AuditEntries.numbered(0));
    System.out.println(READY);
    for (int thread = 0; thread < THREADS; thread++) {
      new Thread(new AcknowledgingWriter(stores, arguments[1], thread)::writeWithoutEnd).start();
    }
  }

  private void writeWithoutEnd() {
    for (int step = 1; ; step++) {
      String text = text(round, thread, step);
      long last = stores.events().append(List.of(event(text + "/1"), event(text + "/2")));
      say("event", step, last);
      AuditRecord record = stores.audit().append(AuditEntries.numbered(step));
      say("audit", step, record.seq());
      stores.settings().put(round + "." + thread, Integer.toString(step));
      say("setting", step, step);
      StoredAction action = new StoredAction(round + "." + thread, step, "RUNNING", null, AT, text);
      Optional<Long> seq =
          stores
              .actions()
              .record(action, step - 1L, AuditEntries.numbered(step), event(text + "/action"));
      say("action", step, seq.orElseThrow());
      int key = step % PREFERENCES;
      stores.preferences().put(round + "." + thread, "key" + key, text, AT, PREFERENCES);
      say("preference", step, key);
      stores.tokens().add(token(text), change("token.made", text));
      say("token", step, step);
      ConversationStore conversations = stores.conversations();
      conversations.put(conversation(step), List.of(new StoredMessage(step - 1, text, text)));
      say("message", step, step);
      conversations.note(new StoredUsage(AT, text, "claude", "a model", 1, 2, 3, "USD"));
      say("usage", step, step);
      if (step > 1) {
        String earlier = text(round, thread, step - 1);
        stores.tokens().remove(OWNER, earlier, ids -> change(TOKEN_REVOKED, earlier));
        say("revoked", step - 1, step);
      }
      stores.accounts().changePassword(ACCOUNT, text, null, change(PASSWORD_CHANGED, text));
      say("password", step, step);
    }
  }

  private StoredConversation conversation(int messages) {
    return new StoredConversation(
        round + "." + thread, ACCOUNT, "On and on", "RUNNING", AT, AT, messages, "{}");
  }

  static String text(String round, int thread, int step) {
    return round + "/" + thread + "/" + step;
  }

  private static NewEvent event(String summary) {
    return new NewEvent(AT, "test.written", null, summary, "{}");
  }

  private static StoredToken token(String text) {
    return new StoredToken(
        text, text, false, text, OWNER, Set.of(Scope.READ), Audience.API, AT, null, null, null);
  }

  private static AuditEntry change(String activity, String subject) {
    return new AuditEntry(AT, ACCOUNT, "test", activity, subject, "{}");
  }

  private void say(String kind, int step, long number) {
    // One call, so that the lines of the threads do not mix.
    System.out.println(kind + " " + thread + " " + step + " " + number);
  }
}
