package org.jarvis.persistence.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * What a series did from one moment on, for the length of its grain's step; or one sample.
 *
 * @param at the beginning, in nanoseconds since 1970
 * @param samples for how many samples it stands; 0 for what a cluster remembered
 * @param weight what it counts for in an average
 * @param average of the samples
 * @param lowest of them
 * @param highest of them
 */
record Step(long at, int samples, long weight, double average, double lowest, double highest) {
  static Step sample(long at, double value) {
    return new Step(at, 1, 1, value, value, value);
  }

  /**
   * Fewer steps for many: all that lie in the same span become one.
   *
   * @param steps oldest first
   * @param span the beginning of the span that a moment lies in
   */
  static List<Step> thinned(List<Step> steps, LongUnaryOperator span) {
    List<Step> thinned = new ArrayList<>();
    int begin = 0;
    while (begin < steps.size()) {
      long at = span.applyAsLong(steps.get(begin).at());
      int end = begin + 1;
      while (end < steps.size() && span.applyAsLong(steps.get(end).at()) == at) {
        end++;
      }
      thinned.add(one(at, steps.subList(begin, end)));
      begin = end;
    }
    return thinned;
  }

  /** One step for several. */
  static Step one(long at, List<Step> steps) {
    long samples = 0;
    long weight = 0;
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (Step step : steps) {
      samples += step.samples();
      weight += step.weight();
      lowest = Math.min(lowest, step.lowest());
      highest = Math.max(highest, step.highest());
    }
    double average = 0;
    for (Step step : steps) {
      // Shares of it rather than a sum, which could become too large for a number.
      average += step.average() * ((double) step.weight() / weight);
    }
    return new Step(
        at,
        (int) Math.min(samples, Integer.MAX_VALUE),
        weight,
        Math.max(lowest, Math.min(highest, average)),
        lowest,
        highest);
  }

  /**
   * Two accounts of the same series. Where both tell of the same span, the one that knows more
   * samples holds: nothing counts twice, and samples of ours win over what a cluster remembered.
   *
   * @param kept what is kept, oldest first
   * @param told what is told now, oldest first; holds where it knows as much
   */
  static List<Step> better(List<Step> kept, List<Step> told) {
    List<Step> better = new ArrayList<>(kept.size() + told.size());
    int i = 0;
    int j = 0;
    while (i < kept.size() || j < told.size()) {
      if (j == told.size() || (i < kept.size() && kept.get(i).at() < told.get(j).at())) {
        better.add(kept.get(i++));
      } else if (i == kept.size() || told.get(j).at() < kept.get(i).at()) {
        better.add(told.get(j++));
      } else {
        Step old = kept.get(i++);
        Step now = told.get(j++);
        better.add(now.samples() > 0 && now.samples() >= old.samples() ? now : old);
      }
    }
    return better;
  }
}
