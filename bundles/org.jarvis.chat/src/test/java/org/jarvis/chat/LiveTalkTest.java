package org.jarvis.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.chat.Conversation;
import org.junit.jupiter.api.Test;

class LiveTalkTest {
  private final LiveTalk live =
      new LiveTalk(
          new MemoryConversations(),
          new Talk(
              "talk",
              Talk.UNTITLED,
              false,
              "ada",
              ChatHouse.ADA,
              ChatHouse.NOW,
              ChatHouse.NOW,
              Conversation.State.RUNNING,
              List.of(Entry.answering("answer", ChatHouse.NOW))));

  private String text() {
    return live.view().messages().get(0).text();
  }

  @Test
  void dropsWordsOfAnAnswerThatIsOver() {
    Exchange over = new Exchange();
    live.hears(over);
    live.words(over, "One");
    live.hears(null);

    live.words(over, " late");

    assertThat(text()).isEqualTo("One");
  }

  @Test
  void beginsAnAnswerWithNoneOfTheWordsOfAnother() {
    Exchange over = new Exchange();
    Exchange next = new Exchange();
    live.hears(over);
    live.words(over, "One");

    live.hears(next);
    live.words(over, " late");
    live.words(next, "Two");

    assertThat(text()).isEqualTo("Two");
  }
}
