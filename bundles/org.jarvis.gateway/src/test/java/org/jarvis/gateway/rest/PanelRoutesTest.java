package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelContent.Column;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.panel.PanelValue;
import org.jarvis.api.panel.Panels;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Arguments;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PanelRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofMillis(2500);
  private static final String GUEST = "pve:home:guest:101";
  private static final ResourceRef REF = ResourceRef.parse(GUEST).orElseThrow();

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private void shows(String id, PanelContent content, Instant at, String failure) {
    PanelKey key = new PanelKey(id, null);
    server.panels.readings.put(key, new PanelReading(key, content, at, INTERVAL, failure));
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = server.token("GET", path, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private JsonNode content(PanelContent content) throws Exception {
    shows("some", content, AT, null);
    return get("/api/panels/some").path("content");
  }

  @Test
  void listsWhatIsThere() throws Exception {
    server.panels.entries.add(
        new Panels.Entry(
            new PanelDefinition("ups", "UPS <b>", "Its load.", ResourceKind.GUEST, INTERVAL),
            "org.example.ups"));

    assertThat(get("/api/panels").path("items").get(0))
        .isEqualTo(
            JSON.readTree(
                """
                {"id": "ups", "title": "UPS <b>", "description": "Its load.", "subject": "guest",
                 "interval": 2.5, "provider": "org.example.ups"}
                """));
  }

  @Test
  void tellsTheAgeAndWhatWentWrong() throws Exception {
    PanelContent content =
        new PanelContent.Stats(
            List.of(
                new PanelContent.Stat(
                    "Load", PanelValue.of(42), "%", Severity.WARNING, PanelContent.Trend.RISING)));
    shows("ups", content, AT, "It failed: IOException.");

    assertThat(get("/api/panels/ups"))
        .isEqualTo(
            JSON.readTree(
                """
                {"id": "ups", "ref": null, "at": "2026-03-01T12:00:00.000Z", "interval": 2.5,
                 "stale": true, "failure": "It failed: IOException.",
                 "content": {"kind": "stats", "stats": [{"label": "Load",
                   "value": {"number": 42.0}, "unit": "%", "severity": "warning",
                   "trend": "rising"}]}}
                """));
    shows("ups", null, null, null);
    assertThat(get("/api/panels/ups").path("content").isNull()).isTrue();
    assertThat(get("/api/panels/ups").path("stale").asBoolean()).isTrue();
  }

  @Test
  void tellsEveryKindOfContent() throws Exception {
    PanelContent table =
        new PanelContent.Table(
            List.of(
                new Column("Name", Column.Type.TEXT),
                new Column("Size", Column.Type.NUMBER, "B"),
                new Column("Since", Column.Type.TIME),
                new Column("Guest", Column.Type.RESOURCE)),
            List.of(
                List.of(
                    PanelValue.of("a"),
                    PanelValue.unknown(),
                    PanelValue.of(AT),
                    PanelValue.of(REF, "media"))),
            3);
    JsonNode told = content(table);
    assertThat(told.path("more").asInt()).isEqualTo(3);
    assertThat(told.path("columns").get(1).path("unit").asText()).isEqualTo("B");
    assertThat(told.path("rows").toString())
        .isEqualTo(
            "[[{\"text\":\"a\"},null,{\"at\":\"2026-03-01T12:00:00.000Z\"},"
                + "{\"ref\":\"pve:home:guest:101\",\"name\":\"media\"}]]");
    assertThat(
            content(
                    new PanelContent.TimeSeries(
                        List.of(
                            new PanelContent.Series(
                                "load", "W", List.of(new PanelContent.Point(AT, null))))))
                .toString())
        .isEqualTo(
            "{\"kind\":\"series\",\"series\":[{\"name\":\"load\",\"unit\":\"W\",\"points\":["
                + "{\"at\":\"2026-03-01T12:00:00.000Z\",\"value\":null}]}]}");
    assertThat(
            content(
                    new PanelContent.Log(
                        List.of(
                            new PanelContent.Line(AT, PanelContent.Line.Level.ERROR, "broken"))))
                .toString())
        .isEqualTo(
            "{\"kind\":\"log\",\"lines\":[{\"at\":\"2026-03-01T12:00:00.000Z\","
                + "\"level\":\"error\",\"text\":\"broken\"}]}");
  }

  @Test
  void decidesWhatIsOfferedAsTheMenuDoes() throws Exception {
    JsonNode offers =
        content(
                new PanelContent.Actions(
                    List.of(
                        new PanelContent.Offer(
                            "stop_vm", new Arguments(Map.of("vmid", 101)), "Refresh"),
                        new PanelContent.Offer("format_moon", Arguments.none(), "Go"))))
            .path("offers");

    JsonNode stop = offers.get(0);
    assertThat(stop.path("label").asText()).isEqualTo("Refresh");
    assertThat(stop.path("title").asText()).isEqualTo("Shut down");
    assertThat(stop.path("tier").asText()).isEqualTo("RED");
    assertThat(stop.path("reason").asText()).isEqualTo("It is protected.");
    JsonNode unknown = offers.get(1);
    assertThat(unknown.path("available").asBoolean(true)).isFalse();
    assertThat(unknown.path("reason").asText()).isEqualTo("There is no tool of that name.");
    assertThat(server.core.requests).isEmpty();
  }

  @Test
  void saysWhichParameterIsWrong() throws Exception {
    assertThat(server.token("GET", "/api/panels/none", null).statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = server.token("GET", "/api/panels/some?ref=nowhere", null);
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(JSON.readTree(wrong.body()).path("errors").toString()).contains("\"ref\"");
    PanelKey within = new PanelKey("some", REF);
    server.panels.readings.put(within, new PanelReading(within, null, null, INTERVAL, null));
    assertThat(get("/api/panels/some?ref=" + GUEST).path("ref").asText()).isEqualTo(GUEST);
  }
}
