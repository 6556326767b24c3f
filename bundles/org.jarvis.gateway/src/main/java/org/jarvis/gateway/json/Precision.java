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
    long uptime(long seconds) {
      return seconds;
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
      long step = Math.max(LEAST_BYTES, total / (long) SHARE_STEPS);
      return Math.round((double) used / step) * step;
    }

    @Override
    long uptime(long seconds) {
      long step = seconds < HOUR ? MINUTE : seconds < DAY ? 10 * MINUTE : HOUR;
      return seconds - seconds % step;
    }
  };

  /** A share from 0 to 1. */
  abstract double share(double value);

  /** An amount in use of a total, which is 0 where unknown. */
  abstract long bytes(long used, long total);

  /** How long something runs. */
  abstract long uptime(long seconds);
}
