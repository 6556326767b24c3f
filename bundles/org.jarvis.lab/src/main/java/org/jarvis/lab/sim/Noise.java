package org.jarvis.lab.sim;

/** Smooth, repeatable randomness: the same seed, key and time always give the same value. */
final class Noise {

  private final long seed;

  Noise(long seed) {
    this.seed = seed;
  }

  /** A constant between 0 and 1 for a key. */
  double constant(long key) {
    return unit(mix(seed ^ mix(key)));
  }

  /** A value between 0 and 1 that wanders to a new one every {@code period} seconds. */
  double at(long key, double seconds, double period) {
    double position = seconds / period;
    long knot = (long) Math.floor(position);
    double along = position - knot;
    double weight = (1 - Math.cos(along * Math.PI)) / 2;
    return knot(key, knot) * (1 - weight) + knot(key, knot + 1) * weight;
  }

  private double knot(long key, long knot) {
    return unit(mix(seed ^ mix(key * 31 + mix(knot))));
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long mixed = (value + 0x9E3779B97F4A7C15L);
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
