package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jarvis.api.extension.Extension;

/** Tells of what was dropped in. */
public final class ExtensionEncoder {
  private ExtensionEncoder() {}

  /** One extension. */
  public static ObjectNode encode(Extension extension) {
    ObjectNode json =
        Json.object()
            .put("id", extension.id())
            .put("file", extension.file())
            .put("symbolicName", extension.symbolicName())
            .put("version", extension.version())
            .put("name", extension.name())
            .put("description", extension.description())
            .put("size", extension.size())
            .put("sha256", extension.id());
    Extension.Signer signer = extension.signer();
    if (signer == null) {
      json.putNull("signer");
    } else {
      json.putObject("signer")
          .put("subject", signer.subject())
          .put("fingerprint", signer.fingerprint());
    }
    ArrayNode asks = json.putArray("asks");
    extension.asks().forEach(asks::add);
    Instant decidedAt = extension.decidedAt();
    return json.put("replaces", extension.replaces())
        .put("state", extension.state().word())
        .put("reason", extension.reason())
        .put("decidedBy", extension.decidedBy())
        .put("decidedAt", decidedAt == null ? null : Json.time(decidedAt));
  }
}
