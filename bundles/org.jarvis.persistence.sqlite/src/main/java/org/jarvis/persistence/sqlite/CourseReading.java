package org.jarvis.persistence.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jarvis.persistence.sqlite.MetricMapper.Batch;
import org.jarvis.persistence.sqlite.MetricMapper.Chunk;
import org.jarvis.persistence.sqlite.MetricMapper.Content;
import org.jarvis.persistence.sqlite.MetricMapper.Pending;

/**
 * Reads one series, on one state of the database. Where a grain's chunks are not made yet, it works
 * out what they will hold, so that a course is the same before and after; where a grain was removed
 * already, the next coarser one goes on.
 */
final class CourseReading {
  private final MetricMapper mapper;
  private final long series;
  private final List<Pending> pending;

  CourseReading(MetricMapper mapper, long series) {
    this.mapper = mapper;
    this.series = series;
    this.pending = mapper.pending();
  }

  /**
   * The finest that is known of each moment, oldest first.
   *
   * @param from the first moment that counts, in nanoseconds since 1970
   * @param to the first moment that counts no more
   * @param finest nothing finer is asked for
   */
  List<Step> between(long from, long to, Grain finest) {
    List<Step> course = steps(finest, from, to);
    for (Grain grain = finest.coarser(); grain != null; grain = grain.coarser()) {
      course = continued(course, grain, flat(chunks(grain, from, to)));
    }
    return course.stream().filter(step -> step.at() >= from && step.at() < to).toList();
  }

  /** With those coarser steps in whose time there is nothing finer. */
  private static List<Step> continued(List<Step> fine, Grain grain, List<Step> coarse) {
    List<Step> all = new ArrayList<>(fine.size() + coarse.size());
    int next = 0;
    for (Step step : coarse) {
      while (next < fine.size() && fine.get(next).at() < step.at()) {
        all.add(fine.get(next++));
      }
      if (next == fine.size() || fine.get(next).at() >= step.at() + grain.step()) {
        all.add(step);
      }
    }
    all.addAll(fine.subList(next, fine.size()));
    return all;
  }

  /** By slot. */
  private NavigableMap<Long, List<Step>> chunks(Grain grain, long from, long to) {
    NavigableMap<Long, List<Step>> chunks = new TreeMap<>();
    long end = Math.floorDiv(to - 1, Grain.SECOND) + 1;
    for (Chunk chunk : mapper.chunks(grain.number(), grain.slot(from), end, series, series)) {
      chunks.put(chunk.slot(), Chunks.read(grain, chunk.slot(), chunk.content()));
    }
    return chunks;
  }

  private static List<Step> flat(NavigableMap<Long, List<Step>> chunks) {
    List<Step> steps = new ArrayList<>();
    chunks.values().forEach(steps::addAll);
    return steps;
  }

  private List<Step> steps(Grain grain, long from, long to) {
    NavigableMap<Long, List<Step>> chunks = chunks(grain, from, to);
    Grain finer = grain.finer();
    if (finer == null) {
      return withArrivals(flat(chunks), from, to);
    }
    for (long slot : openSlots(grain, from, to)) {
      long begin = slot * Grain.SECOND;
      long end = begin + grain.width() * Grain.SECOND;
      List<Step> told = Step.thinned(steps(finer, begin, end), grain::stepOf);
      chunks.merge(slot, told, Step::better);
    }
    return flat(chunks);
  }

  private List<Step> withArrivals(List<Step> kept, long from, long to) {
    List<Content> parts = mapper.parts(Parts.of(series), from, to);
    if (parts.isEmpty()) {
      return kept;
    }
    List<Chunks.Arrival> arrivals = new ArrayList<>();
    parts.forEach(part -> Chunks.readArrivals(part.bytes(), arrivals));
    NavigableMap<Long, Double> all = new TreeMap<>();
    kept.forEach(step -> all.put(step.at(), step.average()));
    for (Chunks.Arrival arrival : arrivals) {
      if (arrival.series() == series && arrival.at() >= from && arrival.at() < to) {
        all.put(arrival.at(), arrival.value());
      }
    }
    List<Step> steps = new ArrayList<>(all.size());
    for (Map.Entry<Long, Double> each : all.entrySet()) {
      steps.add(Step.sample(each.getKey(), each.getValue()));
    }
    return steps;
  }

  /** The slots of a grain in which a finer one may know more. */
  private NavigableSet<Long> openSlots(Grain grain, long from, long to) {
    NavigableSet<Long> open = new TreeSet<>();
    for (Pending each : pending) {
      if (each.grain() <= grain.number()) {
        long slot = grain.slotOfSecond(each.slot());
        if (slot >= grain.slot(from) && slot <= grain.slot(to - 1)) {
          open.add(slot);
        }
      }
    }
    for (Batch batch : mapper.batches(from, to)) {
      long last = grain.slot(Math.min(batch.last(), to - 1));
      for (long slot = grain.slot(Math.max(batch.first(), from));
          slot <= last;
          slot += grain.width()) {
        open.add(slot);
      }
    }
    return open;
  }

  /**
   * No more than so many: each stands for the steps of an equal share of the time.
   *
   * @param steps oldest first
   */
  static List<Step> shared(List<Step> steps, int most) {
    if (steps.size() <= most) {
      return steps;
    }
    long first = steps.get(0).at();
    long last = steps.get(steps.size() - 1).at();
    // So wide that not one share too many is begun.
    long width = (last - first) / most + 1;
    List<Step> shares = new ArrayList<>();
    int begin = 0;
    while (begin < steps.size()) {
      long share = (steps.get(begin).at() - first) / width;
      int end = begin + 1;
      while (end < steps.size() && (steps.get(end).at() - first) / width == share) {
        end++;
      }
      shares.add(Step.one(steps.get(begin).at(), steps.subList(begin, end)));
      begin = end;
    }
    return shares;
  }
}
