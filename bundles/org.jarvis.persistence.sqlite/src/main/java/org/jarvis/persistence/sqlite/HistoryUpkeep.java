package org.jarvis.persistence.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jarvis.persistence.sqlite.MetricMapper.Batch;
import org.jarvis.persistence.sqlite.MetricMapper.Chunk;
import org.jarvis.persistence.sqlite.MetricMapper.Content;
import org.jarvis.persistence.sqlite.MetricMapper.Pending;

/**
 * Puts the history in order: what arrived goes into chunks, finer chunks become coarser ones, and
 * what is too old goes. All of it in small steps, between which others write; each is complete in
 * itself, and doing it again changes nothing, so that it may be interrupted at any moment.
 *
 * <p>Used by one thread.
 */
final class HistoryUpkeep {
  /** After so many steps the log is taken in, about half of what SQLite lets it grow to. */
  private static final int STEPS_IN_THE_LOG = 4;

  /** What comes a little late still finds its slot open. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private final Database database;
  private final MetricsDatabase metrics;
  private final BooleanSupplier stop;
  private int written;

  HistoryUpkeep(MetricsDatabase metrics) {
    this(metrics, () -> Thread.currentThread().isInterrupted());
  }

  /** Ends early once this is so, which it looks at after each step. */
  HistoryUpkeep(MetricsDatabase metrics, BooleanSupplier stop) {
    this.metrics = metrics;
    this.stop = stop;
    this.database = metrics.database();
  }

  /**
   * Does all that is due at this moment, or as much as is possible until its thread is interrupted.
   */
  void run(Instant now, HistoryLimits limits) {
    long time = InstantAsNanoseconds.of(now);
    long settled = Grain.RAW.slot(time - LATE.toNanos()) * Grain.SECOND;
    new FormerSamples(database, stop).move();
    if (settle(settled)) {
      rollUp(settled);
    }
    new HistoryDeletion(metrics, stop).delete(time, limits);
  }

  /** Puts into chunks what was measured before this moment; whether nothing is left to do. */
  private boolean settle(long boundary) {
    List<Batch> batches =
        database.read(
            statements ->
                statements.getMapper(MetricMapper.class).batches(Long.MIN_VALUE, boundary));
    if (batches.isEmpty()) {
      return true;
    }
    long parts = Parts.of(lastSeries());
    for (long part = 0; part <= parts; part++) {
      if (stop.getAsBoolean()) {
        return false;
      }
      settle(part, boundary);
    }
    for (Batch batch : batches) {
      if (stop.getAsBoolean()) {
        return false;
      }
      if (batch.last() < boundary) {
        database.write(
            statements -> {
              MetricMapper mapper = statements.getMapper(MetricMapper.class);
              mapper.deleteParts(batch.id());
              return mapper.deleteBatch(batch.id());
            });
      }
    }
    return true;
  }

  private long lastSeries() {
    return database.read(statements -> statements.getMapper(MetricMapper.class).lastSeries());
  }

  private void settle(long part, long boundary) {
    List<Content> contents =
        database.read(
            statements ->
                statements.getMapper(MetricMapper.class).parts(part, Long.MIN_VALUE, boundary));
    List<Chunks.Arrival> arrivals = new ArrayList<>();
    contents.forEach(content -> Chunks.readArrivals(content.bytes(), arrivals));
    Map<Place, Map<Long, Double>> chunks = new LinkedHashMap<>();
    for (Chunks.Arrival arrival : arrivals) {
      if (arrival.at() < boundary) {
        chunks
            .computeIfAbsent(
                new Place(Grain.RAW.slot(arrival.at()), arrival.series()), place -> new TreeMap<>())
            .put(arrival.at(), arrival.value());
      }
    }
    List<Made> made = new ArrayList<>();
    chunks.forEach(
        (place, samples) -> {
          List<Step> steps = new ArrayList<>(samples.size());
          samples.forEach((at, value) -> steps.add(Step.sample(at, value)));
          made.add(new Made(place, steps));
        });
    write(Grain.RAW, made);
  }

  private record Place(long slot, long series) {}

  /** What a chunk shall hold. */
  private record Made(Place place, List<Step> steps) {}

  private void write(Grain grain, List<Made> made) {
    for (int begin = 0; begin < made.size(); begin += SqliteMetricStore.STEP) {
      List<Made> some = made.subList(begin, Math.min(made.size(), begin + SqliteMetricStore.STEP));
      database.write(
          statements -> {
            MetricMapper mapper = statements.getMapper(MetricMapper.class);
            ChunkWriting writing = new ChunkWriting(mapper);
            for (Made each : some) {
              writing.improve(grain, each.place().slot(), each.place().series(), each.steps());
              if (grain == Grain.HOUR) {
                mapper.seen(each.place().series(), each.steps().get(each.steps().size() - 1).at());
              }
            }
            return writing.end();
          });
      if (++written % STEPS_IN_THE_LOG == 0) {
        database.takeInLog();
      }
    }
  }

  /** Makes coarser chunks for the slots that have ended, the finest first. */
  private void rollUp(long boundary) {
    for (Grain grain : Grain.values()) {
      if (grain == Grain.RAW) {
        continue;
      }
      List<Pending> pending = pending();
      for (Pending slot : pending) {
        if (stop.getAsBoolean()) {
          return;
        }
        if (slot.grain() == grain.number() && isComplete(slot, grain, boundary, pending)) {
          rollUp(grain, slot);
        }
      }
    }
  }

  private List<Pending> pending() {
    return database.read(statements -> statements.getMapper(MetricMapper.class).pending());
  }

  /** Whether it has ended, and what it is made from is complete. */
  private static boolean isComplete(
      Pending slot, Grain grain, long boundary, List<Pending> pending) {
    long end = slot.slot() + grain.width();
    return end * Grain.SECOND <= boundary
        && pending.stream()
            .noneMatch(
                other ->
                    other.grain() < slot.grain()
                        && other.slot() >= slot.slot()
                        && other.slot() < end);
  }

  private void rollUp(Grain grain, Pending slot) {
    Grain finer = Grain.of(grain.number() - 1);
    long end = slot.slot() + grain.width();
    long parts = Parts.of(lastSeries());
    for (long part = 0; part <= parts; part++) {
      if (stop.getAsBoolean()) {
        return;
      }
      long first = Parts.first(part);
      long last = Parts.last(part);
      List<Chunk> chunks =
          database.read(
              statements ->
                  statements
                      .getMapper(MetricMapper.class)
                      .chunks(finer.number(), slot.slot(), end, first, last));
      Map<Long, List<Step>> bySeries = new LinkedHashMap<>();
      for (Chunk chunk : chunks) {
        bySeries
            .computeIfAbsent(chunk.series(), series -> new ArrayList<>())
            .addAll(Chunks.read(finer, chunk.slot(), chunk.content()));
      }
      List<Made> made = new ArrayList<>();
      bySeries.forEach(
          (series, steps) ->
              made.add(
                  new Made(new Place(slot.slot(), series), Step.thinned(steps, grain::stepOf))));
      write(grain, made);
    }
    database.write(statements -> statements.getMapper(MetricMapper.class).deletePending(slot));
  }
}
