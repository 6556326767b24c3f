package org.jarvis.llm.offline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.StopReason;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.llm.Turn;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;
import org.jarvis.llm.offline.house.Sources;
import org.jarvis.llm.offline.intent.Grammar;
import org.jarvis.llm.offline.intent.Memory;
import org.jarvis.llm.offline.intent.Reply;
import org.jarvis.llm.offline.intent.Understood;
import org.jarvis.llm.offline.intent.Wish;
import org.jspecify.annotations.Nullable;

/** Answers the last turn of a conversation. It calls nothing and remembers nothing. */
final class Dialogue {
  private static final TokenUsage NOTHING_USED = new TokenUsage(0L, 0L, 0L, 0L);

  private Dialogue() {}

  static Answer answer(ModelRequest request, Sources sources, Instant now) {
    List<Turn> turns = request.turns();
    Turn last = turns.get(turns.size() - 1);
    Memory memory = Memory.of(turns);
    House house = new House(sources, now);
    if (last instanceof Turn.Said said) {
      return answer(understand(request, house, said.text(), memory), "", turns.size());
    }
    Turn.Results results = (Turn.Results) last;
    String outcome = Outcomes.told(results, calls(turns));
    if (results.remark().isBlank()) {
      Reply reply = new Reply(outcome, memory.items(), memory.subject(), false, null);
      return answer(new Understood(memory.intent(), reply), "", turns.size());
    }
    return answer(
        understand(request, house, results.remark(), memory), outcome + "\n\n", turns.size());
  }

  private static Understood understand(
      ModelRequest request, House house, String said, Memory memory) {
    try {
      return new Grammar(
              house, request.tools().stream().map(ToolSchema::name).collect(Collectors.toSet()))
          .answer(said, memory);
    } catch (JarvisException failure) {
      return new Understood(
          "", Reply.of("That cannot be told at the moment. " + Inert.line(failure.getMessage())));
    }
  }

  private static List<AnswerPart.Asking> calls(List<Turn> turns) {
    return ((Turn.Answered) turns.get(turns.size() - 2))
        .parts().stream()
            .filter(AnswerPart.Asking.class::isInstance)
            .map(AnswerPart.Asking.class::cast)
            .toList();
  }

  private static Answer answer(Understood understood, String before, int turn) {
    Reply reply = understood.reply();
    List<AnswerPart> parts = new ArrayList<>();
    parts.add(new AnswerPart.Text(before + reply.text()));
    parts.add(Memory.kept(reply, understood.intent()));
    @Nullable Wish wish = reply.wish();
    if (wish != null) {
      parts.add(new AnswerPart.Call("built-in-" + turn, wish.tool(), wish.arguments()));
    }
    return new Answer(
        parts,
        wish == null ? StopReason.END : StopReason.TOOL_CALLS,
        NOTHING_USED,
        BuiltInProvider.MODEL,
        null);
  }
}
