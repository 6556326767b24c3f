package org.jarvis.chat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelCapabilities;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.Turn;
import org.jarvis.testkit.problem.FakeProblems;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.Test;

/**
 * Prints how long it takes to make what a model is told, of 5,000 guests and a conversation of
 * 1,000 messages, from the first time on that a person waits for; and how long the one before took,
 * which nobody waits for. Asserts nothing. Run it by its name.
 */
class ContextBenchmark {
  private static final int ROUNDS = 200;
  private static final int TALK = 500;

  @Test
  void printFigures() {
    ChatHouse house = new ChatHouse();
    ContextBuilder context =
        new ContextBuilder(
            new Persona(Path.of("no-such-folder")),
            new ClusterDigest(
                SampleCluster.large(),
                new FakeProblems(house, ChatHouse.NOW),
                house,
                house,
                List::of,
                Clock.fixed(ChatHouse.NOW, ZoneOffset.UTC)),
            new ToolChoice(house));
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < TALK; i++) {
      entries.add(Entry.said("q" + i, ChatHouse.NOW, "Question " + i + " " + "x".repeat(200)));
      entries.add(
          Entry.answering("a" + i, ChatHouse.NOW)
              .withTurn(new Turn.Answered(List.of(new AnswerPart.Text("y".repeat(400))))));
    }
    entries.add(Entry.said("last", ChatHouse.NOW, "And now?"));
    Talk talk =
        new Talk(
            "id",
            "title",
            false,
            "ada",
            ChatHouse.ADA,
            ChatHouse.NOW,
            ChatHouse.NOW,
            Conversation.State.RUNNING,
            entries);
    long rehearsing = System.nanoTime();
    context.rehearse(ChatHouse.NOW);
    long rehearsal = System.nanoTime() - rehearsing;
    long[] nanos = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      context.build(
          talk,
          new ModelCapabilities(200_000, 8_000, true),
          new RequestLimits(4_096, Duration.ofMinutes(10)));
      nanos[i] = System.nanoTime() - begun;
    }
    long first = nanos[0];
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "context, 5,000 guests, 1,000 messages: rehearsal %.1f ms, first %.1f ms, p50 %.1f ms, p99 %.1f ms%n",
        rehearsal / 1e6,
        first / 1e6,
        nanos[ROUNDS / 2] / 1e6,
        nanos[ROUNDS * 99 / 100] / 1e6);
  }
}
