package org.jarvis.persistence.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the course of figures in {@code metrics.db}. */
@Component
public final class SqliteMetricStore implements MetricStore {
  /** No screen is wider. */
  private static final int MOST_POINTS = 10_000;

  private final Database database;

  @Activate
  public SqliteMetricStore(@Reference MetricsDatabase metrics) {
    this.database = metrics.database();
  }

  @Override
  public void append(List<Sample> samples) {
    List<Sample> unchanging = List.copyOf(samples);
    if (unchanging.isEmpty()) {
      return;
    }
    database.write(
        statements -> {
          MetricMapper mapper = statements.getMapper(MetricMapper.class);
          Map<SeriesName, Long> known = new HashMap<>();
          for (Sample sample : unchanging) {
            SeriesName name = new SeriesName(sample.subject(), sample.figure());
            mapper.put(
                known.computeIfAbsent(name, each -> series(mapper, each)),
                sample.at(),
                sample.value());
          }
          return unchanging.size();
        });
  }

  private record SeriesName(String subject, String figure) {}

  private static long series(MetricMapper mapper, SeriesName name) {
    Long id = mapper.series(name.subject(), name.figure());
    if (id == null) {
      mapper.addSeries(name.subject(), name.figure());
      id = mapper.series(name.subject(), name.figure());
    }
    if (id == null) {
      throw new IllegalStateException("The series that was added just now is not there");
    }
    return id;
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
    return database.read(
        statements -> {
          MetricMapper mapper = statements.getMapper(MetricMapper.class);
          Long series = mapper.series(subject, figure);
          if (series == null) {
            return List.of();
          }
          MetricMapper.Extent extent = mapper.extent(series, from, to);
          Instant first = extent.first();
          Instant last = extent.last();
          if (first == null || last == null) {
            return List.of();
          }
          int most = Math.min(points, MOST_POINTS);
          long width = extent.samples() <= most ? 1 : shareOf(Duration.between(first, last), most);
          return mapper.course(series, first, to, width);
        });
  }

  /** So wide that not one share too many is begun. */
  private static long shareOf(Duration span, int shares) {
    return span.dividedBy(shares).toNanos() + 1;
  }
}
