package org.jarvis.llm.offline.intent;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.Resource;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jspecify.annotations.Nullable;

/** The course of figures. */
final class Trends implements Family {
  private static final int POINTS = 60;

  @Override
  public String title() {
    return "Trends";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "trend",
            "how was the memory of media over the last day?",
            "say how a figure went over an hour, a day or a week",
            asked -> asked.about(Asked.Kind.THING, thing -> trend(asked, thing)),
            "<thing> cpu|memory|disk|load|free|full trend|hour|day|week|month|lately trend? hour?"
                + " day? week? month? lately?",
            "trend <thing> hour|day|week|month lately?"));
  }

  /** How far back a sentence looks. */
  static Duration span(Asked asked) {
    if (asked.has("month")) {
      return Duration.ofDays(30);
    }
    if (asked.has("week")) {
      return Duration.ofDays(7);
    }
    return asked.has("day") ? Duration.ofDays(1) : Duration.ofHours(1);
  }

  /** Which figure a sentence is about. */
  static String figure(Asked asked) {
    if (asked.has("memory")) {
      return "memory";
    }
    if (asked.has("disk", "free", "full", "storage")) {
      return "disk";
    }
    return asked.has("load") ? "load" : "cpu";
  }

  private static Reply trend(Asked asked, Resource thing) {
    return Reply.from(
        asked.house().sources().metrics(),
        "The course of figures",
        store -> {
          House house = asked.house();
          Duration span = span(asked);
          String figure = figure(asked);
          List<MetricStore.Point> course =
              store.course(
                  MetricStore.subject(thing.ref(), life(house, thing)),
                  figure,
                  house.now().minus(span),
                  house.now(),
                  POINTS);
          return Reply.about(thing, told(house, thing, figure, span, course));
        });
  }

  private static String told(
      House house, Resource thing, String figure, Duration span, List<MetricStore.Point> course) {
    String what = figure + " of " + house.label(thing) + " over the last " + Figures.span(span);
    if (course.isEmpty()) {
      return "Nothing is recorded of the " + what + ".";
    }
    double average =
        course.stream().mapToDouble(MetricStore.Point::average).average().orElseThrow();
    double lowest = course.stream().mapToDouble(MetricStore.Point::lowest).min().orElseThrow();
    double highest = course.stream().mapToDouble(MetricStore.Point::highest).max().orElseThrow();
    MetricStore.Point last = course.get(course.size() - 1);
    return "The "
        + what
        + ": on average "
        + said(figure, average)
        + ", lowest "
        + said(figure, lowest)
        + ", highest "
        + said(figure, highest)
        + ", at last "
        + said(figure, last.average())
        + " ("
        + Figures.ago(last.at(), house.now())
        + ").";
  }

  private static String said(String figure, double value) {
    return switch (figure) {
      case "cpu" -> Figures.percent(value);
      case "load" -> String.format(Locale.ROOT, "%.2f", value);
      default -> Figures.amount(new Bytes(Math.max(0, (long) value)));
    };
  }

  private static @Nullable Incarnation life(House house, Resource thing) {
    return thing instanceof Guest guest
        ? house.clusters().stream()
            .filter(one -> one.cluster().id().equals(guest.cluster()))
            .findFirst()
            .map(ClusterSnapshot::incarnations)
            .map(lives -> lives.get(guest.id()))
            .orElse(null)
        : null;
  }
}
