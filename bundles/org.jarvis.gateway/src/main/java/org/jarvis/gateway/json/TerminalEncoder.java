package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jarvis.api.host.Terminals;
import org.jspecify.annotations.Nullable;

/** Tells of terminals and their recordings. Never of a secret. */
public final class TerminalEncoder {
  private TerminalEncoder() {}

  /** A terminal. */
  public static ObjectNode encode(Terminals.OpenTerminal terminal) {
    return Json.object()
        .put("id", terminal.id())
        .put("action", terminal.action())
        .put("host", terminal.host().toString())
        .put("ref", terminal.resource().toString())
        .put("title", terminal.title())
        .put("openedAt", Json.time(terminal.openedAt()))
        .put("expiresAt", time(terminal.expiresAt()))
        .put("recording", terminal.recording())
        .put("hint", terminal.hint());
  }

  /** What opening asks for. */
  public static ObjectNode encode(Terminals.Terms terms) {
    return Json.object()
        .put("password", terms.password())
        .put("recorded", terms.recorded())
        .put("idleMinutes", terms.idleLimit().toMinutes());
  }

  /** A recording. */
  public static ObjectNode encode(Terminals.Recording recording) {
    return Json.object()
        .put("id", recording.id())
        .put("host", recording.host())
        .put("title", recording.title())
        .put("person", recording.person())
        .put("startedAt", Json.time(recording.startedAt()))
        .put("size", recording.size())
        .put("open", recording.open());
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : Json.time(instant);
  }
}
