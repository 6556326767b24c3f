package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.api.auth.Scope;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final Set<String> PUBLIC =
      Set.of("get /health", "post /auth/setup", "post /auth/login");

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /** Every route of every resource, as {@code get /tools}. */
  private Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    for (Object resource : RestResources.of(server.parts, null, null, null)) {
      Path base = resource.getClass().getAnnotation(Path.class);
      if (base != null) {
        for (Method method : resource.getClass().getDeclaredMethods()) {
          Path path = method.getAnnotation(Path.class);
          for (Annotation annotation : method.getAnnotations()) {
            HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (http != null) {
              routes.add(
                  http.value().toLowerCase(Locale.ROOT)
                      + " "
                      + base.value()
                      + (path == null ? "" : "/" + path.value()));
            }
          }
        }
      }
    }
    return routes;
  }

  @Test
  void describesEveryRouteAndNoOther() throws Exception {
    JsonNode document =
        new ObjectMapper().readTree(server.token("GET", "/api/openapi.json", null).body());
    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> described.add(method + " " + path.getKey())));
    assertThat(described).isEqualTo(routes()).hasSizeGreaterThan(15);
  }

  @Test
  void resolvesEveryReferenceOfTheDescription() throws Exception {
    JsonNode document =
        new ObjectMapper().readTree(server.token("GET", "/api/openapi.json", null).body());
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void answersNothingWithoutALoginButWhatIsPublic() throws Exception {
    for (String route : routes()) {
      String[] parts = route.split(" ", -1);
      String path = "/api" + parts[1].replace("{ref}", "pve:home:guest:101");
      path =
          path.replace("{name}", "stop_vm")
              .replace("{id}", "action-1")
              .replace("{remedy}", "start")
              .replace("{key}", "theme")
              .replace("{cluster}", "home")
              .replace("{alias}", "cinema")
              .replace("{file}", "ups.rules")
              .replace("{kind}", "some")
              .replace("{upid}", "UPID");
      boolean post = !parts[0].equals("get") && !parts[0].equals("delete");
      int status =
          server.send(parts[0].toUpperCase(Locale.ROOT), path, post ? "{}" : null).statusCode();
      if (PUBLIC.contains(route)) {
        assertThat(status).as(route).isNotEqualTo(401);
      } else {
        assertThat(status).as(route).isEqualTo(401);
      }
    }
    assertThat(server.core.requests).isEmpty();
  }

  @Test
  void asksEveryRouteForItsScope() throws Exception {
    for (String route : routes()) {
      if (PUBLIC.contains(route)) {
        continue;
      }
      Scope needed =
          route.matches("\\S+ /auth/(tokens|sessions|password).*")
              ? Scope.ADMIN
              : route.startsWith("get ") || route.equals("post /commands/preview")
                  ? Scope.READ
                  : Scope.OPERATE;
      assertThat(refused(route, FakeAuthenticator.NO_SCOPE_TOKEN)).as(route).isTrue();
      assertThat(refused(route, FakeAuthenticator.READ_TOKEN))
          .as(route)
          .isEqualTo(needed.compareTo(Scope.READ) > 0);
      assertThat(refused(route, FakeAuthenticator.TOKEN))
          .as(route)
          .isEqualTo(needed.compareTo(Scope.OPERATE) > 0);
      assertThat(refused(route, FakeAuthenticator.ADMIN_TOKEN)).as(route).isFalse();
    }
  }

  private boolean refused(String route, String token) throws Exception {
    String[] parts = route.split(" ", -1);
    String path = "/api" + parts[1].replace("{ref}", "pve:home:guest:101");
    path =
        path.replace("{name}", "stop_vm")
            .replace("{id}", "no-such-id")
            .replace("{remedy}", "start")
            .replace("{key}", "theme")
            .replace("{cluster}", "home")
            .replace("{alias}", "cinema")
            .replace("{file}", "ups.rules")
            .replace("{kind}", "some")
            .replace("{upid}", "UPID");
    boolean reading = parts[0].equals("get");
    return server
        .send(
            parts[0].toUpperCase(Locale.ROOT),
            path,
            reading ? null : "{}",
            "Authorization",
            "Bearer " + token)
        .body()
        .contains("insufficient-scope");
  }
}
