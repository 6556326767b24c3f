package org.jarvis.chat;

import java.util.List;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Instruction;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.llm.Turn;

/**
 * How many tokens something has, roughly and rather too many: English has four characters to a
 * token, JSON and other languages fewer.
 */
final class Tokens {
  private static final long CHARACTERS = 3;
  private static final int FRAME = 8;

  private Tokens() {}

  static long of(String text) {
    return text.length() / CHARACTERS + FRAME;
  }

  static long of(ToolSchema tool) {
    return of(tool.name()) + of(tool.description()) + of(tool.inputSchema());
  }

  static long of(Turn turn) {
    if (turn instanceof Turn.Said said) {
      return of(said.text());
    }
    if (turn instanceof Turn.Answered answered) {
      return answered.parts().stream().mapToLong(Tokens::of).sum();
    }
    Turn.Results results = (Turn.Results) turn;
    return of(results.remark())
        + results.outcomes().stream().mapToLong(outcome -> of(outcome.text())).sum();
  }

  static long of(List<Turn> turns) {
    return turns.stream().mapToLong(Tokens::of).sum();
  }

  static long of(ModelRequest request) {
    return request.instructions().stream().map(Instruction::text).mapToLong(Tokens::of).sum()
        + request.tools().stream().mapToLong(Tokens::of).sum()
        + of(request.turns());
  }

  private static long of(AnswerPart part) {
    if (part instanceof AnswerPart.Text text) {
      return of(text.text());
    }
    if (part instanceof AnswerPart.Opaque opaque) {
      return of(opaque.payload());
    }
    return part instanceof AnswerPart.Call call ? of(call.arguments().values().toString()) : FRAME;
  }
}
