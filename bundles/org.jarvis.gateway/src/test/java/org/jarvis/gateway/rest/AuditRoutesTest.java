package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking things up in the audit log. */
class AuditRoutesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private GatewayServer server;
  private AuditLog log;

  /** The log begins with one record of an earlier day, a failed login. */
  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    log = server.parts.audit().require();
    append(0, "ada (person)", "action.requested", "a-1", "stop_vm", "pve:home:guest:101");
    append(1, "ada (person)", "action.ended", "a-1", "stop_vm", "pve:home:guest:101");
    append(2, "ci (token)", "action.requested", "a-2", "start_vm", "pve:home:guest:102");
    log.append(
        new AuditEntry(
            NOON.plusSeconds(3), "ada (person)", "browser", "maintenance.began", "pve1", "{}"));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private void append(
      int second, String actor, String activity, String subject, String tool, String target) {
    log.append(
        new AuditEntry(
            NOON.plusSeconds(second),
            actor,
            "browser",
            activity,
            subject,
            "{\"targets\":[\"" + target + "\"],\"tool\":\"" + tool + "\"}"));
  }

  private JsonNode get(String query) throws Exception {
    HttpResponse<String> response = server.person("GET", "/api/audit?" + query, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private static List<Long> numbers(JsonNode page) {
    List<Long> numbers = new ArrayList<>();
    page.path("items").forEach(item -> numbers.add(item.path("seq").asLong()));
    return numbers;
  }

  @Test
  void listsTheOldestFirstUnlessTheNewestAreAskedFor() throws Exception {
    assertThat(numbers(get(""))).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(numbers(get("order=newest"))).containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(numbers(get("actor=ci"))).containsExactly(4L);
    assertThat(get("order=newest").path("total").asLong()).isEqualTo(5);
    assertThat(get("order=newest").path("next").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          actor=ADA                                              | 5,3,2
          actor=ada&activity=requested                           | 2
          activity=stop_vm                                       | 3,2
          activity=maintenance                                   | 5
          activity=targets                                       | ''
          resource=guest:102                                     | 4
          resource=a-1                                           | 3,2
          since=2026-03-01T12:00:01Z&until=2026-03-01T12:00:03Z  | 4,3
          since=2027-01-01T00:00:00Z                             | ''
          actor=%20                                              | 5,4,3,2,1
          """)
  void findsWhatIsAskedFor(String filter, String expected) throws Exception {
    List<Long> numbers = new ArrayList<>();
    for (String number : expected.split(",", 0)) {
      if (!number.isEmpty()) {
        numbers.add(Long.valueOf(number));
      }
    }
    assertThat(numbers(get("order=newest&" + filter))).isEqualTo(numbers);
  }

  @Test
  void goesOnWhereThePageEnded() throws Exception {
    JsonNode first = get("order=newest&actor=ada&limit=2");
    assertThat(numbers(first)).containsExactly(5L, 3L);
    log.append(
        new AuditEntry(NOON.plusSeconds(9), "ada (person)", "browser", "login", "ada", "{}"));

    JsonNode second = get("order=newest&actor=ada&limit=2&cursor=" + first.path("next").asText());

    assertThat(numbers(second)).containsExactly(2L);
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void readsABoundedNumberForAPageAndSaysFromWhereToSearchOn() throws Exception {
    for (int i = 0; i < AuditSearch.MOST_READ; i++) {
      log.append(new AuditEntry(NOON, "jarvis", "problems", "observed", "x", "{}"));
    }

    JsonNode first = get("order=newest&activity=stop_vm");
    assertThat(numbers(first)).isEmpty();

    JsonNode second = get("order=newest&activity=stop_vm&cursor=" + first.path("next").asText());
    assertThat(numbers(second)).containsExactly(3L, 2L);
    assertThat(second.path("next").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order=random",
        "order=oldest&actor=ada",
        "order=oldest&since=2026-03-01T12:00:00Z",
        "order=newest&since=yesterday",
        "order=newest&cursor=x",
        "order=newest&limit=0"
      })
  void refusesWhatItDoesNotUnderstand(String query) throws Exception {
    HttpResponse<String> response = server.person("GET", "/api/audit?" + query, null);

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("invalid-input");
  }

  @Test
  void refusesATextThatNobodyTypes() throws Exception {
    assertThat(
            server
                .person("GET", "/api/audit?order=newest&actor=" + "a".repeat(201), null)
                .statusCode())
        .isEqualTo(422);
  }
}
