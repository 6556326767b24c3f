package org.jarvis.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import java.util.Map;

/**
 * One request or notification in the course of a session.
 *
 * @param client who sends it
 * @param session the session that it belongs to
 * @param call how it can be taken back
 */
record Asking(Client client, ClientSession session, Call call) {
  private static final String KEY = Asking.class.getName();

  /** In the form in which the MCP library hands it on. */
  McpTransportContext context() {
    return McpTransportContext.create(Map.of(KEY, this));
  }

  /** What was handed on. */
  static Asking of(McpAsyncServerExchange exchange) {
    if (exchange.transportContext().get(KEY) instanceof Asking asking) {
      return asking;
    }
    throw new IllegalStateException("A request came by another way than the servlet.");
  }
}
