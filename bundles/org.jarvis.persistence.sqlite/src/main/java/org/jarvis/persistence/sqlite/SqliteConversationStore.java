package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.persistence.ConversationStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps conversations in the tables {@code conversation} and {@code message}, until they are
 * deleted, and what asking models used in {@code model_usage}; {@link Retention} removes what was
 * used long ago.
 */
@Component
public final class SqliteConversationStore implements ConversationStore {
  private final Database database;

  @Activate
  public SqliteConversationStore(@Reference Database database) {
    this.database = database;
  }

  @Override
  public void put(StoredConversation conversation, List<StoredMessage> messages) {
    // Folded here, so that the one writer does not wait for it.
    String foldedTitle = FoldedText.of(conversation.title());
    List<String> foldedWords =
        messages.stream().map(message -> FoldedText.of(message.words())).toList();
    database.write(
        statements -> {
          ConversationMapper mapper = statements.getMapper(ConversationMapper.class);
          int rows = mapper.put(conversation, foldedTitle);
          for (int i = 0; i < messages.size(); i++) {
            rows += mapper.putMessage(conversation.id(), messages.get(i), foldedWords.get(i));
          }
          return rows;
        });
  }

  @Override
  public List<StoredConversation> of(String owner, int limit) {
    return database.read(
        statements -> statements.getMapper(ConversationMapper.class).of(owner, Math.max(0, limit)));
  }

  @Override
  public List<StoredConversation> containing(String owner, String text, int limit) {
    return database.read(
        statements ->
            statements
                .getMapper(ConversationMapper.class)
                .containing(owner, FoldedText.of(text), Math.max(0, limit)));
  }

  @Override
  public List<StoredConversation> inState(String state) {
    return database.read(
        statements -> statements.getMapper(ConversationMapper.class).inState(state));
  }

  @Override
  public Optional<StoredConversation> find(String id) {
    return database.read(
        statements -> Optional.ofNullable(statements.getMapper(ConversationMapper.class).find(id)));
  }

  @Override
  public List<StoredMessage> messages(String id) {
    return database.read(statements -> statements.getMapper(ConversationMapper.class).messages(id));
  }

  @Override
  public void delete(String id) {
    database.write(statements -> statements.getMapper(ConversationMapper.class).delete(id));
  }

  @Override
  public void note(StoredUsage usage) {
    database.write(statements -> statements.getMapper(ConversationMapper.class).note(usage));
  }

  @Override
  public List<StoredUsage> usageSince(Instant from) {
    return database.read(
        statements -> statements.getMapper(ConversationMapper.class).usageSince(from));
  }
}
