package org.jarvis.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.function.Supplier;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the sessions when the list of tools that they see has become another one. Used by one
 * thread.
 */
final class CatalogueWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueWatch.class);

  private final ToolShelf shelf;
  private final Supplier<List<ClientSession>> sessions;
  private @Nullable Lists last;

  /** The lists as they are seen with and without the scope {@code operate}. */
  private record Lists(List<McpSchema.Tool> operating, List<McpSchema.Tool> reading) {
    List<McpSchema.Tool> of(ClientSession session) {
      return session.client().operates() ? operating : reading;
    }
  }

  CatalogueWatch(ToolShelf shelf, Supplier<List<ClientSession>> sessions) {
    this.shelf = shelf;
    this.sessions = sessions;
  }

  /** Looks, and tells whoever it concerns. */
  void look() {
    Lists now;
    try {
      now = new Lists(shelf.list(true), shelf.list(false));
    } catch (JarvisException away) {
      LOG.debug("The catalogue is away: {}", away.getMessage());
      return;
    }
    Lists before = last;
    last = now;
    if (before == null) {
      return;
    }
    for (ClientSession session : sessions.get()) {
      if (!now.of(session).equals(before.of(session))) {
        session.tell(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED);
      }
    }
  }
}
