package org.jarvis.api.panel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.text.InertText;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What a panel shows, as one of a few kinds. Immutable and bounded: more rows, points or lines than
 * a kind holds are refused with an {@link IllegalArgumentException}, longer texts are cut, and what
 * controls a terminal or turns the direction of writing is taken out of them. Every text is shown
 * as it is, never as markup.
 */
public sealed interface PanelContent {
  /** The longest label, in characters. */
  int MAX_LABEL = 60;

  /** The longest unit, in characters. */
  int MAX_UNIT = 12;

  /** The word at the edges, such as {@code table}. */
  String word();

  /**
   * Figures that stand for themselves.
   *
   * @param stats at most {@value #MAX_STATS}
   */
  record Stats(List<Stat> stats) implements PanelContent {
    /** The most figures. */
    public static final int MAX_STATS = 12;

    /** Refuses too many. */
    public Stats {
      stats = ShownText.atMost("figures", stats, MAX_STATS);
    }

    @Override
    public String word() {
      return "stats";
    }
  }

  /**
   * A figure that stands for itself.
   *
   * @param label what it is, at most {@value #MAX_LABEL} characters
   * @param value how much or what it is; {@link PanelValue.Unknown} where that is not known
   * @param unit its unit, such as {@code W}; the page writes {@code B}, {@code B/s} and {@code s}
   *     in the size that reads best; empty for none
   * @param severity how bad that is; {@code null} where it is as it should be
   * @param trend where it goes; {@code null} where that is not told
   */
  record Stat(
      String label,
      PanelValue value,
      String unit,
      @Nullable Severity severity,
      @Nullable Trend trend) {
    /** Makes the texts fit. */
    public Stat {
      label = ShownText.named("the label of a figure", label, MAX_LABEL);
      unit = InertText.line(unit, MAX_UNIT);
    }
  }

  /** Where a figure goes. */
  enum Trend {
    /** It grows. */
    RISING,
    /** It stays. */
    STEADY,
    /** It shrinks. */
    FALLING;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }

