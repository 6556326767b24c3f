package org.jarvis.persistence.sqlite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ibatis.session.SqlSession;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the series, which never name another one. Remembers them, because every reading of
 * a cluster asks for all. Safe from any thread.
 */
final class SeriesNumbers {
  /** So many are added before others may write. */
  private static final int STEP = 250;

  private final Database database;
  private volatile Map<Name, Long> known = new ConcurrentHashMap<>();

  SeriesNumbers(Database database) {
    this.database = database;
  }

  /** What a series is of. */
  private record Name(String subject, String figure) {
    // By hand: each reading of a cluster asks for the numbers of all its series, and what a record
    // generates is slow without the optimising compiler.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Name that
          && that.figure.equals(figure)
          && that.subject.equals(subject);
    }

    @Override
    public int hashCode() {
      return 31 * subject.hashCode() + figure.hashCode();
    }
  }

  /** The numbers of these samples' series, in their order; series that are new are added. */
  long[] of(List<Sample> samples) {
    // Kept at hand: what is forgotten meanwhile was known here.
    Map<Name, Long> numbers = known;
    long[] found = new long[samples.size()];
    Map<Name, Long> missing = new LinkedHashMap<>();
    Map<Integer, Name> open = new LinkedHashMap<>();
    for (int i = 0; i < found.length; i++) {
      Sample sample = samples.get(i);
      Name name = new Name(sample.subject(), sample.figure());
      Long number = numbers.get(name);
      if (number == null) {
        missing.putIfAbsent(name, InstantAsNanoseconds.of(sample.at()));
        open.put(i, name);
      } else {
        found[i] = number;
      }
    }
    addAll(missing, numbers);
    open.forEach((i, name) -> found[i] = Objects.requireNonNull(numbers.get(name)));
    return found;
  }

  private void addAll(Map<Name, Long> missing, Map<Name, Long> numbers) {
    List<Map.Entry<Name, Long>> all = new ArrayList<>(missing.entrySet());
    for (int begin = 0; begin < all.size(); begin += STEP) {
      List<Map.Entry<Name, Long>> some = all.subList(begin, Math.min(all.size(), begin + STEP));
      // Only once they are in the file: what is taken back must not be remembered.
      numbers.putAll(database.write(statements -> add(statements, some)));
    }
  }

  private static Map<Name, Long> add(SqlSession statements, List<Map.Entry<Name, Long>> missing) {
    MetricMapper mapper = statements.getMapper(MetricMapper.class);
    Map<Name, Long> numbers = new HashMap<>();
    for (Map.Entry<Name, Long> each : missing) {
      numbers.put(each.getKey(), number(mapper, each.getKey(), each.getValue()));
    }
    return numbers;
  }

  private static long number(MetricMapper mapper, Name name, long seen) {
    mapper.addSeries(name.subject(), name.figure(), seen);
    Long number = mapper.series(name.subject(), name.figure());
    if (number == null) {
      throw new IllegalStateException("The series that was added just now is not there");
    }
    return number;
  }

  /** Some are gone. */
  void forget() {
    known = new ConcurrentHashMap<>();
  }
}
