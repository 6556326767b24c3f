package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import org.jarvis.api.auth.Secret;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKENS = "/api/auth/tokens";
  private static final String LOGIN = "{\"username\":\"owner\",\"password\":\"right\"}";
  private static final String WISH = "{\"name\":\"script\",\"scopes\":[\"read\",\"operate\"]}";

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> bearer(String token, String method, String path, String body)
      throws Exception {
    return server.send(method, path, body, "Authorization", "Bearer " + token);
  }

  private static void problem(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(response).path("code").asText()).isEqualTo(code);
  }

  private static List<String> cookies(HttpResponse<String> response) {
    return response.headers().allValues("Set-Cookie");
  }

  @Test
  void setsTwoCookiesThatNoScriptAndNoOtherSiteCanUse() throws Exception {
    List<String> plain = cookies(server.send("POST", "/api/auth/login", LOGIN));
    assertThat(plain).hasSize(2).allSatisfy(cookie -> assertThat(cookie).doesNotContain("Secure"));
    assertThat(plain.get(0)).matches("jarvis_session=[^;]+; Path=/; .*; HttpOnly; SameSite=Strict");
    assertThat(plain.get(1))
        .isEqualTo(
            "jarvis_browser="
                + FakeAuthenticator.BROWSER
                + "; Path=/api/auth/login; Max-Age=31536000; HttpOnly; SameSite=Strict");
    List<String> secure =
        cookies(server.send("POST", "/api/auth/login", LOGIN, "Origin", "https://proxy.test"));
    assertThat(secure).hasSize(2).allSatisfy(cookie -> assertThat(cookie).endsWith("; Secure"));
  }

  @Test
  void tellsTheLoginByWhatTheBrowserIsKnown() throws Exception {
    server.send("POST", "/api/auth/login", LOGIN);
    assertThat(server.auth.browser).isNull();
    server.send("POST", "/api/auth/login", LOGIN, "Cookie", "a=b; jarvis_browser=known");
    assertThat(server.auth.browser).isEqualTo(Secret.of("known"));
    server.send("POST", "/api/auth/login", LOGIN, "Cookie", "jarvis_browser=x; jarvis_browser=y");
    assertThat(server.auth.browser).isNull();
  }

  @Test
  void letsNobodyInByTheBrowserCookieAlone() throws Exception {
    problem(
        server.send(
            "GET", "/api/auth/me", null, "Cookie", "jarvis_browser=" + FakeAuthenticator.COOKIE),
        401,
        "unauthenticated");
  }

  @Test
  void makesListsAndRevokesATokenForAPerson() throws Exception {
    HttpResponse<String> created =
        server.person(
            "POST",
            TOKENS,
            "{\"name\":\"script\",\"scopes\":[\"operate\",\"read\"],"
                + "\"expiresAt\":\"2030-01-31T13:00:00+01:00\"}");
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode token = json(created);
    assertThat(token.properties())
        .extracting(entry -> entry.getKey())
        .containsExactly(
            "id", "name", "kind", "scopes", "audience", "createdAt", "expiresAt", "token");
    assertThat(token.path("token").asText()).isEqualTo(FakeAuthenticator.MADE_TOKEN);
    assertThat(token.path("expiresAt").asText()).isEqualTo("2030-01-31T12:00:00.000Z");
    assertThat(token.path("scopes").toString()).isEqualTo("[\"read\",\"operate\"]");
    JsonNode list = json(server.person("GET", TOKENS, null));
    assertThat(list.path("total").asInt()).isEqualTo(1);
    assertThat(list.path("next").isNull()).isTrue();
    JsonNode item = list.path("items").get(0);
    assertThat(item.properties())
        .extracting(entry -> entry.getKey())
        .containsExactly(
            "id", "name", "kind", "scopes", "audience", "createdAt", "expiresAt", "lastUsedAt");
    assertThat(item.path("kind").asText()).isEqualTo("named");
    assertThat(item.path("lastUsedAt").isNull()).isTrue();
    String path = TOKENS + "/" + token.path("id").asText();
    assertThat(server.person("DELETE", path, null).statusCode()).isEqualTo(204);
    problem(server.person("DELETE", path, null), 404, "not-found");
  }

  @Test
  void showsATokenWithoutEndAsOne() throws Exception {
    JsonNode token = json(server.person("POST", TOKENS, WISH));
    assertThat(token.path("expiresAt").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400 | name",
        "{\"name\":\"x\"} | 400 | scopes",
        "{\"name\":\"x\",\"scopes\":null} | 400 | scopes",
        "{\"name\":\"x\",\"scopes\":[]} | 422 | scopes",
        "{\"name\":\"x\",\"scopes\":\"read\"} | 422 | scopes",
        "{\"name\":\"x\",\"scopes\":{\"read\":1}} | 422 | scopes",
        "{\"name\":\"x\",\"scopes\":[\"root\"]} | 422 | scopes",
        "{\"name\":\"x\",\"scopes\":[1]} | 422 | scopes",
        "{\"name\":\"x\",\"scopes\":[\"read\",\"read\"]} | 422 | scopes",
        "{\"name\":7,\"scopes\":[\"read\"]} | 422 | name",
        "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"tomorrow\"} | 422 | expiresAt",
        "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"2030-01-31\"} | 422 | expiresAt",
        "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":5} | 422 | expiresAt",
        "{\"name\":\"x\",\"scopes\":[\"read\"],\"confirmed\":true} | 422 | confirmed"
      })
  void namesTheFieldThatIsWrong(String body, int status, String field) throws Exception {
    HttpResponse<String> response = server.person("POST", TOKENS, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).path("errors").findValuesAsText("field")).contains(field);
    assertThat(server.auth.tokens).isEmpty();
  }

  @Test
  void demandsTheCsrfHeaderForTokensSessionsAndPassword() throws Exception {
    String session = "jarvis_session=" + FakeAuthenticator.COOKIE;
    for (String route :
        List.of(
            "POST " + TOKENS,
            "DELETE " + TOKENS + "/x",
            "DELETE /api/auth/sessions/session-2",
            "POST /api/auth/password")) {
      String[] parts = route.split(" ", -1);
      problem(server.send(parts[0], parts[1], "{}", "Cookie", session), 403, "csrf-invalid");
    }
    assertThat(server.auth.ended).isEmpty();
  }

  @Test
  void letsATokenAdministerOnlyWithTheScopeAdmin() throws Exception {
    for (String token : List.of(FakeAuthenticator.READ_TOKEN, FakeAuthenticator.TOKEN)) {
      problem(bearer(token, "GET", TOKENS, null), 403, "insufficient-scope");
      problem(bearer(token, "POST", TOKENS, WISH), 403, "insufficient-scope");
      problem(bearer(token, "DELETE", TOKENS + "/x", null), 403, "insufficient-scope");
      problem(bearer(token, "GET", "/api/auth/sessions", null), 403, "insufficient-scope");
      problem(
          bearer(token, "DELETE", "/api/auth/sessions/session-1", null), 403, "insufficient-scope");
    }
    String admin = FakeAuthenticator.ADMIN_TOKEN;
    assertThat(bearer(admin, "POST", TOKENS, WISH).statusCode()).isEqualTo(201);
    assertThat(bearer(admin, "GET", "/api/auth/sessions", null).statusCode()).isEqualTo(200);
  }

  @Test
  void changesThePasswordForAPersonOnly() throws Exception {
    String body = "{\"current\":\"right\",\"new\":\"another long one\"}";
    problem(
        bearer(FakeAuthenticator.ADMIN_TOKEN, "POST", "/api/auth/password", body),
        403,
        "person-required");
    assertThat(server.auth.password).isNull();
    problem(
        server.person("POST", "/api/auth/password", "{\"current\":\"wrong\",\"new\":\"another\"}"),
        401,
        "login-failed");
    problem(
        server.person("POST", "/api/auth/password", "{\"current\":\"right\"}"),
        400,
        "malformed-request");
    assertThat(server.person("POST", "/api/auth/password", body).statusCode()).isEqualTo(204);
    assertThat(server.auth.password).isEqualTo(Secret.of("another long one"));
  }

  @Test
  void listsAndEndsSessions() throws Exception {
    JsonNode list = json(server.person("GET", "/api/auth/sessions", null));
    assertThat(list.path("items").findValuesAsText("current")).containsExactly("true", "false");
    assertThat(list.path("items").get(1).properties())
        .extracting(entry -> entry.getKey())
        .containsExactly("id", "address", "createdAt", "lastUsedAt", "expiresAt", "current");
    String other = "/api/auth/sessions/session-2";
    assertThat(server.person("DELETE", other, null).statusCode()).isEqualTo(204);
    problem(server.person("DELETE", other, null), 404, "not-found");
    assertThat(server.person("GET", "/api/auth/me", null).statusCode()).isEqualTo(200);
    server.person("DELETE", "/api/auth/sessions/session-1", null);
    problem(server.person("GET", "/api/auth/me", null), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "..", "x%2Fy", "%"})
  void refusesIdsThatCouldMeanAnotherPath(String id) throws Exception {
    String answer =
        server.raw(
            "DELETE "
                + TOKENS
                + "/"
                + id
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + FakeAuthenticator.ADMIN_TOKEN
                + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @Test
  void tellsWhatCredentialsCover() throws Exception {
    assertThat(json(server.person("GET", "/api/auth/me", null)).path("scopes").toString())
        .isEqualTo("[\"read\",\"operate\",\"admin\"]");
    assertThat(
            json(bearer(FakeAuthenticator.READ_TOKEN, "GET", "/api/auth/me", null))
                .path("scopes")
                .toString())
        .isEqualTo("[\"read\"]");
  }

  @Test
  void saysWhichPartIsMissingWhileThereIsNoLogin() throws Exception {
    server.parts.accounts().remove(server.auth);
    problem(server.person("GET", TOKENS, null), 503, "part-missing");
  }

  @Test
  void makesTokensForMcpAloneWhereThatIsAskedFor() throws Exception {
    HttpResponse<String> made =
        server.person(
            "POST", TOKENS, "{\"name\":\"claude\",\"scopes\":[\"read\"],\"audience\":\"mcp\"}");
    assertThat(json(made).path("audience").asText()).isEqualTo("mcp");
    assertThat(json(server.person("POST", TOKENS, WISH)).path("audience").asText())
        .isEqualTo("api");
    assertThat(json(server.person("GET", TOKENS, null)).findValuesAsText("audience"))
        .containsExactly("mcp", "api");
    problem(
        server.person(
            "POST", TOKENS, "{\"name\":\"x\",\"scopes\":[\"read\"],\"audience\":\"all\"}"),
        422,
        "invalid-input");
  }
}