  /**
   * Rows of the same form.
   *
   * @param columns at least one and at most {@value #MAX_COLUMNS}
   * @param rows at most {@value #MAX_ROWS}, each with a value for every column
   * @param more how many rows there are beyond these
   */
  record Table(List<Column> columns, List<List<PanelValue>> rows, int more)
      implements PanelContent {
    /** The most columns. */
    public static final int MAX_COLUMNS = 8;

    /** The most rows. */
    public static final int MAX_ROWS = 200;

    /** Refuses rows that do not fit the columns. */
    public Table {
      columns = ShownText.atMost("columns", columns, MAX_COLUMNS);
      if (columns.isEmpty() || more < 0) {
        throw new IllegalArgumentException(
            "A table has a column at least, and leaves out no fewer than no rows.");
      }
      List<List<PanelValue>> fit = new ArrayList<>();
      for (List<PanelValue> row : ShownText.atMost("rows", rows, MAX_ROWS)) {
        fit.add(List.copyOf(row));
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "A row has " + row.size() + " values, and not one for each column.");
        }
        for (int i = 0; i < row.size(); i++) {
          if (!columns.get(i).type().takes(row.get(i))) {
            throw new IllegalArgumentException(
                "A row has another value than the column "
                    + columns.get(i).title()
                    + " takes: "
                    + columns.get(i).type().word()
                    + ".");
          }
        }
      }
      rows = List.copyOf(fit);
    }

    /** A table with all rows that there are. */
    public Table(List<Column> columns, List<List<PanelValue>> rows) {
      this(columns, rows, 0);
    }

    @Override
    public String word() {
      return "table";
    }
  }

  /**
   * A column.
   *
   * @param title its heading, at most {@value #MAX_LABEL} characters
   * @param type what its values are
   * @param unit the unit of its numbers, as in {@link Stat#unit}; empty for none
   */
  record Column(String title, Type type, String unit) {
    /** What the values of a column are. Each may be unknown. */
    public enum Type {
      /** {@link PanelValue.Text}. */
      TEXT,
      /** {@link PanelValue.Figure}. */
      NUMBER,
      /** {@link PanelValue.Moment}. */
      TIME,
      /** {@link PanelValue.Link}. */
      RESOURCE;

      private final String word = name().toLowerCase(Locale.ROOT);

      /** The word at the edges. */
      public String word() {
        return word;
      }

      boolean takes(PanelValue value) {
        return value instanceof PanelValue.Unknown
            || switch (this) {
              case TEXT -> value instanceof PanelValue.Text;
              case NUMBER -> value instanceof PanelValue.Figure;
              case TIME -> value instanceof PanelValue.Moment;
              case RESOURCE -> value instanceof PanelValue.Link;
            };
      }
    }

    /** Makes the texts fit. */
    public Column {
      title = ShownText.named("the title of a column", title, MAX_LABEL);
      unit = InertText.line(unit, MAX_UNIT);
    }

    /** A column without a unit. */
    public Column(String title, Type type) {
      this(title, type, "");
    }
  }

  /**
   * Courses of figures over the same time.
   *
   * @param series at most {@value #MAX_SERIES}, each with another name
   */
  record TimeSeries(List<Series> series) implements PanelContent {
    /** The most courses. */
    public static final int MAX_SERIES = 6;

    /** Refuses too many, and two of the same name. */
    public TimeSeries {
      series = ShownText.atMost("series", series, MAX_SERIES);
      Set<String> names = new HashSet<>();
      for (Series one : series) {
        if (!names.add(one.name())) {
          throw new IllegalArgumentException("Two series are called " + one.name() + ".");
        }
      }
    }

    @Override
    public String word() {
      return "series";
    }
  }

  /**
   * The course of a figure.
   *
   * @param name its name, at most {@value #MAX_LABEL} characters
   * @param unit its unit, as in {@link Stat#unit}
   * @param points at most {@value #MAX_POINTS}, each later than the one before
   */
  record Series(String name, String unit, List<Point> points) {
    /** The most points. */
    public static final int MAX_POINTS = 500;

    /** Refuses points that are not in their order. */
    public Series {
      name = ShownText.named("the name of a series", name, MAX_LABEL);
      unit = InertText.line(unit, MAX_UNIT);
      points = ShownText.atMost("points", points, MAX_POINTS);
      for (int i = 1; i < points.size(); i++) {
        if (!points.get(i - 1).at().isBefore(points.get(i).at())) {
          throw new IllegalArgumentException(
              "The points of the series " + name + " are not in the order of their times.");
        }
      }
    }
  }

  /**
   * A point of a course.
   *
   * @param at when
   * @param value how much; {@code null} where that is not known, which leaves a gap
   */
  record Point(Instant at, @Nullable Double value) {
    /** Refuses what is no number. */
    public Point {
      if (value != null && !Double.isFinite(value)) {
        throw new IllegalArgumentException("A point without a number leaves a gap.");
      }
    }
  }

  /**
   * Lines of a log, the oldest first.
   *
   * @param lines at most {@value #MAX_LINES}
   */
  record Log(List<Line> lines) implements PanelContent {
    /** The most lines. */
    public static final int MAX_LINES = 300;

    /** The longest line, in characters. */
    public static final int MAX_LINE = 400;

    /** Refuses too many. */
    public Log {
      lines = ShownText.atMost("lines", lines, MAX_LINES);
    }

    @Override
    public String word() {
      return "log";
    }
  }

  /**
   * A line of a log.
   *
   * @param at when
   * @param level how bad
   * @param text what, at most {@value Log#MAX_LINE} characters
   */
  record Line(Instant at, Level level, String text) {
    /** How bad a line is, the mildest first. */
    public enum Level {
      /** For whoever looks into it. */
      DEBUG,
      /** As it should be. */
      INFO,
      /** Not as it should be. */
      WARNING,
      /** Broken. */
      ERROR;

      private final String word = name().toLowerCase(Locale.ROOT);

      /** The word at the edges. */
      public String word() {
        return word;
      }
    }

    /** Makes the text fit. */
    public Line {
      text = InertText.logLine(text, Log.MAX_LINE).strip();
    }
  }

  /**
   * What could be done. It is data: nothing happens before somebody asks the gate for it, and the
   * gate decides as for any other request. The page shows each with its tier, or why it is refused.
   *
   * @param offers at most {@value #MAX_OFFERS}
   */
  record Actions(List<Offer> offers) implements PanelContent {
    /** The most offers. */
    public static final int MAX_OFFERS = 20;

    /** Refuses too many. */
    public Actions {
      offers = ShownText.atMost("offers", offers, MAX_OFFERS);
    }

    @Override
    public String word() {
      return "actions";
    }
  }

  /**
   * A use of a tool.
   *
   * @param tool the tool's name
   * @param arguments its arguments, of at most {@value #MAX_ARGUMENTS} characters and values; name
   *     the cluster, so that they are unambiguous
   * @param title what it does, in words for a button, at most {@value #MAX_LABEL} characters
   */
  record Offer(String tool, Arguments arguments, String title) {
    /** The most that arguments may be, counted in characters of texts and one for each value. */
    public static final int MAX_ARGUMENTS = 4_000;

    private static final int MAX_TOOL = 64;

    /** Refuses arguments that are too much; cutting them would make them mean something else. */
    public Offer {
      if (tool.isBlank()
          || tool.length() > MAX_TOOL
          || !tool.equals(InertText.line(tool, MAX_TOOL))) {
        throw new IllegalArgumentException("An offer names no tool.");
      }
      title = ShownText.named("the title of an offer", title, MAX_LABEL);
      if (size(arguments.values()) > MAX_ARGUMENTS) {
        throw new IllegalArgumentException(
            "The arguments of the offer " + title + " are more than " + MAX_ARGUMENTS + ".");
      }
    }

    private static long size(@Nullable Object value) {
      if (value instanceof String text) {
        return 1L + text.length();
      }
      if (value instanceof Map<?, ?> object) {
        return object.entrySet().stream()
            .mapToLong(member -> size(member.getKey()) + size(member.getValue()))
            .sum();
      }
      return value instanceof List<?> list ? 1 + list.stream().mapToLong(Offer::size).sum() : 1;
    }
  }
}
