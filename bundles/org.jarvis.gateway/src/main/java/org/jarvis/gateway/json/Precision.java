package org.jarvis.gateway.json;

/** How exactly figures are told. */
public enum Precision {
  /** As they were read. */
  EXACT {
    @Override
    double share(double value) {
      return value;
    }

    @Override
    long bytes(long used, long total) {
      return used;
    }

    @Override
    double celsius(double value) {
      return value;
    }

    @Override
    long uptime(long seconds) {
      return seconds;
    }

    @Override
    boolean alikeShares(double one, double other) {
      return one == other;
    }

    @Override
    boolean alikeBytes(long one, long other, long total) {
      return one == other;
    }
  },
  /** As they are displayed: what cannot be seen to change is not sent again. */
  DISPLAYED {
    private static final double SHARE_STEPS = 1000;
    private static final long LEAST_BYTES = 1024 * 1024;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    @Override
    double share(double value) {
      return Math.round(value * SHARE_STEPS) / SHARE_STEPS;
    }

    @Override
    long bytes(long used, long total) {
      long step = step(total);
      return Math.round((double) used / step) * step;
    }

    @Override
    double celsius(double value) {
      return Math.rint(value);
    }

    @Override
    long uptime(long seconds) {
      long step = seconds < HOUR ? MINUTE : seconds < DAY ? 10 * MINUTE : HOUR;
      return seconds - seconds % step;
    }

    @Override
    boolean alikeShares(double one, double other) {
      return Math.abs(one - other) < 1 / SHARE_STEPS;
    }

    @Override
    boolean alikeBytes(long one, long other, long total) {
      return Math.abs(one - other) < step(total);
    }

    private static long step(long total) {
      return Math.max(LEAST_BYTES, total / (long) SHARE_STEPS);
    }
  };

  /** A share from 0 to 1. */
  abstract double share(double value);

  /** An amount in use of a total, which is 0 where unknown. */
  abstract long bytes(long used, long total);

  /** A temperature. */
  abstract double celsius(double value);

  /** How long something runs. */
  abstract long uptime(long seconds);

  /**
   * Whether a share that was told need not be told anew: it has moved by less than what can be
   * seen, or what wavers between two steps would be told with every reading.
   */
  abstract boolean alikeShares(double one, double other);

  /** The same of an amount in use. */
  abstract boolean alikeBytes(long one, long other, long total);
}
