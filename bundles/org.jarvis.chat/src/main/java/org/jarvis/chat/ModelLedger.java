package org.jarvis.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Instruction;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.text.InertText;

/**
 * Writes down what leaves for which model: how much of which kind, and the words themselves only
 * where the configuration asks for that. What does not leave this process is not written down.
 */
final class ModelLedger {
  private static final String ASKED = "model.asked";
  private static final int MOST_TEXT = 64 * 1024;

  private final AuditLog audit;
  private final Clock clock;

  ModelLedger(AuditLog audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** Before the request goes; without the record it does not go. */
  void asked(
      String conversation,
      String actor,
      ProviderDefinition to,
      ModelRequest request,
      boolean words) {
    if (to.destination().isEmpty()) {
      return;
    }
    ObjectNode detail =
        Json.object()
            .put("provider", to.id())
            .put("model", to.model())
            .put("destination", to.destination())
            .put("leavesTheHouse", to.leavesTheHouse());
    ObjectNode characters = detail.putObject("characters");
    characters.put(
        "instructions",
        request.instructions().stream().map(Instruction::text).mapToInt(String::length).sum());
    characters.put(
        "tools", request.tools().stream().mapToInt(tool -> tool.inputSchema().length()).sum());
    characters
        .put("said", characters(request, Turn.Said.class))
        .put("answered", characters(request, Turn.Answered.class))
        .put("results", characters(request, Turn.Results.class));
    if (words) {
      StringBuilder text = new StringBuilder();
      request.instructions().forEach(one -> text.append(one.text()).append("\n\n"));
      request.turns().forEach(turn -> text.append(turn).append("\n\n"));
      detail.put("text", InertText.cut(text.toString(), MOST_TEXT));
    }
    audit.append(
        new AuditEntry(
            clock.instant(), actor, Origin.CHAT.word(), ASKED, conversation, detail.toString()));
  }

  private static long characters(ModelRequest request, Class<? extends Turn> kind) {
    return request.turns().stream().filter(kind::isInstance).mapToLong(ModelLedger::length).sum();
  }

  private static long length(Turn turn) {
    if (turn instanceof Turn.Said said) {
      return said.text().length();
    }
    if (turn instanceof Turn.Answered answered) {
      return answered.parts().stream().mapToLong(ModelLedger::length).sum();
    }
    Turn.Results results = (Turn.Results) turn;
    return results.remark().length()
        + results.outcomes().stream().mapToLong(outcome -> outcome.text().length()).sum();
  }

  private static long length(AnswerPart part) {
    if (part instanceof AnswerPart.Text text) {
      return text.text().length();
    }
    if (part instanceof AnswerPart.Opaque opaque) {
      return opaque.payload().length();
    }
    return part instanceof AnswerPart.Call call
        ? Json.of(call.arguments().values()).toString().length()
        : 0;
  }
}
