package org.jarvis.gateway.socket;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart;

/** What there is to be seen of the conversation that a client shows. */
sealed interface Sighting {
  /** The client shows none. */
  record Nothing() implements Sighting {}

  /**
   * As it is now.
   *
   * @param conversation the conversation, none of whose words end within a character
   */
  record Present(Conversation conversation) implements Sighting {
    /** Cuts what is there by half. */
    public Present {
      conversation = sound(conversation);
    }

    /** Of what grows the last character may be there by half; it is told once it is whole. */
    private static Conversation sound(Conversation conversation) {
      List<Message> messages = conversation.messages();
      int last = messages.size() - 1;
      if (last < 0 || messages.get(last).whole()) {
        return conversation;
      }
      Message message = messages.get(last);
      int end = message.parts().size() - 1;
      if (end < 0
          || !(message.parts().get(end) instanceof MessagePart.Words words)
          || !endsWithin(words.words())) {
        return conversation;
      }
      List<MessagePart> parts = new ArrayList<>(message.parts());
      parts.set(end, new MessagePart.Words(words.words().substring(0, words.words().length() - 1)));
      List<Message> sound = new ArrayList<>(messages);
      sound.set(
          last,
          new Message(
              message.id(),
              message.role(),
              message.at(),
              parts,
              message.whole(),
              message.answerer()));
      return new Conversation(
          conversation.id(),
          conversation.title(),
          conversation.owner(),
          conversation.createdAt(),
          conversation.changedAt(),
          conversation.state(),
          sound,
          conversation.revision());
    }

    private static boolean endsWithin(String text) {
      return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }
  }

  /**
   * There is none of this id, or none of this account.
   *
   * @param id its id
   */
  record Gone(String id) implements Sighting {}

  /**
   * Nobody can tell at the moment.
   *
   * @param reason why
   */
  record Away(String reason) implements Sighting {}
}
