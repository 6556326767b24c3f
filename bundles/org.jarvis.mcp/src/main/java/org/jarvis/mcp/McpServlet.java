package org.jarvis.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jarvis.api.auth.Authentication;
import org.jspecify.annotations.Nullable;

/**
 * MCP's streamable HTTP transport: a client posts its messages, listens by GET, and ends its
 * session by DELETE. Who it is was found out before by the gateway's guard.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">MCP,
 *     transports</a>
 */
final class McpServlet extends HttpServlet {
  static final String JSON = "application/json";

  private static final long serialVersionUID = 1L;
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final int MAX_BODY = 1024 * 1024;

  private final transient Protocol protocol;
  private final transient SessionTable sessions;
  private final transient LongSupplier nanos;

  McpServlet(Protocol protocol, SessionTable sessions, LongSupplier nanos) {
    this.protocol = protocol;
    this.sessions = sessions;
    this.nanos = nanos;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Client client = Client.of(request);
      checkVersion(request);
      switch (request.getMethod()) {
        case "POST" -> post(request, response, client);
        case "GET" -> listen(request, response, client);
        case "DELETE" -> end(request, response, client);
        default -> {
          response.setHeader("Allow", "GET, POST, DELETE");
          throw Denial.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Use POST, GET or DELETE.");
        }
      }
    } catch (Denial denial) {
      denial.send(response);
    }
  }

  private void post(HttpServletRequest request, HttpServletResponse response, Client client)
      throws IOException {
    if (!accepts(request, JSON) || !accepts(request, EventText.MEDIA_TYPE)) {
      throw Denial.of(
          HttpServletResponse.SC_NOT_ACCEPTABLE,
          "Accept both application/json and text/event-stream.");
    }
    McpSchema.JSONRPCMessage message = Incoming.read(body(request));
    if (message instanceof McpSchema.JSONRPCRequest asked
        && asked.method().equals(McpSchema.METHOD_INITIALIZE)) {
      open(request, response, client, asked);
      return;
    }
    ClientSession session = session(request, client);
    if (message instanceof McpSchema.JSONRPCRequest asked) {
      answer(response, client, session, asked);
      return;
    }
    if (message instanceof McpSchema.JSONRPCNotification told && protocol.knows(told)) {
      session
          .protocol()
          .accept(told)
          .contextWrite(
              context ->
                  context.put(
                      McpTransportContext.KEY,
                      new Asking(client, session, new Call(client)).context()))
          .block();
    }
    // Nothing was ever asked of the client, so a response answers nothing.
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
  }

  private void open(
      HttpServletRequest request,
      HttpServletResponse response,
      Client client,
      McpSchema.JSONRPCRequest asked)
      throws IOException {
    McpSchema.JSONRPCResponse answer;
    try {
      answer =
          McpSchema.JSONRPCResponse.result(asked.id(), protocol.greet(Params.of(asked.params())));
    } catch (McpError wrong) {
      send(
          response,
          HttpServletResponse.SC_BAD_REQUEST,
          McpSchema.JSONRPCResponse.error(asked.id(), wrong.getJsonRpcError()));
      return;
    }
    ClientSession session = new ClientSession(client, expiry(request), protocol.open(), nanos);
    sessions.add(session);
    response.setHeader(SESSION, session.id());
    send(response, HttpServletResponse.SC_OK, answer);
  }

  private static @Nullable Instant expiry(HttpServletRequest request) {
    return request.getAttribute(Authentication.REQUEST_ATTRIBUTE) instanceof Authentication found
        ? found.expiresAt()
        : null;
  }

  private static void answer(
      HttpServletResponse response,
      Client client,
      ClientSession session,
      McpSchema.JSONRPCRequest asked) {
    Call call = new Call(client);
    if (!session.begin(asked.id(), call)) {
      throw Denial.of(
          429, "Too many requests of this session are under way, or one of this id is.");
    }
    PostReply reply = new PostReply(response, call, () -> session.end(asked.id(), call));
    try {
      session
          .protocol()
          .responseStream(reply)
          .handle(asked)
          .contextWrite(
              context ->
                  context.put(McpTransportContext.KEY, new Asking(client, session, call).context()))
          .block();
      reply.finish();
    } finally {
      session.end(asked.id(), call);
    }
  }

  private void listen(HttpServletRequest request, HttpServletResponse response, Client client)
      throws IOException {
    if (!accepts(request, EventText.MEDIA_TYPE)) {
      throw Denial.of(HttpServletResponse.SC_NOT_ACCEPTABLE, "Accept text/event-stream.");
    }
    ClientSession session = session(request, client);
    response.setContentType(EventText.MEDIA_TYPE);
    AsyncContext context = request.startAsync(request, response);
    // As long as the client wants; the session's end ends it.
    context.setTimeout(0);
    ListeningStream stream = new ListeningStream(context);
    // Begun first: a session that has ended meanwhile closes it at once.
    stream.begin();
    session.listen(stream);
  }

  private void end(HttpServletRequest request, HttpServletResponse response, Client client) {
    sessions.end(session(request, client));
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private ClientSession session(HttpServletRequest request, Client client) {
    String id =
        Optional.ofNullable(request.getHeader(SESSION))
            .orElseThrow(
                () ->
                    Denial.of(
                        HttpServletResponse.SC_BAD_REQUEST,
                        "Send the header " + SESSION + ", as initialize answered it."));
    // Another token's session does not exist, as far as this one can tell.
    return sessions
        .find(id, client)
        .orElseThrow(
            () ->
                Denial.of(
                    HttpServletResponse.SC_NOT_FOUND,
                    "There is no such session. Begin with initialize."));
  }

  private static void checkVersion(HttpServletRequest request) {
    String version = request.getHeader(VERSION);
    if (version != null && !Protocol.VERSIONS.contains(version)) {
      throw Denial.of(
          HttpServletResponse.SC_BAD_REQUEST,
          VERSION + " must be one of " + String.join(", ", Protocol.VERSIONS) + ".");
    }
  }

  private static boolean accepts(HttpServletRequest request, String type) {
    String accepted = String.join(",", Collections.list(request.getHeaders("Accept")));
    String family = type.substring(0, type.indexOf('/')) + "/*";
    for (String range : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String plain = range.split(";", 2)[0].trim();
      if (plain.equals(type) || plain.equals(family) || plain.equals("*/*")) {
        return true;
      }
    }
    return false;
  }

  private static String body(HttpServletRequest request) throws IOException {
    byte[] bytes = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw Denial.of(413, "The body is larger than " + MAX_BODY + " bytes.");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void send(
      HttpServletResponse response, int status, McpSchema.JSONRPCMessage message)
      throws IOException {
    byte[] body = Json.text(message).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(JSON);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
