package org.jarvis.persistence.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jarvis.persistence.sqlite.MetricMapper.Former;
import org.jspecify.annotations.Nullable;

/**
 * Moves what was recorded before the history had grains, a little at a time: a script of a
 * migration cannot make chunks, and moving all of it at once would keep the start waiting.
 */
final class FormerSamples {
  private static final int STEP = 500;

  private final Database database;
  private final BooleanSupplier stop;

  FormerSamples(Database database, BooleanSupplier stop) {
    this.database = database;
    this.stop = stop;
  }

  /** Ends early when it is to stop. */
  void move() {
    @Nullable Long series = next();
    while (series != null && !stop.getAsBoolean()) {
      long from = series;
      database.write(statements -> move(statements.getMapper(MetricMapper.class), from));
      series = next();
    }
  }

  private @Nullable Long next() {
    return database
        .read(
            statements ->
                Optional.ofNullable(statements.getMapper(MetricMapper.class).formerSeries()))
        .orElse(null);
  }

  private static int move(MetricMapper mapper, long series) {
    List<Former> former = mapper.formerSamples(series, STEP);
    if (former.isEmpty()) {
      return 0;
    }
    NavigableMap<Long, List<Step>> slots = new TreeMap<>();
    for (Former sample : former) {
      long at = InstantAsNanoseconds.of(sample.at());
      slots
          .computeIfAbsent(Grain.MINUTE.slot(at), slot -> new ArrayList<>())
          .add(Step.sample(at, sample.value()));
    }
    Former last = former.get(former.size() - 1);
    if (former.size() == STEP && slots.size() > 1) {
      // The rest of the last slot comes next time, so that its minutes are made at once.
      List<Step> cut = slots.pollLastEntry().getValue();
      last = former.get(former.size() - cut.size() - 1);
    }
    ChunkWriting writing = new ChunkWriting(mapper);
    slots.forEach(
        (slot, samples) ->
            writing.improve(
                Grain.MINUTE, slot, series, Step.thinned(samples, Grain.MINUTE::stepOf)));
    writing.end();
    return mapper.deleteFormer(series, last.at());
  }
}
