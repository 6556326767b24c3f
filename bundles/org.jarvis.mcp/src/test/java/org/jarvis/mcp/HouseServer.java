package org.jarvis.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;

/** MCP on a real server on loopback, behind a stand-in for the gateway's guard. */
final class HouseServer implements AutoCloseable {
  static final String READ = "read";
  static final String OPERATE = "operate";
  static final String OTHER = "other";
  static final String FOR_MCP = "for-mcp";

  private static final Map<String, Authentication> TOKENS =
      Map.of(
          READ, token(READ, Audience.API, Scope.READ),
          OPERATE, token(OPERATE, Audience.API, Scope.READ, Scope.OPERATE),
          OTHER, token(OTHER, Audience.API, Scope.READ, Scope.OPERATE),
          FOR_MCP, token(FOR_MCP, Audience.MCP, Scope.READ, Scope.OPERATE));

  final FakeHouse house = new FakeHouse();
  final SessionTable sessions = new SessionTable(Clock.fixed(FakeHouse.NOON, ZoneOffset.UTC));
  final ToolShelf shelf = new ToolShelf(house.parts());
  private final HttpClient http = HttpClient.newHttpClient();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final List<McpSyncClient> clients = new ArrayList<>();

  HouseServer() throws Exception {
    this(Duration.ofSeconds(20));
  }

  HouseServer(Duration patience) throws Exception {
    ActionViews views = new ActionViews(house.parts());
    ToolCalls calls =
        new ToolCalls(
            house.parts(), shelf, views, patience, new WaitingRoom(2, 2), System::nanoTime);
    Clock clock = Clock.fixed(FakeHouse.NOON, ZoneOffset.UTC);
    Protocol protocol =
        new Protocol(
            shelf,
            calls,
            new StateResources(house.parts(), views, clock),
            new QuestionPrompts(house.parts()),
            "1.2.3");
    ServletContextHandler context = new ServletContextHandler("/");
    context.addFilter(new FilterHolder(guard()), "/*", EnumSet.of(DispatcherType.REQUEST));
    ServletHolder holder = new ServletHolder(new McpServlet(protocol, sessions, System::nanoTime));
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/mcp");
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
  }

  private static Authentication token(String id, Audience audience, Scope... scopes) {
    return new Authentication(
        new Principal("owner", PrincipalKind.TOKEN, id),
        Set.of(scopes),
        audience,
        null,
        Instant.parse("2026-03-02T00:00:00Z"));
  }

  private static Filter guard() {
    return (request, response, chain) -> {
      String header = ((HttpServletRequest) request).getHeader("Authorization");
      Authentication found =
          header == null ? null : TOKENS.get(header.substring("Bearer ".length()));
      request.setAttribute(
          Authentication.REQUEST_ATTRIBUTE, found == null ? null : found.from("127.0.0.1"));
      chain.doFilter(request, response);
    };
  }

  String origin() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  /** The SDK's own client, not yet initialised. */
  McpSyncClient client(String token, UnaryOperator<McpClient.SyncSpec> options) {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(origin())
            .jsonMapper(Json.MAPPER)
            .endpoint("/mcp")
            .openConnectionOnStartup(false)
            .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + token))
            .build();
    McpSyncClient client =
        options
            .apply(
                McpClient.sync(transport)
                    .jsonSchemaValidator(new DefaultJsonSchemaValidator())
                    .requestTimeout(Duration.ofSeconds(30))
                    .clientInfo(McpSchema.Implementation.builder("test", "1").build()))
            .build();
    clients.add(client);
    return client;
  }

  /** The SDK's own client in an open session. */
  McpSyncClient client(String token) {
    McpSyncClient client = client(token, options -> options);
    client.initialize();
    return client;
  }

  /**
   * A request on a connection of its own, since the server closes one whose body it refused unread,
   * maybe just when the next request takes it; further header names and values in turn.
   */
  HttpResponse<String> send(String method, String token, String body, String... headers)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(request(method, token, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest request(String method, String token, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + "/mcp"))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    List<String> given = List.of(headers);
    if (!given.contains("Accept")) {
      request.header("Accept", "application/json, text/event-stream");
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  HttpClient http() {
    return http;
  }

  /** Opens a session and tells its id. */
  String open(String token) throws Exception {
    HttpResponse<String> answer = send("POST", token, initialize("2025-11-25"));
    return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  static String initialize(String version) {
    return """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s",
        "capabilities":{"elicitation":{}},"clientInfo":{"name":"raw","version":"1"}}}"""
        .formatted(version);
  }

  static String call(Object id, String tool, String arguments) {
    return """
        {"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"name":"%s","arguments":%s}}"""
        .formatted(id, tool, arguments);
  }

  @Override
  public void close() throws Exception {
    clients.forEach(McpSyncClient::close);
    sessions.close();
    server.stop();
  }
}
