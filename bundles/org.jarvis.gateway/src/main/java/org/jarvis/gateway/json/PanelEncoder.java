package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.panel.PanelValue;
import org.jarvis.api.panel.Panels;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/** Tells of panels, the same for REST and for the live channel. What is not known is null. */
public final class PanelEncoder {
  private static final double MILLIS = 1000;

  private PanelEncoder() {}

  /** What a panel is; its interval is in seconds. */
  public static ObjectNode encode(Panels.Entry entry) {
    PanelDefinition definition = entry.definition();
    ResourceKind subject = definition.subject();
    return Json.object()
        .put("id", definition.id())
        .put("title", definition.title())
        .put("description", definition.description())
        .put("subject", subject == null ? null : subject.word())
        .put("interval", definition.interval().toMillis() / MILLIS)
        .put("provider", entry.provider());
  }

  /** What a panel shows at one place, without its content. */
  public static ObjectNode encode(PanelReading reading, Instant now) {
    ResourceRef subject = reading.key().subject();
    Instant at = reading.at();
    return Json.object()
        .put("id", reading.key().panel())
        .put("ref", subject == null ? null : subject.toString())
        .put("at", at == null ? null : Json.time(at))
        .put("interval", reading.interval().toMillis() / MILLIS)
        .put("stale", reading.staleAt(now))
        .put("failure", reading.failure());
  }

  /**
   * The content.
   *
   * @param offers tells of what could be done
   */
  public static JsonNode encode(
      @Nullable PanelContent content, Function<PanelContent.Offer, ObjectNode> offers) {
    if (content == null) {
      return NullNode.instance;
    }
    ObjectNode json = Json.object().put("kind", content.word());
    if (content instanceof PanelContent.Stats stats) {
      ArrayNode items = json.putArray("stats");
      stats.stats().forEach(stat -> items.add(encode(stat)));
    } else if (content instanceof PanelContent.Table table) {
      addTable(json, table);
    } else if (content instanceof PanelContent.TimeSeries series) {
      ArrayNode items = json.putArray("series");
      series.series().forEach(one -> items.add(encode(one)));
    } else if (content instanceof PanelContent.Log log) {
      ArrayNode items = json.putArray("lines");
      for (PanelContent.Line line : log.lines()) {
        items
            .addObject()
            .put("at", Json.time(line.at()))
            .put("level", line.level().word())
            .put("text", line.text());
      }
    } else if (content instanceof PanelContent.Actions actions) {
      ArrayNode items = json.putArray("offers");
      actions.offers().forEach(offer -> items.add(offers.apply(offer)));
    }
    return json;
  }

  /** An offer as it is, undecided. */
  public static ObjectNode encode(PanelContent.Offer offer) {
    ObjectNode json = Json.object().put("label", offer.title()).put("tool", offer.tool());
    json.set("arguments", Json.of(offer.arguments().values()));
    return json;
  }

  private static ObjectNode encode(PanelContent.Stat stat) {
    Severity severity = stat.severity();
    PanelContent.Trend trend = stat.trend();
    ObjectNode json = Json.object().put("label", stat.label());
    json.set("value", encode(stat.value()));
    return json.put("unit", stat.unit())
        .put("severity", severity == null ? null : severity.word())
        .put("trend", trend == null ? null : trend.word());
  }

  private static void addTable(ObjectNode json, PanelContent.Table table) {
    ArrayNode columns = json.putArray("columns");
    for (PanelContent.Column column : table.columns()) {
      columns
          .addObject()
          .put("title", column.title())
          .put("type", column.type().word())
          .put("unit", column.unit());
    }
    ArrayNode rows = json.putArray("rows");
    for (List<PanelValue> row : table.rows()) {
      ArrayNode cells = rows.addArray();
      row.forEach(value -> cells.add(encode(value)));
    }
    json.put("more", table.more());
  }

  private static ObjectNode encode(PanelContent.Series series) {
    ObjectNode json = Json.object().put("name", series.name()).put("unit", series.unit());
    ArrayNode points = json.putArray("points");
    for (PanelContent.Point point : series.points()) {
      points.addObject().put("at", Json.time(point.at())).put("value", point.value());
    }
    return json;
  }

  private static JsonNode encode(PanelValue value) {
    if (value instanceof PanelValue.Text text) {
      return Json.object().put("text", text.text());
    }
    if (value instanceof PanelValue.Figure figure) {
      return Json.object().put("number", figure.number());
    }
    if (value instanceof PanelValue.Moment moment) {
      return Json.object().put("at", Json.time(moment.at()));
    }
    if (value instanceof PanelValue.Link link) {
      return Json.object().put("ref", link.ref().toString()).put("name", link.name());
    }
    return NullNode.instance;
  }
}
