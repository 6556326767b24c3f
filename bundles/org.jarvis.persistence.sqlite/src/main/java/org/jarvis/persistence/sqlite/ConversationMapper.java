package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jarvis.api.persistence.ConversationStore.StoredConversation;
import org.jarvis.api.persistence.ConversationStore.StoredMessage;
import org.jarvis.api.persistence.ConversationStore.StoredUsage;
import org.jspecify.annotations.Nullable;

/** The tables {@code conversation}, {@code message} and {@code model_usage}. */
interface ConversationMapper {
  @Insert(
      """
      INSERT INTO conversation
        (id, owner, title, folded_title, state, created_at, changed_at, messages, document)
      VALUES
        (#{head.id}, #{head.owner}, #{head.title}, #{foldedTitle}, #{head.state},
         #{head.createdAt}, #{head.changedAt}, #{head.messages}, #{head.document})
      ON CONFLICT (id) DO UPDATE
      SET owner = excluded.owner, title = excluded.title, folded_title = excluded.folded_title,
          state = excluded.state, created_at = excluded.created_at,
          changed_at = excluded.changed_at, messages = excluded.messages,
          document = excluded.document
      """)
  int put(@Param("head") StoredConversation head, @Param("foldedTitle") String foldedTitle);

  @Insert(
      """
      INSERT INTO message (conversation, number, words, folded_words, document)
      VALUES (#{conversation}, #{message.number}, #{message.words}, #{foldedWords},
              #{message.document})
      ON CONFLICT (conversation, number) DO UPDATE
      SET words = excluded.words, folded_words = excluded.folded_words,
          document = excluded.document
      """)
  int putMessage(
      @Param("conversation") String conversation,
      @Param("message") StoredMessage message,
      @Param("foldedWords") String foldedWords);

  @Select(
      """
      SELECT id, owner, title, state, created_at, changed_at, messages, document
      FROM conversation WHERE owner = #{owner}
      ORDER BY changed_at DESC, id DESC LIMIT #{limit}
      """)
  List<StoredConversation> of(@Param("owner") String owner, @Param("limit") int limit);

  @Select(
      """
      SELECT id, owner, title, state, created_at, changed_at, messages, document
      FROM conversation
      WHERE owner = #{owner} AND (
        instr(folded_title, #{folded}) > 0
        OR EXISTS (
          SELECT 1 FROM message
          WHERE message.conversation = conversation.id AND instr(folded_words, #{folded}) > 0))
      ORDER BY changed_at DESC, id DESC LIMIT #{limit}
      """)
  List<StoredConversation> containing(
      @Param("owner") String owner, @Param("folded") String folded, @Param("limit") int limit);

  @Select(
      """
      SELECT id, owner, title, state, created_at, changed_at, messages, document
      FROM conversation WHERE state = #{state} ORDER BY created_at, id
      """)
  List<StoredConversation> inState(@Param("state") String state);

  @Select(
      """
      SELECT id, owner, title, state, created_at, changed_at, messages, document
      FROM conversation WHERE id = #{id}
      """)
  @Nullable StoredConversation find(@Param("id") String id);

  @Select(
      """
      SELECT number, words, document FROM message
      WHERE conversation = #{conversation} ORDER BY number
      """)
  List<StoredMessage> messages(@Param("conversation") String conversation);

  /** Its messages go with it. */
  @Delete("DELETE FROM conversation WHERE id = #{id}")
  int delete(@Param("id") String id);

  @Insert(
      """
      INSERT INTO model_usage
        (at, conversation, provider, model, input, output, micro_cost, currency)
      VALUES
        (#{at}, #{conversation}, #{provider}, #{model}, #{input}, #{output}, #{microCost},
         #{currency})
      """)
  int note(StoredUsage usage);

  @Select(
      """
      SELECT at, conversation, provider, model, input, output, micro_cost, currency
      FROM model_usage WHERE at >= #{from} ORDER BY at, position
      """)
  List<StoredUsage> usageSince(@Param("from") Instant from);

  /** Deletes the oldest, at most so many. */
  @Delete(
      """
      DELETE FROM model_usage WHERE position IN (
        SELECT position FROM model_usage WHERE at < #{moment} ORDER BY at LIMIT #{most})
      """)
  int deleteUsageBefore(@Param("moment") Instant moment, @Param("most") int most);
}
