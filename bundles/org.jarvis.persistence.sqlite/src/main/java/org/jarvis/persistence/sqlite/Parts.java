package org.jarvis.persistence.sqlite;

/**
 * Series go to the disk and back in parts, by their numbers: small enough for one step of a
 * transaction and for one page, and large enough to be few.
 */
final class Parts {
  private static final int BITS = 7;

  private Parts() {}

  /** The part of a series. */
  static long of(long series) {
    return series >> BITS;
  }

  /** The first series of a part. */
  static long first(long part) {
    return part << BITS;
  }

  /** The last series of a part. */
  static long last(long part) {
    return first(part + 1) - 1;
  }
}
