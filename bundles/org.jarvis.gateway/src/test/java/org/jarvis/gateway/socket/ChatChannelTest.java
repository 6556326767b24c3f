package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.gateway.FakeConversations.answer;
import static org.jarvis.gateway.FakeConversations.call;
import static org.jarvis.gateway.FakeConversations.conversation;
import static org.jarvis.gateway.FakeConversations.user;
import static org.jarvis.gateway.FakeConversations.with;
import static org.jarvis.gateway.FakeConversations.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Conversations;
import org.jarvis.api.chat.Growth;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.FakeConversations;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatChannelTest {
  private static final Conversation.State RUNNING = Conversation.State.RUNNING;
  private static final Conversation.State IDLE = Conversation.State.IDLE;
  private static final Caller OWNER =
      new Caller(
          new Authentication(
              new Principal("owner", PrincipalKind.PERSON, "session-1"),
              Set.of(),
              Audience.API,
              null,
              Instant.MAX),
          "127.0.0.1",
          () -> true);

  private final Parts parts = new Parts();
  private final FakeConversations conversations = new FakeConversations();
  private final Queue<Runnable> looks = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void fill() {
    parts.conversations().add(conversations);
    conversations.put(conversation("c1", "owner", user("m0", "Hello")));
    conversations.put(conversation("c2", "another", user("m0", "A secret")));
  }

  /** A client, and what it was sent. */
  private final class Client implements Outlet {
    final List<JsonNode> sent = new ArrayList<>();
    final Deque<Consumer<Boolean>> waiting = new ArrayDeque<>();
    final ChatChannel channel;
    boolean slow;

    Client() {
      channel = new ChatChannel(OWNER, this, Clock.systemUTC(), parts.conversations(), looks::add);
    }

    @Override
    public void send(String text, Consumer<Boolean> done) {
      try {
        sent.add(new ObjectMapper().readTree(text));
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      if (slow) {
        waiting.add(done);
      } else {
        done.accept(true);
      }
    }

    @Override
    public void close(int code, String reason) {
      // The channel knows.
    }

    void take() {
      waiting.remove().accept(true);
    }

    Client show(String id) {
      channel.received(
          "{\"type\":\"show\",\"conversation\":" + (id == null ? null : "\"" + id + "\"") + "}");
      look();
      return this;
    }

    List<String> types() {
      return sent.stream().map(frame -> frame.path("type").asText()).toList();
    }

    JsonNode last() {
      return sent.get(sent.size() - 1);
    }

    /** What the client has, by the frames that it got, as a page puts it together. */
    String text(String message) {
      String text = "";
      for (JsonNode frame : sent) {
        if (frame.path("type").asText().equals("message")
            && frame.path("message").path("id").asText().equals(message)) {
          text = frame.at("/message/parts/0/text").asText();
        } else if (frame.path("type").asText().equals("words")
            && frame.path("message").asText().equals(message)) {
          text += frame.path("text").asText();
        }
      }
      return text;
    }
  }

  private void look() {
    for (Runnable look = looks.poll(); look != null; look = looks.poll()) {
      look.run();
    }
  }

  private void put(Conversation conversation) {
    conversations.put(conversation);
    look();
  }

  private void says(String id, boolean whole, String words) {
    put(with(conversations.get(id), whole ? IDLE : RUNNING, answer("a1", whole, words(words))));
  }

  @Test
  void sendsTheConversationFirstAndThenWhatChanges() {
    Client client = new Client().show("c1");
    put(with(conversations.get("c1"), RUNNING, user("m1", "And?")));
    says("c1", false, "I look");
    says("c1", false, "I look at it.");
    says("c1", true, "I look at it.");
    conversations.rename("c1", "Heat", OWNER.principal());
    look();

    assertThat(client.types())
        .containsExactly("conversation", "message", "message", "words", "message", "state");
    assertThat(client.sent)
        .extracting(frame -> frame.path("seq").asLong())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(client.sent.get(0).at("/conversation/messages/0/text").asText()).isEqualTo("Hello");
    assertThat(client.sent.get(1).path("state").asText()).isEqualTo("RUNNING");
    assertThat(client.sent.get(1).at("/message/role").asText()).isEqualTo("user");
    JsonNode words = client.sent.get(3);
    assertThat(words.path("conversation").asText()).isEqualTo("c1");
    assertThat(words.path("message").asText()).isEqualTo("a1");
    assertThat(words.path("part").asInt()).isZero();
    assertThat(words.path("text").asText()).isEqualTo(" at it.");
    assertThat(client.sent.get(4).path("state").asText()).isEqualTo("IDLE");
    assertThat(client.sent.get(4).at("/message/whole").asBoolean()).isTrue();
    assertThat(client.last().path("title").asText()).isEqualTo("Heat");
    assertThat(client.last().path("state").asText()).isEqualTo("IDLE");
  }

  @Test
  void sendsTheMessageWhereMoreChangedThanItsLastWords() {
    Client client = new Client().show("c1");
    Conversation before = conversations.get("c1");
    put(with(before, RUNNING, answer("a1", false, words("I look."))));
    put(with(before, RUNNING, answer("a1", false, words("I look."), call("action-1", null))));
    put(
        with(
            before,
            Conversation.State.AWAITING_APPROVAL,
            answer(
                "a1", false, words("I look."), call("action-1", ActionState.AWAITING_APPROVAL))));
    put(with(before, RUNNING, answer("a1", false, words("I see."))));

    assertThat(client.types())
        .containsExactly("conversation", "message", "message", "message", "message");
    assertThat(client.sent.get(3).path("state").asText()).isEqualTo("AWAITING_APPROVAL");
    assertThat(client.sent.get(3).at("/message/parts/1/approval").asText()).isEqualTo("approval-1");
  }

  @Test
  void sendsAllAnewWhereMessagesAreNoLongerThere() {
    Client client = new Client().show("c1");
    put(conversation("c1", "owner", user("other", "Hello")));

    assertThat(client.types()).containsExactly("conversation", "conversation");
    assertThat(client.last().at("/conversation/messages/0/id").asText()).isEqualTo("other");
  }

  @Test
  void tellsNothingWhereNothingIsNews() {
    Client client = new Client().show("c1");
    put(conversations.get("c1"));
    client.channel.pump();
    client.channel.lookIfDue();
    look();

    assertThat(client.types()).containsExactly("conversation");
  }

  @Test
  void neverSplitsACharacter() {
    String rocket = "\ud83d\ude80";
    String answer = rocket + "a" + rocket + rocket + "b";
    Client client = new Client().show("c1");
    for (int end = 1; end <= answer.length(); end++) {
      says("c1", false, answer.substring(0, end));
    }

    assertThat(client.text("a1")).isEqualTo(answer);
    assertThat(client.sent)
        .allSatisfy(
            frame ->
                assertThat(frame.path("text").asText() + frame.at("/message/text").asText())
                    .matches(
                        text ->
                            text.codePoints()
                                .noneMatch(
                                    point -> Character.getType(point) == Character.SURROGATE)));
  }

  @Test
  void makesManyChangesOneForAClientThatIsSlow() {
    Client client = new Client();
    client.slow = true;
    client.show("c1");
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      says("c1", false, answer.append(i).append(' ').toString());
    }
    assertThat(client.types()).containsExactly("conversation");

    client.take();
    assertThat(client.types()).containsExactly("conversation", "message");
    says("c1", false, answer.append("x ").toString());
    says("c1", false, answer.append("y ").toString());
    client.take();
    assertThat(client.types()).containsExactly("conversation", "message", "words");
    assertThat(client.text("a1")).isEqualTo(answer.toString());
    client.take();
    assertThat(client.sent).hasSize(3);
  }

  @Test
  void passesWordsOnWithoutALook() {
    Client client = new Client().show("c1");
    says("c1", false, "One");
    conversations.beforeFinding =
        () -> {
          throw new IllegalStateException("nobody is to look");
        };
    conversations.grow("c1", ", two");
    conversations.grow("c1", ", three");

    assertThat(looks).isEmpty();
    assertThat(client.types()).containsExactly("conversation", "message", "words", "words");
    JsonNode words = client.sent.get(2);
    assertThat(words.path("seq").asLong()).isEqualTo(3);
    assertThat(words.path("conversation").asText()).isEqualTo("c1");
    assertThat(words.path("message").asText()).isEqualTo("a1");
    assertThat(words.path("part").asInt()).isZero();
    assertThat(client.text("a1")).isEqualTo("One, two, three");
  }

  @Test
  void goesOnFromTheWordsThatItPassedOn() {
    Client client = new Client().show("c1");
    says("c1", false, "One");
    conversations.grow("c1", ", two");
    says("c1", false, "One, two, three");
    conversations.grow("c1", ", four");
    says("c1", true, "One, two, three, four");

    assertThat(client.types())
        .containsExactly("conversation", "message", "words", "words", "words", "message");
    assertThat(client.last().at("/message/whole").asBoolean()).isTrue();
    assertThat(client.text("a1")).isEqualTo("One, two, three, four");
  }

  @Test
  void looksWhereWordsDoNotFollowOnWhatItKnows() {
    Client client = new Client().show("c1");
    Conversation before = conversations.get("c1");
    conversations.put(with(before, RUNNING, answer("a1", false, words("One"))));
    conversations.grow("c1", ", two");
    conversations.grow("c1", ", three");
    assertThat(client.types()).containsExactly("conversation");
    look();
    conversations.grow("c1", ", four");

    assertThat(client.types()).containsExactly("conversation", "message", "words");
    assertThat(client.text("a1")).isEqualTo("One, two, three, four");
  }

  @Test
  void tellsNoWordsTwiceThatComeWhileItLooks() {
    Client client = new Client().show("c1");
    says("c1", false, "One");
    conversations.beforeFinding =
        () -> {
          conversations.beforeFinding = () -> {};
          conversations.grow("c1", ", two");
        };
    put(conversations.get("c1"));
    conversations.grow("c1", ", three");

    assertThat(client.text("a1")).isEqualTo("One, two, three");
  }

  @Test
  void tellsAnOldLookNothingThatWordsHaveOvertaken() {
    Client client = new Client().show("c1");
    says("c1", false, "One");
    conversations.grow("c1", ", two");
    client.channel.pump();
    client.channel.tick();

    assertThat(client.types()).containsExactly("conversation", "message", "words", "heartbeat");
  }

  @Test
  void makesManyWordsOneForAClientThatIsSlow() {
    Client client = new Client();
    client.slow = true;
    client.show("c1");
    client.take();
    says("c1", false, "One");
    StringBuilder answer = new StringBuilder("One");
    for (int i = 0; i < 10_000; i++) {
      conversations.grow("c1", " " + i);
      answer.append(' ').append(i);
      look();
    }
    assertThat(client.types()).containsExactly("conversation", "message");

    client.take();
    client.take();
    assertThat(client.types()).startsWith("conversation", "message", "words");
    while (!client.waiting.isEmpty()) {
      client.take();
    }
    assertThat(client.text("a1")).isEqualTo(answer.toString());
    assertThat(client.sent).hasSizeLessThan(5);
  }

  @Test
  void looksWhereWordsFitNothingThatTheClientHas() {
    Client client = new Client().show("c1");
    says("c1", false, "One");
    long revision = conversations.get("c1").revision();
    conversations
        .watches
        .get("c1")
        .forEach(watcher -> watcher.grew(new Growth(revision + 1, "other", 3, "x")));

    assertThat(looks).hasSize(1);
    look();
    assertThat(client.types()).containsExactly("conversation", "message");
  }

  @Test
  void takesNoWordsOfAWatchThatIsOver() {
    conversations.put(conversation("c3", "owner", answer("a1", false, words("Three"))));
    Client client = new Client().show("c1");
    says("c1", false, "One");
    Conversations.Watcher former = conversations.watches.get("c1").get(0);
    client.show("c3");
    former.grew(new Growth(conversations.get("c3").revision() + 1, "a1", 0, " secrets"));
    look();

    assertThat(client.types()).containsExactly("conversation", "message", "conversation");
    assertThat(client.last().at("/conversation/messages/0/text").asText()).isEqualTo("Three");
  }

  @Test
  void looksOnceForManyWakeUps() {
    Client client = new Client().show("c1");
    Conversation now = with(conversations.get("c1"), RUNNING, user("m1", "And?"));
    for (int i = 0; i < 1_000; i++) {
      conversations.put(now);
    }

    assertThat(looks).hasSize(1);
    look();
    assertThat(client.types()).containsExactly("conversation", "message");
  }

  @Test
  void looksAgainForWhatChangesWhileItLooks() {
    Client client = new Client().show("c1");
    Conversation first = with(conversations.get("c1"), RUNNING, user("m1", "And?"));
    Conversation second = with(first, IDLE, answer("a1", true, words("Well.")));
    conversations.beforeFinding =
        () -> {
          conversations.beforeFinding = () -> {};
          conversations.put(second);
        };
    put(first);

    assertThat(client.types()).containsExactly("conversation", "message", "message");
    assertThat(looks).isEmpty();
  }

  @Test
  void showsTwentyConversationsAtOnceThatAllGrow() {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      conversations.put(conversation("s" + i, "owner"));
      clients.add(new Client().show("s" + i));
    }
    for (int piece = 1; piece <= 50; piece++) {
      for (int i = 0; i < 20; i++) {
        says("s" + i, false, (i + "+").repeat(piece));
      }
    }

    for (int i = 0; i < 20; i++) {
      assertThat(clients.get(i).text("a1")).isEqualTo((i + "+").repeat(50));
      assertThat(clients.get(i).sent).hasSize(51);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2", "no-such", ""})
  void saysThatWhatIsNotTheirsIsGone(String id) {
    Client client = new Client().show(id);

    assertThat(client.types()).containsExactly("gone");
    assertThat(client.last().path("conversation").asText()).isEqualTo(id);
    assertThat(client.sent.toString()).doesNotContain("secret");
  }

  @Test
  void saysThatADeletedOneIsGone() {
    Client client = new Client().show("c1");
    conversations.delete("c1", OWNER.principal());
    look();

    assertThat(client.types()).containsExactly("conversation", "gone");
    assertThat(conversations.watches.get("c1")).isEmpty();
  }

  @Test
  void watchesWhatIsShownAndNothingElse() {
    conversations.put(conversation("c3", "owner"));
    Client client = new Client().show("c1");
    assertThat(conversations.watches.get("c1")).hasSize(1);
    client.show("c3");
    assertThat(conversations.watches.get("c1")).isEmpty();
    assertThat(conversations.watches.get("c3")).hasSize(1);
    client.show(null);
    assertThat(conversations.watches.get("c3")).isEmpty();
    put(with(conversations.get("c3"), IDLE, user("m0", "Hello")));
    assertThat(client.types()).containsExactly("conversation", "conversation");
  }

  @Test
  void sendsAllAgainToAClientThatShowsItAgain() {
    Client client = new Client().show("c1").show("c1");

    assertThat(client.types()).containsExactly("conversation", "conversation");
    assertThat(conversations.watches.get("c1")).hasSize(1);
  }

  @Test
  void closesItsWatchWhenTheClientGoes() {
    Client client = new Client().show("c1");
    client.channel.gone();
    look();
    assertThat(conversations.watches.get("c1")).isEmpty();
  }

  @Test
  void closesItsWatchWhenTheSessionEnds() {
    Client client = new Client().show("c1");
    client.channel.close("The session has ended.");
    look();
    assertThat(client.types()).containsExactly("conversation", "closing");
    assertThat(conversations.watches.get("c1")).isEmpty();
    put(with(conversations.get("c1"), IDLE, user("m1", "And?")));
    assertThat(client.sent).hasSize(2);
  }

  @Test
  void saysThatTheChatIsAwayAndShowsAllOnceItIsBack() {
    Client client = new Client().show("c1");
    parts.conversations().remove(conversations);
    client.channel.lookIfDue();
    look();
    client.channel.lookIfDue();
    look();
    assertThat(client.types()).containsExactly("conversation", "unavailable");
    assertThat(client.last().path("reason").asText()).contains("org.jarvis.chat");
    assertThat(conversations.watches.get("c1")).isEmpty();

    parts.conversations().add(conversations);
    client.channel.lookIfDue();
    look();
    assertThat(client.types()).containsExactly("conversation", "unavailable", "conversation");
    says("c1", false, "I am back.");
    assertThat(client.types()).endsWith("message");
  }

  @Test
  void saysThatTheStorageIsAwayAndLooksAgain() {
    conversations.failure = new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is full.");
    Client client = new Client().show("c1");
    assertThat(client.last().path("reason").asText()).isEqualTo("The disk is full.");
    conversations.failure = new IllegalStateException("half gone");
    client.channel.lookIfDue();
    look();
    conversations.failure = null;
    client.channel.lookIfDue();
    look();
    assertThat(client.types()).containsExactly("unavailable", "unavailable", "conversation");
    assertThat(client.sent.get(1).toString()).doesNotContain("half gone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{\"type\":\"show\"}",
        "{\"type\":\"show\",\"conversation\":7}",
        "{\"type\":\"show\",\"conversation\":{}}",
        "{\"type\":\"hide\",\"conversation\":\"c1\"}"
      })
  void leavesUnsoundFramesAlone(String text) {
    Client client = new Client();
    client.channel.received(text);
    client.channel.received("{\"type\":\"show\",\"conversation\":\"" + "x".repeat(1_000) + "\"}");
    look();
    assertThat(client.sent).isEmpty();
  }
}
