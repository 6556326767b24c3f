package org.jarvis.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.nio.charset.StandardCharsets;

/** Messages as server-sent events. JSON has no line break in it, so one data line holds it all. */
final class EventText {
  static final String MEDIA_TYPE = "text/event-stream";

  private EventText() {}

  static byte[] of(McpSchema.JSONRPCMessage message) {
    return ("event: message\ndata: " + Json.text(message) + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
