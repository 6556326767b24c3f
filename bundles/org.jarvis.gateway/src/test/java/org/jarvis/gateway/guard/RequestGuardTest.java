package org.jarvis.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.gateway.FakeAuthenticator.COOKIE;
import static org.jarvis.gateway.FakeAuthenticator.CSRF;
import static org.jarvis.gateway.FakeAuthenticator.TOKEN;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
  private static final String RUN = "/api/tools/stop_vm";
  private static final String ARGUMENTS = "{\"arguments\":{}}";
  private static final String SESSION = "jarvis_session=" + COOKIE;

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains("\"code\":\"" + code + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/tools",
        "/api/nothing",
        "/api",
        "/nothing",
        "/ws/cluster",
        "/ws/events",
        "/ws/nothing",
        "/API/health",
        "/api/Health",
        "/api/health/x",
        "/api/auth/login",
        "/metrics",
        "/mcp",
        "/assets",
        "/system/console"
      })
  void demandsALoginForEverythingThatIsNotPublic(String path) throws Exception {
    assertProblem(server.send("GET", path, null), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/health/",
        "//api/health",
        "/api//tools",
        "/api/health/../tools",
        "/api/health/%2e%2e/tools",
        "/api/tools;/api/health",
        "/api/health;jsessionid=x",
        "/%61pi/tools",
        "/api/%74ools",
        "/api%2ftools",
        "/api/tools/%00",
        "/index.html/../api/tools",
        "/assets/../api/tools",
        "/assets/%2e%2e/api/tools",
        "/assets/..;/api/tools"
      })
  void letsNoOddPathThrough(String path) throws Exception {
    String answer =
        server.raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    assertThat(answer).containsPattern("^HTTP/1.1 40[01] ");
  }

  @Test
  void letsEverybodyReadHealth() throws Exception {
    HttpResponse<String> response = server.send("GET", "/api/health", null);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.test", "evil.test:8480", "127.0.0.1.evil.test", "10.0.0.1"})
  void refusesForeignHosts(String host) throws Exception {
    String answer =
        server.raw("GET /api/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 403").contains("foreign-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:9999", "127.0.0.1", "[::1]:80", "JARVIS.test"})
  void knowsItsOwnHosts(String host) throws Exception {
    String answer =
        server.raw("GET /api/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "http://evil.test", "http://127.0.0.1:1", "https://127.0.0.1", "", "x"})
  void refusesForeignOriginsWhateverTheCredentials(String origin) throws Exception {
    assertProblem(
        server.send("POST", RUN, ARGUMENTS, "Origin", origin, "Authorization", "Bearer " + TOKEN),
        403,
        "foreign-origin");
    assertProblem(
        server.send(
            "POST", RUN, ARGUMENTS, "Origin", origin, "Cookie", SESSION, "X-CSRF-Token", CSRF),
        403,
        "foreign-origin");
    assertProblem(
        server.send("POST", "/api/auth/login", "{}", "Origin", origin), 403, "foreign-origin");
    assertThat(server.core.requests).isEmpty();
  }

  @Test
  void refusesForeignOriginsOnUpgrades() throws Exception {
    String answer =
        server.raw(
            "GET /ws/cluster HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.port()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: http://evil.test\r\nCookie: "
                + SESSION
                + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 403").contains("foreign-origin");
  }

  @Test
  void acceptsItsOwnAndConfiguredOrigins() throws Exception {
    assertThat(server.person("POST", RUN, ARGUMENTS).statusCode()).isEqualTo(200);
    assertThat(
            server
                .send(
                    "POST",
                    RUN,
                    ARGUMENTS,
                    "Origin",
                    "https://proxy.test",
                    "Authorization",
                    "Bearer " + TOKEN)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void refusesCrossSiteRequestsWithoutOrigin() throws Exception {
    assertProblem(
        server.send(
            "POST",
            RUN,
            ARGUMENTS,
            "Sec-Fetch-Site",
            "cross-site",
            "Authorization",
            "Bearer " + TOKEN),
        403,
        "foreign-origin");
  }

  @Test
  void demandsTheCsrfHeaderForWritesOfASession() throws Exception {
    assertProblem(server.send("POST", RUN, ARGUMENTS, "Cookie", SESSION), 403, "csrf-invalid");
    assertProblem(
        server.send("POST", RUN, ARGUMENTS, "Cookie", SESSION, "X-CSRF-Token", "guess"),
        403,
        "csrf-invalid");
    assertThat(server.send("GET", "/api/tools", null, "Cookie", SESSION).statusCode())
        .isEqualTo(200);
    assertThat(server.core.requests).isEmpty();
  }

  @Test
  void judgesWhoeverPresentsATokenByItAlone() throws Exception {
    assertProblem(
        server.send("GET", "/api/tools", null, "Authorization", "Bearer wrong", "Cookie", SESSION),
        401,
        "unauthenticated");
    assertProblem(
        server.send("GET", "/api/tools", null, "Authorization", "Basic b3duZXI6eA=="),
        401,
        "unauthenticated");
    assertThat(
            server
                .send(
                    "GET",
                    "/api/auth/me",
                    null,
                    "Authorization",
                    "bearer " + TOKEN,
                    "Cookie",
                    SESSION)
                .body())
        .contains("\"kind\":\"token\"");
  }

  @Test
  void refusesTwoSessionCookies() throws Exception {
    assertProblem(
        server.send("GET", "/api/tools", null, "Cookie", "jarvis_session=planted; " + SESSION),
        401,
        "unauthenticated");
  }

  @Test
  void refusesWhatTheScopesDoNotCover() throws Exception {
    assertProblem(
        server.send(
            "POST", RUN, ARGUMENTS, "Authorization", "Bearer " + FakeAuthenticator.READ_TOKEN),
        403,
        "insufficient-scope");
    assertProblem(
        server.send(
            "GET",
            "/api/tools",
            null,
            "Authorization",
            "Bearer " + FakeAuthenticator.NO_SCOPE_TOKEN),
        403,
        "insufficient-scope");
  }

  @Test
  void saysWhichPartIsMissingWhenNobodyCanTellWhoSomebodyIs() throws Exception {
    server.parts.authenticator().remove(server.auth);
    HttpResponse<String> response = server.token("GET", "/api/tools", null);
    assertProblem(response, 503, "part-missing");
    assertThat(response.body()).contains("org.jarvis.auth");
    assertThat(server.send("GET", "/api/tools", null).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesBodiesThatAreTooLargeOrNoJson() throws Exception {
    String large = "{\"arguments\":{\"x\":\"" + "y".repeat(1024 * 1024) + "\"}}";
    assertProblem(server.token("POST", RUN, large), 413, "too-large");
    String head =
        "POST "
            + RUN
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
            + TOKEN
            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    String chunk = Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n";
    assertThat(server.raw(head + chunk)).startsWith("HTTP/1.1 413");
    assertProblem(
        server.send(
            "POST",
            RUN,
            "arguments=1",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Authorization",
            "Bearer " + TOKEN),
        415,
        "unsupported-media-type");
    assertThat(server.core.requests).isEmpty();
  }

  private void floodUntilThrottled(String path, String... headers) throws Exception {
    int status = 0;
    for (int i = 0; i < 20_000 && status != 429; i++) {
      status = server.send("GET", path, null, headers).statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  @Test
  void keepsOutNobodyWhoIsLoggedInBehindTheProxyThatAFloodComesBy() throws Exception {
    assertThat(server.token("GET", "/api/tools", null).statusCode()).isEqualTo(200);

    floodUntilThrottled("/index.html");
    floodUntilThrottled("/api/tools", "Authorization", "Bearer wrong");

    for (int i = 0; i < 50; i++) { // more than by luck
      assertThat(server.token("GET", "/api/tools", null).statusCode()).isEqualTo(200);
      assertThat(server.token("GET", "/index.html", null).statusCode()).isNotEqualTo(429);
      assertThat(server.send("GET", "/api/health", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsSomebodyLogInAnewDuringAFloodWithoutCredentials() throws Exception {
    floodUntilThrottled("/api/tools");

    for (int i = 0; i < 50; i++) {
      assertThat(server.person("GET", "/api/tools", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsSlowBodiesOfStrangersHoldOnlyAFewThreads() throws Exception {
    String login = "{\"username\":\"owner\",\"password\":\"right\"}";
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        slow.add(beginLogin(login));
      }
      // Until the server has begun to read all the slow ones.
      assertThat(loginUntil(429, login)).contains("throttled");
      assertThat(server.token("POST", RUN, ARGUMENTS).statusCode()).isEqualTo(200);

      slow.get(0).getOutputStream().write(login.substring(1).getBytes(StandardCharsets.UTF_8));
      slow.get(0).getOutputStream().flush();
      assertThat(new String(slow.get(0).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200");
      // Its place is free a moment after its answer is out.
      loginUntil(200, login);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void answersABodyThatBreaksOffAsTheClientsMistake() throws Exception {
    try (Socket socket = beginLogin("{\"username\":\"owner\",\"password\":\"right\"}")) {
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("malformed-request");
    }
  }

  /** Logs in again and again until the answer has this status, for 20 s. */
  private String loginUntil(int status, String login) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String answer = "";
    while (!answer.startsWith("HTTP/1.1 " + status) && System.nanoTime() < deadline) {
      answer = login(login);
    }
    assertThat(answer).startsWith("HTTP/1.1 " + status);
    return answer;
  }

  private static String loginHead(int length) {
    return "POST /api/auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        + "Connection: close\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  /** With the first byte of the body; before that no thread is held. */
  private Socket beginLogin(String body) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    String begin = loginHead(body.length()) + body.charAt(0);
    socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  private String login(String body) throws IOException {
    return server.raw(loginHead(body.length()) + body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void makesNoOtherMethodPublic(String method) throws Exception {
    String answer =
        server.raw(
            method
                + " /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 401");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "FOO", "PUT", "DELETE"})
  void answersAMethodThatAChannelDoesNotKnowWithAProblem(String method) throws Exception {
    String answer =
        server.raw(
            method
                + " /ws/cluster HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Echo: me\r\nContent-Length: 0\r\n"
                + "Authorization: Bearer "
                + TOKEN
                + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405").contains("method-not-allowed");
    assertThat(answer).contains("application/problem+json").doesNotContain("X-Echo");
  }

  @Test
  void answersAnAcceptHeaderThatNobodyUnderstandsWithAProblem() throws Exception {
    String answer =
        server.raw(
            "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: ;;\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    assertThat(answer).contains("malformed-request").contains("nosniff");
  }

  private HttpResponse<String> bearer(String token, String method, String path, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + token));
    String body = method.equals("POST") ? "{}" : null;
    return server.send(method, path, body, all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/tools", "/api/auth/me", "/metrics", "/ws/cluster", "/nothing"})
  void opensNothingButMcpToATokenThatWasMadeForIt(String path) throws Exception {
    HttpResponse<String> refused = bearer(FakeAuthenticator.MCP_TOKEN, "GET", path);
    assertProblem(refused, 403, "insufficient-scope");
    assertThat(refused.body()).contains("made for MCP");
    assertProblem(bearer(FakeAuthenticator.MCP_TOKEN, "POST", RUN), 403, "insufficient-scope");
    // Nobody serves it here; what matters is that the guard lets it through.
    assertProblem(bearer(FakeAuthenticator.MCP_TOKEN, "POST", "/mcp"), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void takesNoCookieForMcp(String method) throws Exception {
    String body = method.equals("POST") ? "{}" : null;
    assertProblem(
        server.send(method, "/mcp", body, "Cookie", SESSION, "X-CSRF-Token", CSRF),
        401,
        "unauthenticated");
  }

  @Test
  void leavesItToMcpWhichToolsAReadingTokenMayCall() throws Exception {
    assertProblem(bearer(FakeAuthenticator.READ_TOKEN, "POST", "/mcp"), 404, "not-found");
    assertProblem(bearer(FakeAuthenticator.READ_TOKEN, "POST", RUN), 403, "insufficient-scope");
    assertProblem(
        bearer(FakeAuthenticator.NO_SCOPE_TOKEN, "POST", "/mcp"), 403, "insufficient-scope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE", "OPTIONS"})
  void refusesMcpToPagesOfOtherOriginsByEveryMethod(String method) throws Exception {
    for (String[] foreign :
        List.of(
            new String[] {"Origin", "https://evil.test"},
            new String[] {"Origin", "null"},
            new String[] {"Sec-Fetch-Site", "cross-site"})) {
      assertProblem(bearer(TOKEN, method, "/mcp", foreign), 403, "foreign-origin");
    }
  }
}
