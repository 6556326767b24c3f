package org.jarvis.core.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.host.Host;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.Touch;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.action.TerminalLedger;
import org.jspecify.annotations.Nullable;

/** Writes down who had a terminal on what, from when to when. May wait for the disk. */
final class TerminalRecord {
  private final Clock clock;
  private final TerminalLedger ledger;
  private final ServiceSlot<AuditLog> audit;

  TerminalRecord(Clock clock, TerminalLedger ledger, ServiceSlot<AuditLog> audit) {
    this.clock = clock;
    this.ledger = ledger;
    this.audit = audit;
  }

  /** What is asked for, as an action. */
  static TerminalLedger.Draft draft(
      Destination destination, int columns, int rows, Principal person, TerminalRules rules) {
    Host host = destination.host();
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("host", host.id().toString());
    arguments.put("ref", destination.resource().toString());
    arguments.put("columns", columns);
    arguments.put("rows", rows);
    if (destination.program() != null) {
      arguments.put("program", destination.program());
    }
    Action.Target target =
        new Action.Target(
            destination.resource(),
            destination.name(),
            destination.title(),
            Touch.RECONFIGURES,
            CanonicalJson.hash(
                List.of(
                    host.id().toString(),
                    host.address(),
                    host.port(),
                    host.user(),
                    destination.resource().toString())));
    return new TerminalLedger.Draft(
        target, new Arguments(arguments), impact(destination, rules), person);
  }

  private static Impact impact(Destination destination, TerminalRules rules) {
    List<String> effects =
        List.of(
            "Nothing that is typed is checked: protections and quorum stop nothing there, and"
                + " nothing of it can be undone by Jarvis.",
            rules.recorded()
                ? "What it prints is recorded; what is typed is not."
                : "What it prints is not recorded.",
            "It ends with the browser session, when the kill switch is turned on, and after "
                + rules.idleLimit().toMinutes()
                + " minutes without input.");
    return new Impact("Opens a shell: " + destination.title() + ".", effects, null);
  }

  /** It is about to be opened. */
  void opened(LiveTerminal terminal) {
    append("terminal.opened", terminal, Map.of());
  }

  /** It has ended. */
  Action ended(LiveTerminal terminal, Ending ending) {
    Instant end = ended(terminal);
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put("end", end.toString());
    detail.put("reason", ending.reason());
    detail.put("exitStatus", ending.exitStatus());
    detail.put("bytesIn", terminal.bytesIn());
    detail.put("bytesOut", terminal.bytesOut());
    append("terminal.ended", terminal, detail);
    String action = terminal.identity().action();
    if (ending.state() != ActionState.SUCCEEDED) {
      return ledger.ended(action, ending.state(), ending.code(), ending.reason());
    }
    Duration open = Duration.between(terminal.identity().openedAt(), end);
    Map<String, @Nullable Object> data = new LinkedHashMap<>(detail);
    CastWriter recorder = terminal.recorder();
    data.put("recording", recorder == null ? null : recorder.id());
    return ledger.ended(
        action, new ToolResult("Was open for " + words(open) + ". " + ending.reason(), data));
  }

  private Instant ended(LiveTerminal terminal) {
    Instant at = terminal.endedAt();
    return at == null ? clock.instant() : at;
  }

  private void append(
      String activity, LiveTerminal terminal, Map<String, @Nullable Object> further) {
    LiveTerminal.Identity identity = terminal.identity();
    Principal owner = identity.owner();
    CastWriter recorder = terminal.recorder();
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put("host", identity.destination().host().id().toString());
    detail.put("resource", identity.destination().resource().toString());
    detail.put("person", owner.name());
    detail.put("credential", owner.credential());
    detail.put("start", identity.openedAt().toString());
    detail.put("recording", recorder == null ? null : recorder.id());
    detail.putAll(further);
    audit
        .require()
        .append(
            new AuditEntry(
                clock.instant(),
                owner.name() + " (" + owner.kind().word() + ")",
                owner.address() == null ? "browser" : "browser " + owner.address(),
                activity,
                identity.action(),
                CanonicalJson.of(detail)));
  }

  private static String words(Duration duration) {
    long minutes = duration.toMinutes();
    return minutes == 0
        ? duration.toSeconds() + " s"
        : minutes + " min " + duration.toSecondsPart() + " s";
  }
}
