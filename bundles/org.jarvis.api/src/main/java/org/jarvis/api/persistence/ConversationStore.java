package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps conversations, and what asking models used. A conversation goes only when it is deleted.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}, and then nothing
 * was written. Safe from any thread.
 */
@ConsumerType
public interface ConversationStore {
  /** Stores a conversation's head and these of its messages, each replacing the one before. */
  void put(StoredConversation conversation, List<StoredMessage> messages);

  /** The heads of an account's conversations, those that changed last first. */
  List<StoredConversation> of(String owner, int limit);

  /**
   * The same, of those whose title or whose messages' words contain this text, in any case of
   * letters that the storage knows.
   */
  List<StoredConversation> containing(String owner, String text, int limit);

  /** The heads of all conversations in this state, oldest first. */
  List<StoredConversation> inState(String state);

  /** One head. */
  Optional<StoredConversation> find(String id);

  /** All messages of a conversation, in order. */
  List<StoredMessage> messages(String id);

  /** Removes a conversation with all of its messages. */
  void delete(String id);

  /** Notes what one exchange with a provider used. Stays when its conversation goes. */
  void note(StoredUsage usage);

  /** What was used from this moment on, oldest first. */
  List<StoredUsage> usageSince(Instant from);

  /**
   * A conversation's head.
   *
   * @param id its id
   * @param owner the account
   * @param title what it is about
   * @param state its state's word
   * @param createdAt when it began
   * @param changedAt when something was last said in it
   * @param messages how many messages it has
   * @param document the rest of what is to be kept of it, as JSON
   */
  record StoredConversation(
      String id,
      String owner,
      String title,
      String state,
      Instant createdAt,
      Instant changedAt,
      int messages,
      String document) {}

  /**
   * A message.
   *
   * @param number its place in the conversation, from 0
   * @param words what it says, for searching
   * @param document all of it as JSON
   */
  record StoredMessage(int number, String words, String document) {}

  /**
   * What one exchange used.
   *
   * @param at when it ended
   * @param conversation its conversation
   * @param provider the provider's id
   * @param model the model's name
   * @param input tokens of the question, those of a cache included; below zero where not told
   * @param output tokens of the answer; below zero where not told
   * @param microCost what it cost in millionths of the currency; below zero where not known
   * @param currency three letters, empty where the cost is not known
   */
  record StoredUsage(
      Instant at,
      String conversation,
      String provider,
      String model,
      long input,
      long output,
      long microCost,
      String currency) {}
}
