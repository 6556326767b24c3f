package org.jarvis.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.llm.Instruction;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;

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
    int said = 0;
    int answered = 0;
    int results = 0;
    for (Turn turn : request.turns()) {
      int size = Math.toIntExact(Math.min(Integer.MAX_VALUE / 4, turn.toString().length()));
      if (turn instanceof Turn.Said) {
        said += size;
      } else if (turn instanceof Turn.Answered) {
        answered += size;
      } else {
        results += size;
      }
    }
    characters.put("said", said).put("answered", answered).put("results", results);
    if (words) {
      StringBuilder text = new StringBuilder();
      request.instructions().forEach(one -> text.append(one.text()).append("\n\n"));
      request.turns().forEach(turn -> text.append(turn).append("\n\n"));
      detail.put("text", Inert.cut(text.toString(), MOST_TEXT));
    }
    audit.append(
        new AuditEntry(
            clock.instant(), actor, Origin.CHAT.word(), ASKED, conversation, detail.toString()));
  }
}
