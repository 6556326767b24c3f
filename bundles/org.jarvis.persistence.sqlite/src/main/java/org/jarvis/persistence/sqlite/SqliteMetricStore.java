package org.jarvis.persistence.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.persistence.sqlite.Chunks.Arrival;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the course of figures in {@code metrics.db}: see ADR 9. What is appended is written as it
 * came; {@link HistoryUpkeep} puts it in order later.
 */
@Component
public final class SqliteMetricStore implements MetricStore {
  /** No screen is wider. */
  private static final int MOST_POINTS = 10_000;

  /** Beyond this no chart tells ten seconds apart. */
  private static final Duration SAMPLES_UP_TO = Duration.ofDays(2);

  private static final Duration MINUTES_UP_TO = Duration.ofDays(60);

  /** So many chunks are written before others may. */
  static final int STEP = 128;

  private final Database database;
  private final SeriesNumbers numbers;

  @Activate
  public SqliteMetricStore(@Reference MetricsDatabase metrics) {
    this.database = metrics.database();
    this.numbers = metrics.series();
  }

  @Override
  public void append(List<Sample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    List<Arrival> arrivals = arrivals(List.copyOf(samples));
    long first = arrivals.stream().mapToLong(Arrival::at).min().orElseThrow();
    long last = arrivals.stream().mapToLong(Arrival::at).max().orElseThrow();
    Map<Long, byte[]> parts = parts(arrivals);
    database.write(
        statements -> {
          MetricMapper mapper = statements.getMapper(MetricMapper.class);
          mapper.addBatch(first, last);
          long batch = mapper.lastBatch();
          parts.forEach((part, bytes) -> mapper.addPart(batch, part, bytes));
          return batch;
        });
  }

  private List<Arrival> arrivals(List<Sample> samples) {
    long[] series = numbers.of(samples);
    List<Arrival> arrivals = new ArrayList<>(samples.size());
    for (int i = 0; i < series.length; i++) {
      Sample sample = samples.get(i);
      arrivals.add(new Arrival(series[i], InstantAsNanoseconds.of(sample.at()), sample.value()));
    }
    // Stable: of two for the same moment the later one holds.
    arrivals.sort(Comparator.comparingLong(Arrival::series));
    return arrivals;
  }

  private static Map<Long, byte[]> parts(List<Arrival> sorted) {
    Map<Long, byte[]> parts = new LinkedHashMap<>();
    int begin = 0;
    while (begin < sorted.size()) {
      long part = Parts.of(sorted.get(begin).series());
      int end = begin + 1;
      while (end < sorted.size() && Parts.of(sorted.get(end).series()) == part) {
        end++;
      }
      parts.put(part, Chunks.writeArrivals(sorted.subList(begin, end)));
      begin = end;
    }
    return parts;
  }

  @Override
  public boolean knowsPast(String subject) {
    return database.read(statements -> statements.getMapper(MetricMapper.class).past(subject)) > 0;
  }

  @Override
  public void addPast(String subject, Instant at, List<Past> pasts) {
    long seen = InstantAsNanoseconds.of(at);
    for (Past past : List.copyOf(pasts)) {
      addPast(subject, at, past);
    }
    database.write(statements -> statements.getMapper(MetricMapper.class).addPast(subject, seen));
  }

  private void addPast(String subject, Instant at, Past past) {
    Grain grain = Grain.holding(past.step());
    NavigableMap<Long, List<Step>> slots = new TreeMap<>();
    List<Step> told = new ArrayList<>();
    for (Map.Entry<Instant, Double> each : new TreeMap<>(past.values()).entrySet()) {
      double value = each.getValue();
      told.add(
          new Step(
              InstantAsNanoseconds.of(each.getKey()),
              0,
              grain.usualSamples(),
              value,
              value,
              value));
    }
    for (Step step : Step.thinned(told, grain::stepOf)) {
      slots.computeIfAbsent(grain.slot(step.at()), slot -> new ArrayList<>()).add(step);
    }
    if (slots.isEmpty()) {
      return;
    }
    Sample first = new Sample(subject, past.figure(), at, 0);
    long series = numbers.of(List.of(first))[0];
    List<Map.Entry<Long, List<Step>>> all = new ArrayList<>(slots.entrySet());
    for (int begin = 0; begin < all.size(); begin += STEP) {
      List<Map.Entry<Long, List<Step>>> some =
          all.subList(begin, Math.min(all.size(), begin + STEP));
      database.write(
          statements -> {
            ChunkWriting writing = new ChunkWriting(statements.getMapper(MetricMapper.class));
            some.forEach(each -> writing.improve(grain, each.getKey(), series, each.getValue()));
            return writing.end();
          });
    }
  }

  @Override
  public List<String> figures(String subject) {
    return database.read(statements -> statements.getMapper(MetricMapper.class).figures(subject));
  }

  @Override
  public List<Point> course(String subject, String figure, Instant from, Instant to, int points) {
    if (points < 1) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT, "A course has from 1 point, not %d.".formatted(points));
    }
    long begin = InstantAsNanoseconds.of(from);
    long end = InstantAsNanoseconds.of(to);
    if (begin >= end) {
      return List.of();
    }
    Grain finest = finest(Duration.between(from, to));
    List<Step> steps =
        database.read(
            statements -> {
              MetricMapper mapper = statements.getMapper(MetricMapper.class);
              Long series = mapper.series(subject, figure);
              return series == null
                  ? List.<Step>of()
                  : new CourseReading(mapper, series).between(begin, end, finest);
            });
    return CourseReading.shared(steps, Math.min(points, MOST_POINTS)).stream()
        .map(SqliteMetricStore::point)
        .toList();
  }

  private static Grain finest(Duration span) {
    if (span.compareTo(SAMPLES_UP_TO) <= 0) {
      return Grain.RAW;
    }
    return span.compareTo(MINUTES_UP_TO) <= 0 ? Grain.MINUTE : Grain.HOUR;
  }

  private static Point point(Step step) {
    return new Point(
        InstantAsNanoseconds.instant(step.at()), step.average(), step.lowest(), step.highest());
  }
}
