package org.jarvis.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Conversations;
import org.jarvis.api.chat.Growth;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.ConversationStore.StoredMessage;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation that somebody looks at or that goes on: as it is kept, and the words that are
 * coming. Each change is written down before anybody sees it, but for words on their way, which are
 * written down with the answer that they belong to. Safe from any thread.
 */
final class LiveTalk {
  private static final Logger LOG = LoggerFactory.getLogger(LiveTalk.class);

  /** How long an answer may be, in characters; what is beyond that nobody sees. */
  static final int MOST_WORDS = 400_000;

  private final ConversationStore store;
  private final Set<Conversations.Watcher> watchers = new CopyOnWriteArraySet<>();
  private final StringBuilder coming = new StringBuilder();
  private Talk talk;
  private long revision;
  private @Nullable Conversation shown;
  private @Nullable TurnRun running;
  private @Nullable Exchange heard;
  private boolean gone;

  LiveTalk(ConversationStore store, Talk talk) {
    this.store = store;
    this.talk = talk;
  }

  synchronized Talk talk() {
    return talk;
  }

  /** As people see it. */
  synchronized Conversation view() {
    Conversation view = shown;
    if (view == null) {
      List<Message> messages = new ArrayList<>(talk.entries().size());
      talk.entries().forEach(entry -> messages.add(entry.message()));
      if (!coming.isEmpty() && !messages.isEmpty()) {
        Message last = messages.get(messages.size() - 1);
        List<MessagePart> parts = new ArrayList<>(last.parts());
        parts.add(new MessagePart.Words(coming.toString()));
        messages.set(
            messages.size() - 1,
            new Message(last.id(), last.role(), last.at(), parts, last.whole(), last.answerer()));
      }
      view =
          new Conversation(
              talk.id(),
              talk.title(),
              talk.owner(),
              talk.createdAt(),
              talk.changedAt(),
              talk.state(),
              messages,
              revision);
      shown = view;
    }
    return view;
  }

  /** Changes it, durably. What the change throws, and what the storage throws, changes nothing. */
  void change(UnaryOperator<Talk> change) {
    synchronized (this) {
      if (gone) {
        return;
      }
      put(change.apply(talk));
    }
    tell();
  }

  /**
   * Changes it, durably, with what becomes of the words that came; they stay on their way where it
   * cannot be written down.
   */
  void settle(BiFunction<Talk, String, Talk> change) {
    synchronized (this) {
      if (gone) {
        return;
      }
      put(change.apply(talk, coming.toString()));
      takeWords();
    }
    tell();
  }

  private void put(Talk next) {
    store.put(TalkCodec.head(next), changed(talk, next));
    talk = next;
    touched();
  }

  /**
   * Lets a run begin with a change: from the moment in which anybody sees it, the run can be
   * stopped.
   *
   * @return whether it begins; not where the change leaves all as it is, or the conversation is
   *     gone
   */
  boolean begin(TurnRun run, UnaryOperator<Talk> change) {
    synchronized (this) {
      if (gone) {
        return false;
      }
      Talk next = change.apply(talk);
      if (next.equals(talk)) {
        return false;
      }
      put(next);
      running = run;
    }
    tell();
    return true;
  }

  /** A run is over. The next one may have begun already, and stays. */
  synchronized void ended(TurnRun run) {
    if (running == run) {
      running = null;
    }
  }

  /** Changes what people see of a call, which is written down with the next change. */
  void show(UnaryOperator<Talk> change) {
    synchronized (this) {
      talk = change.apply(talk);
      touched();
    }
    tell();
  }

  private static List<StoredMessage> changed(Talk before, Talk after) {
    List<StoredMessage> changed = new ArrayList<>();
    for (int i = 0; i < after.entries().size(); i++) {
      Entry entry = after.entries().get(i);
      // What was shown and not yet written down belongs to the last message.
      if (i >= before.entries().size()
          || !entry.equals(before.entries().get(i))
          || i == after.entries().size() - 1) {
        changed.add(TalkCodec.message(i, entry));
      }
    }
    return changed;
  }

  /**
   * From now on words of this exchange alone are those of the answer that is coming; of no exchange
   * with {@code null}. A new answer begins without words.
   */
  synchronized void hears(@Nullable Exchange next) {
    heard = next;
    if (next != null) {
      takeWords();
    }
  }

  /** Further words of the answer that is coming. Those of an exchange that is over are dropped. */
  void words(Exchange from, String piece) {
    @Nullable Growth growth;
    synchronized (this) {
      if (heard != from) {
        return;
      }
      String words = coming.length() > MOST_WORDS ? "" : InertText.lines(piece);
      if (words.isEmpty()) {
        return;
      }
      boolean grows = !coming.isEmpty();
      coming.append(words);
      revision++;
      shown = null;
      // The first ones are a part that was not there before.
      growth =
          grows ? new Growth(revision, talk.last().id(), talk.last().parts().size(), words) : null;
    }
    if (growth == null) {
      tell();
    } else {
      tell(watcher -> watcher.grew(growth));
    }
  }

  /** Takes the words that came out of the way of what they became. */
  synchronized String takeWords() {
    String words = coming.toString();
    coming.setLength(0);
    shown = null;
    return words;
  }

  private void touched() {
    revision++;
    shown = null;
    notifyAll();
  }

  /** Waits until nothing goes on in it or a person is awaited, at most this long. */
  synchronized void await(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long left = patience.toNanos();
    while (talk.state() == Conversation.State.RUNNING && !gone && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
  }

  private void tell() {
    tell(Conversations.Watcher::changed);
  }

  private void tell(Consumer<Conversations.Watcher> how) {
    for (Conversations.Watcher watcher : watchers) {
      try {
        how.accept(watcher);
      } catch (RuntimeException | LinkageError broken) {
        // It belongs to another bundle, which may have left; the answer goes on without it.
        LOG.debug("Somebody who looks on at a conversation failed.", broken);
      }
    }
  }

  void watch(Conversations.Watcher watcher) {
    watchers.add(watcher);
  }

  void unwatch(Conversations.Watcher watcher) {
    watchers.remove(watcher);
  }

  boolean isWatched() {
    return !watchers.isEmpty();
  }

  synchronized @Nullable TurnRun running() {
    return running;
  }

  /**
   * Deletes it: nothing that still goes on in it is written down any more, and nothing begins.
   *
   * @return what still went on
   */
  synchronized Optional<TurnRun> delete() {
    store.delete(talk.id());
    gone = true;
    touched();
    return Optional.ofNullable(running);
  }

  /** Tells those who look on that it was deleted. */
  void gone() {
    tell();
  }
}
