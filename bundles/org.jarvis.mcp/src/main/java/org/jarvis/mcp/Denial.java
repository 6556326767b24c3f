package org.jarvis.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A request that the transport does not take; answered as an error of JSON-RPC without an id. */
final class Denial extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  private Denial(int status, int code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** The transport's own reasons. */
  static Denial of(int status, String message) {
    return new Denial(status, McpSchema.ErrorCodes.INVALID_REQUEST, message);
  }

  /** What came is no JSON. */
  static Denial unreadable() {
    return new Denial(
        HttpServletResponse.SC_BAD_REQUEST,
        McpSchema.ErrorCodes.PARSE_ERROR,
        "The body is not one sound JSON value within the bounds.");
  }

  void send(HttpServletResponse response) throws IOException {
    ObjectNode body = Json.object().put("jsonrpc", McpSchema.JSONRPC_VERSION).putNull("id");
    body.putObject("error").put("code", code).put("message", getMessage());
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(McpServlet.JSON);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
