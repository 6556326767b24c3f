package org.jarvis.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the one JSON-RPC message that a body is. */
final class Incoming {
  private static final int LONGEST_WORD = 200;

  private Incoming() {}

  /**
   * Reads a message; members that JSON-RPC does not know are passed over.
   *
   * @throws Denial for anything else
   */
  static McpSchema.JSONRPCMessage read(String body) {
    Map<String, @Nullable Object> members;
    try {
      members = Json.plainObject(body);
    } catch (JsonProcessingException unsound) {
      throw Denial.unreadable();
    }
    if (members == null || !McpSchema.JSONRPC_VERSION.equals(members.get("jsonrpc"))) {
      throw invalid("Send one message of JSON-RPC 2.0.");
    }
    Object id = members.get("id");
    Object method = members.get("method");
    if (method == null) {
      return response(members, id);
    }
    if (!(method instanceof String name) || name.length() > LONGEST_WORD) {
      throw invalid("method must be a short text.");
    }
    if (!members.containsKey("id")) {
      return new McpSchema.JSONRPCNotification(name, members.get("params"));
    }
    if (!isId(id)) {
      throw invalid("id must be a short text or a whole number.");
    }
    return new McpSchema.JSONRPCRequest(name, id, members.get("params"));
  }

  private static McpSchema.JSONRPCMessage response(
      Map<String, @Nullable Object> members, @Nullable Object id) {
    if (!isId(id) || !(members.containsKey("result") ^ members.containsKey("error"))) {
      throw invalid("A message has a method, or an id and either result or error.");
    }
    // What a client answers is never looked at, since it is never asked.
    return McpSchema.JSONRPCResponse.result(id, Map.of());
  }

  private static boolean isId(@Nullable Object id) {
    return id instanceof Integer
        || id instanceof Long
        || (id instanceof String text && text.length() <= LONGEST_WORD);
  }

  private static Denial invalid(String message) {
    return Denial.of(HttpServletResponse.SC_BAD_REQUEST, message);
  }
}
