package org.jarvis.core.history;

/**
 * Figures as charts can show them: right to one part in 4,096. What is left out would be noise, and
 * most of the room on the disk.
 */
final class Rounding {
  private static final int DROPPED_BITS = 41;
  private static final long KEPT = -1L << DROPPED_BITS;
  private static final long HALF = 1L << (DROPPED_BITS - 1);

  private Rounding() {}

  /** The nearest figure of eleven binary places. */
  static double of(double figure) {
    long bits = Double.doubleToRawLongBits(figure);
    double rounded = Double.longBitsToDouble(bits + HALF & KEPT);
    return Double.isFinite(rounded) ? rounded : figure;
  }
}
