package org.jarvis.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.persistence.ConversationStore;

/** What asking models used, and nothing else of conversations. */
public final class FakeUsage implements ConversationStore {
  private final List<StoredUsage> all = new ArrayList<>();

  /** So much was used then. */
  public FakeUsage add(
      String at, String provider, long input, long output, long microCost, String currency) {
    all.add(
        new StoredUsage(
            Instant.parse(at), "c", provider, "a model", input, output, microCost, currency));
    return this;
  }

  @Override
  public List<StoredUsage> usageSince(Instant from) {
    return all.stream().filter(use -> !use.at().isBefore(from)).toList();
  }

  @Override
  public void put(StoredConversation conversation, List<StoredMessage> messages) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<StoredConversation> of(String owner, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<StoredConversation> containing(String owner, String text, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<StoredConversation> inState(String state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<StoredConversation> find(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<StoredMessage> messages(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void note(StoredUsage usage) {
    throw new UnsupportedOperationException();
  }
}
