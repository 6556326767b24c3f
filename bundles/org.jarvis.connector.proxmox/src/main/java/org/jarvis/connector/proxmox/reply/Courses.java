package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.connector.RecordedCourse.Point;
import org.jarvis.api.text.InertText;

/** What {@code rrddata} tells: rows of figures, many with nothing but their moment. */
public final class Courses {
  private static final int RECORDED_FIGURES_LIMIT = 10_000;
  private static final String TIME = "time";
  private static final int FIGURES_LIMIT = 100;

  private Courses() {}

  /** Reads the reply's data, oldest first. */
  public static List<Point> read(JsonNode data, Oddities oddities) {
    List<Point> points = new ArrayList<>();
    for (Row row : Row.list(data, "recorded figures", RECORDED_FIGURES_LIMIT, oddities)) {
      Instant at = row.moment(TIME);
      if (at == null) {
        oddities.add("recorded figures: an entry without its moment was left out");
        continue;
      }
      Map<String, Double> figures = new HashMap<>();
      for (String name : row.fields()) {
        Double figure = name.equals(TIME) ? null : row.decimal(name);
        if (figure != null && figures.size() < FIGURES_LIMIT) {
          figures.put(InertText.marked(name, 100), figure);
        }
      }
      points.add(new Point(at, figures));
    }
    points.sort(Comparator.comparing(Point::at));
    return points;
  }
}
