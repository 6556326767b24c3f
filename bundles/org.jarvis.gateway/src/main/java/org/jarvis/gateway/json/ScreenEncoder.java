package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jarvis.api.screen.Screen;

/** Tells what the screen shows, the same for REST and for the live channel. */
public final class ScreenEncoder {
  private ScreenEncoder() {}

  /** What is shown; its content is null where nothing is. */
  public static ObjectNode encode(Screen.Shown shown) {
    ObjectNode json = Json.object().put("revision", shown.revision());
    json.set("content", shown.isEmpty() ? NullNode.instance : Json.of(shown.content().values()));
    return json.put("by", shown.by())
        .put("origin", shown.origin().word())
        .put("at", Json.time(shown.at()));
  }
}
