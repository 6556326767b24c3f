package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Growth;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.gateway.json.ConversationEncoder;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What one client has been told of the conversation that it shows, and the next frame by which it
 * comes nearer to what is to be seen now. However much happened in between, it is one step for each
 * message that differs. One call at a time.
 */
final class ConversationFrames {
  private static final String CONVERSATION = "conversation";
  private static final String MESSAGE = "message";
  private static final String STATE = "state";

  private long seq;
  private int line;

  /** What it was told last, where that was not what a conversation says. */
  private @Nullable Sighting told;

  /** The conversation that it has, but for its messages. */
  private @Nullable Conversation shown;

  private final List<Message> messages = new ArrayList<>();

  /** By what the last part of the last message grew since; all of it is put together only late. */
  private final StringBuilder grown = new StringBuilder();

  /** Of what it has all. */
  private long revision;

  private Conversation.@Nullable State state;
  private String title = "";

  /** How many frames there were. */
  long seq() {
    return seq;
  }

  /** The revision of which the client has all. */
  long revision() {
    return revision;
  }

  /**
   * The next frame, {@code null} where the client has all.
   *
   * @param ofLine with another one all is told anew
   * @param sighting what is to be seen
   */
  @Nullable ObjectNode next(int ofLine, Sighting sighting) {
    if (ofLine != line) {
      line = ofLine;
      forget();
    }
    if (sighting instanceof Sighting.Present present) {
      return next(present.conversation());
    }
    if (sighting.equals(told)) {
      return null;
    }
    forget();
    told = sighting;
    if (sighting instanceof Sighting.Gone gone) {
      return frame("gone").put(CONVERSATION, gone.id());
    }
    if (sighting instanceof Sighting.Away away) {
      return frame("unavailable").put("reason", away.reason());
    }
    return null;
  }

  /** The frame of words that came to what the client has; {@code null} where they do not fit. */
  @Nullable ObjectNode next(Growth growth) {
    Conversation of = shown;
    Message last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
    if (of == null || last == null || !last.id().equals(growth.message()) || !ends(last, growth)) {
      return null;
    }
    revision = growth.revision();
    grown.append(growth.words());
    return words(of, last, growth.part(), growth.words());
  }

  private static boolean ends(Message message, Growth growth) {
    List<MessagePart> parts = message.parts();
    return growth.part() == parts.size() - 1
        && parts.get(growth.part()) instanceof MessagePart.Words;
  }

  private void forget() {
    told = null;
    shown = null;
    messages.clear();
    grown.setLength(0);
    revision = 0;
  }

  private @Nullable ObjectNode next(Conversation now) {
    Conversation before = shown;
    if (before == null || !before.id().equals(now.id())) {
      return whole(now);
    }
    if (now.revision() < revision) {
      return null; // Words came since.
    }
    settle();
    if (!continues(now)) {
      return whole(now);
    }
    for (int i = 0; i < now.messages().size(); i++) {
      Message message = now.messages().get(i);
      if (i == messages.size()) {
        messages.add(message);
        return message(now, message);
      }
      Message had = messages.set(i, message);
      if (!had.equals(message)) {
        String appended = appended(had, message);
        return appended == null
            ? message(now, message)
            : words(now, message, message.parts().size() - 1, appended);
      }
    }
    if (now.state() != state || !now.title().equals(title)) {
      return head(now);
    }
    revision = now.revision();
    return null;
  }

  /** Puts what grew to the message that it belongs to. */
  private void settle() {
    if (grown.isEmpty()) {
      return;
    }
    Message last = messages.get(messages.size() - 1);
    List<MessagePart> parts = last.parts();
    MessagePart.Words words = (MessagePart.Words) parts.get(parts.size() - 1);
    messages.set(messages.size() - 1, ending(last, new MessagePart.Words(words.words() + grown)));
    grown.setLength(0);
  }

  /** Whether what the client has is the beginning of what there is now. */
  private boolean continues(Conversation now) {
    if (messages.size() > now.messages().size()) {
      return false;
    }
    for (int i = 0; i < messages.size(); i++) {
      if (!messages.get(i).id().equals(now.messages().get(i).id())) {
        return false;
      }
    }
    return true;
  }

  private ObjectNode whole(Conversation now) {
    forget();
    shown = now;
    messages.addAll(now.messages());
    state = now.state();
    title = now.title();
    revision = now.revision();
    return frame(CONVERSATION).set(CONVERSATION, ConversationEncoder.encode(now));
  }

  private ObjectNode message(Conversation now, Message message) {
    state = now.state();
    ObjectNode frame = frame(MESSAGE).put(CONVERSATION, now.id()).put(STATE, now.state().name());
    return frame.set(MESSAGE, ConversationEncoder.encode(message));
  }

  private ObjectNode head(Conversation now) {
    state = now.state();
    title = now.title();
    return frame(STATE)
        .put(CONVERSATION, now.id())
        .put(STATE, now.state().name())
        .put("title", now.title());
  }

  /** By what the last words of a message grew; {@code null} where anything else changed. */
  private static @Nullable String appended(Message had, Message now) {
    int last = now.parts().size() - 1;
    if (last < 0
        || had.parts().size() != now.parts().size()
        || !(had.parts().get(last) instanceof MessagePart.Words before)
        || !(now.parts().get(last) instanceof MessagePart.Words after)
        || !after.words().startsWith(before.words())) {
      return null;
    }
    return ending(had, after).equals(now) ? after.words().substring(before.words().length()) : null;
  }

  /** The same message with another last part. */
  private static Message ending(Message message, MessagePart last) {
    List<MessagePart> parts = new ArrayList<>(message.parts());
    parts.set(parts.size() - 1, last);
    return new Message(
        message.id(), message.role(), message.at(), parts, message.whole(), message.answerer());
  }

  private ObjectNode words(Conversation now, Message message, int part, String words) {
    return frame("words")
        .put(CONVERSATION, now.id())
        .put(MESSAGE, message.id())
        .put("part", part)
        .put("text", words);
  }

  private ObjectNode frame(String type) {
    seq++;
    return Json.object().put("type", type).put("seq", seq);
  }
}
