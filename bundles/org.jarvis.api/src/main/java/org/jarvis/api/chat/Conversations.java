package org.jarvis.api.chat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.llm.ProviderDefinition;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All conversations. The chat bundle provides the one service; it goes when that bundle goes. An
 * account sees its own conversations alone: those of others are as if they were not there.
 *
 * <p>Once a method that changes something returns, {@code kill -9} does not lose it. Failures are
 * {@link org.jarvis.api.error.JarvisException}s: {@code NOT_FOUND}, {@code INVALID_INPUT}, {@code
 * CONFLICT} where a conversation is busy or there are too many, {@code STORAGE_UNAVAILABLE}. Safe
 * from any thread.
 */
@ProviderType
public interface Conversations {
  /** How many conversations an account can have. */
  int MOST = 500;

  /** How many messages a conversation can have. */
  int MOST_MESSAGES = 2_000;

  /**
   * The conversations of an account, those that changed last first.
   *
   * @param containing words that title or messages contain, in any case; empty for all
   */
  List<Conversation.Summary> list(Principal principal, String containing, int limit);

  /** One conversation. */
  Optional<Conversation> find(String id, Principal principal);

  /** Begins one, in which nothing was said yet. */
  Conversation create(Principal principal);

  /**
   * Says something in it, and returns once that is recorded; the answer comes by itself. While an
   * action waits for a person, what is said goes before it: the action goes on waiting, and the
   * model hears of it.
   *
   * @return the conversation, in state {@link Conversation.State#RUNNING}
   */
  Conversation say(String id, Utterance utterance, Principal principal);

  /**
   * Ends what goes on in it: nothing more is generated or begun. What was begun already goes on;
   * what waits for a person is cancelled.
   */
  Conversation stop(String id, Principal principal);

  /** Names it. */
  Conversation rename(String id, String title, Principal principal);

  /** Ends what goes on in it, and forgets it. The actions and their records stay. */
  void delete(String id, Principal principal);

  /** Waits until nothing goes on in it or a person is awaited, at most this long; then as it is. */
  Conversation await(String id, Principal principal, Duration patience) throws InterruptedException;

  /** Tells of each change, pieces of an answer included, until it is closed. */
  Watch watch(String id, Principal principal, Watcher watcher);

  /** Who would be asked, in this order. Never empty while a provider is there. */
  List<ProviderDefinition> providers();

  /**
   * Looks on. Each change is told by one of the two, which must return at once, and are called on
   * any thread. What they throw harms nobody else.
   */
  @ConsumerType
  interface Watcher {
    /** Something changed, and no more is said: {@link #find} tells what. */
    void changed();

    /** Words came, as they do many times a second while Jarvis answers. */
    void grew(Growth growth);
  }

  /** An open watch. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
