package org.jarvis.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.ConversationStore;
import org.jspecify.annotations.Nullable;

/** Conversations in memory, that outlive a keeper as a disk would. */
final class MemoryConversations implements ConversationStore {
  final List<StoredUsage> used = new ArrayList<>();

  /** The states in which conversations were written down, in order. */
  final List<String> states = new ArrayList<>();

  private final Map<String, StoredConversation> heads = new LinkedHashMap<>();
  private final Map<String, Map<Integer, StoredMessage>> messages = new LinkedHashMap<>();

  /** Conversations that cannot be read. */
  final Set<String> unreadable = new HashSet<>();

  private @Nullable RuntimeException broken;

  void breakDown() {
    breakDown(new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is full."));
  }

  void breakDown(RuntimeException failure) {
    broken = failure;
  }

  void mend() {
    broken = null;
  }

  private void check() {
    if (broken != null) {
      throw broken;
    }
  }

  @Override
  public synchronized void put(StoredConversation conversation, List<StoredMessage> changed) {
    check();
    states.add(conversation.state());
    heads.put(conversation.id(), conversation);
    Map<Integer, StoredMessage> own =
        messages.computeIfAbsent(conversation.id(), id -> new TreeMap<>());
    changed.forEach(message -> own.put(message.number(), message));
  }

  @Override
  public synchronized List<StoredConversation> of(String owner, int limit) {
    return heads.values().stream()
        .filter(head -> head.owner().equals(owner))
        .sorted(Comparator.comparing(StoredConversation::changedAt).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<StoredConversation> containing(String owner, String text, int limit) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return of(owner, limit).stream()
        .filter(
            head ->
                head.title().toLowerCase(Locale.ROOT).contains(wanted)
                    || messages(head.id()).stream()
                        .anyMatch(one -> one.words().toLowerCase(Locale.ROOT).contains(wanted)))
        .toList();
  }

  @Override
  public synchronized List<StoredConversation> inState(String state) {
    return heads.values().stream().filter(head -> head.state().equals(state)).toList();
  }

  @Override
  public synchronized Optional<StoredConversation> find(String id) {
    return Optional.ofNullable(heads.get(id));
  }

  @Override
  public synchronized List<StoredMessage> messages(String id) {
    if (unreadable.contains(id)) {
      throw new IllegalStateException("This is no message.");
    }
    return List.copyOf(messages.getOrDefault(id, Map.of()).values());
  }

  @Override
  public synchronized void delete(String id) {
    heads.remove(id);
    messages.remove(id);
  }

  @Override
  public synchronized void note(StoredUsage usage) {
    check();
    used.add(usage);
  }

  @Override
  public synchronized List<StoredUsage> usageSince(Instant from) {
    check();
    return used.stream().filter(one -> !one.at().isBefore(from)).toList();
  }
}
