package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.resource.Guest;
import org.jarvis.gateway.GatewayServer;
import org.jarvis.gateway.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
  private static final String METRICS = "/api/resources/pve:home:guest:101/metrics";
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  private final Course course = new Course();
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    server.core.show(Home.at(Instant.now(), Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));
    server.parts.metrics().add(course);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /** Has two figures, and remembers what was asked for. */
  private static final class Course implements MetricStore {
    final List<String> asked = new ArrayList<>();
    boolean empty;

    @Override
    public void append(List<Sample> samples) {
      throw new AssertionError("The gateway records nothing.");
    }

    @Override
    public boolean knowsPast(String subject) {
      throw new AssertionError("The gateway fetches nothing.");
    }

    @Override
    public void addPast(String subject, Instant at, List<Past> pasts) {
      throw new AssertionError("The gateway records nothing.");
    }

    @Override
    public List<String> figures(String subject) {
      return empty ? List.of() : List.of("cpu", "memory");
    }

    @Override
    public List<Point> course(String subject, String figure, Instant from, Instant to, int points) {
      asked.add(
          subject + " " + figure + " " + Duration.between(from, to).toSeconds() + " " + points);
      return List.of(new Point(AT, 0.5, 0.25, 0.75));
    }
  }

  @Test
  void tellsTheCourseOfEveryFigure() throws Exception {
    HttpResponse<String> response =
        server.token(
            "GET", METRICS + "?from=2026-03-01T11:00:00Z&to=1772366400000&points=10", null);
    assertThat(response.body())
        .isEqualTo(
            "{\"ref\":\"pve:home:guest:101\",\"from\":\"2026-03-01T11:00:00.000Z\","
                + "\"to\":\"2026-03-01T12:00:00.000Z\",\"series\":["
                + "{\"figure\":\"cpu\",\"points\":[[1772366400000,0.5,0.25,0.75]]},"
                + "{\"figure\":\"memory\",\"points\":[[1772366400000,0.5,0.25,0.75]]}]}");
    assertThat(course.asked)
        .containsExactly("pve:home:guest:101 cpu 3600 10", "pve:home:guest:101 memory 3600 10");
  }

  @Test
  void putsTheLoadOfAClusterTogetherFromItsNodes() throws Exception {
    course.empty = true;
    assertThat(
            server
                .token(
                    "GET",
                    "/api/resources/pve:home:cluster/metrics"
                        + "?from=2026-03-01T11:00:00Z&to=2026-03-01T13:00:00Z&points=4",
                    null)
                .body())
        .endsWith("\"series\":[{\"figure\":\"cpu\",\"points\":[[1772366400000,0.5,0.25,0.75]]}]}");
    assertThat(course.asked).containsExactly("pve:home:node:pve1 cpu 7200 4");
  }

  @Test
  void meansTheLastHourInThreeHundredPoints() throws Exception {
    assertThat(server.token("GET", METRICS + "?figures=memory,none", null).statusCode())
        .isEqualTo(200);
    assertThat(course.asked).containsExactly("pve:home:guest:101 memory 3600 300");
  }

  @Test
  void hasAnEmptyListWhereNothingWasMeasured() throws Exception {
    course.empty = true;
    assertThat(server.token("GET", METRICS, null).body()).contains("\"series\":[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pve:home:guest:999", "pve:away:guest:101", "nonsense"})
  void knowsNoOtherResources(String ref) throws Exception {
    assertThat(server.token("GET", "/api/resources/" + ref + "/metrics", null).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesterday",
        "from=999999999999999999",
        "from=9999999999999999999",
        "to=%2B1000000000-12-31T23:59:59Z",
        "to=-5",
        "to=",
        "from=2026-03-01T12:00:00Z&to=2026-03-01T12:00:00Z",
        "points=0",
        "points=2001",
        "points=x",
        "figures=",
        "figures=cpu,,memory",
        "figures=a%20b"
      })
  void namesTheParameterThatIsWrong(String query) throws Exception {
    HttpResponse<String> response = server.token("GET", METRICS + "?" + query, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    assertThat(response.body())
        .contains("\"field\":\"" + query.substring(0, query.indexOf('=')) + "\"");
    assertThat(course.asked).isEmpty();
  }
}
