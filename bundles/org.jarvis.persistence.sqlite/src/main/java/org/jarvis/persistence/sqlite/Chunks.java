package org.jarvis.persistence.sqlite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The content of a chunk as bytes, and back. */
final class Chunks {
  /** Averages lose what no chart could show: they are right to one part in 30,000. */
  private static final long LEFT_OF_AVERAGES = -1L << 38;

  private static final long HALF = 1L << 37;

  private Chunks() {}

  /**
   * A chunk of this grain.
   *
   * @param slot where it lies
   * @param steps at least one, in that slot, oldest first
   */
  static byte[] write(Grain grain, long slot, List<Step> steps) {
    int count = steps.size();
    Packed.Writer writer = new Packed.Writer().number(count);
    double[] averages = new double[count];
    double[] lowest = new double[count];
    double[] highest = new double[count];
    long[] moments = new long[count];
    for (int i = 0; i < count; i++) {
      Step step = steps.get(i);
      moments[i] = step.at();
      lowest[i] = step.lowest();
      highest[i] = step.highest();
      averages[i] = grain == Grain.RAW ? step.average() : rounded(step);
    }
    if (grain == Grain.RAW) {
      return writer.moments(moments, count).figures(averages, count).bytes();
    }
    long before = 0;
    for (Step step : steps) {
      long index = (step.at() - slot * Grain.SECOND) / grain.step();
      writer.number(index - before).number(step.samples());
      before = index;
    }
    return writer.figures(averages, count).figures(lowest, count).figures(highest, count).bytes();
  }

  private static double rounded(Step step) {
    long bits = Double.doubleToRawLongBits(step.average());
    double rounded = Double.longBitsToDouble(bits + HALF & LEFT_OF_AVERAGES);
    return Math.max(step.lowest(), Math.min(step.highest(), rounded));
  }

  /** What {@link #write} was given, oldest first. */
  static List<Step> read(Grain grain, long slot, byte[] content) {
    Packed.Reader reader = new Packed.Reader(content);
    int count = reader.count();
    List<Step> steps = new ArrayList<>(count);
    if (grain == Grain.RAW) {
      long[] moments = reader.moments(count);
      double[] figures = reader.figures(count);
      for (int i = 0; i < count; i++) {
        steps.add(Step.sample(moments[i], figures[i]));
      }
      return steps;
    }
    long[] at = new long[count];
    int[] samples = new int[count];
    long index = 0;
    for (int i = 0; i < count; i++) {
      index += reader.number();
      at[i] = slot * Grain.SECOND + index * grain.step();
      samples[i] = (int) reader.number();
    }
    double[] averages = reader.figures(count);
    double[] lowest = reader.figures(count);
    double[] highest = reader.figures(count);
    for (int i = 0; i < count; i++) {
      long weight = samples[i] == 0 ? grain.usualSamples() : samples[i];
      steps.add(new Step(at[i], samples[i], weight, averages[i], lowest[i], highest[i]));
    }
    return steps;
  }

  /**
   * A sample on its way into a chunk.
   *
   * @param series whose
   * @param at when, in nanoseconds since 1970
   * @param value how much
   */
  record Arrival(long series, long at, double value) {}

  /** Samples of several series as bytes, sorted by series. */
  static byte[] writeArrivals(List<Arrival> arrivals) {
    int count = arrivals.size();
    Packed.Writer writer = new Packed.Writer().number(count);
    long[] moments = new long[count];
    double[] figures = new double[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      Arrival arrival = arrivals.get(i);
      writer.number(arrival.series() - before);
      before = arrival.series();
      moments[i] = arrival.at();
      figures[i] = arrival.value();
    }
    return writer.moments(moments, count).figures(figures, count).bytes();
  }

  /** Adds what {@link #writeArrivals} was given. */
  static void readArrivals(byte[] bytes, Collection<Arrival> arrivals) {
    Packed.Reader reader = new Packed.Reader(bytes);
    int count = reader.count();
    long[] series = new long[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      before += reader.number();
      series[i] = before;
    }
    long[] moments = reader.moments(count);
    double[] figures = reader.figures(count);
    for (int i = 0; i < count; i++) {
      arrivals.add(new Arrival(series[i], moments[i], figures[i]));
    }
  }
}
