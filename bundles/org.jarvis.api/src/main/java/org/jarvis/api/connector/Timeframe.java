package org.jarvis.api.connector;

import java.util.Locale;

/** How far back a cluster's own record of figures is asked for; the farther, the coarser. */
public enum Timeframe {
  /** Steps of one minute. */
  HOUR,
  /** Steps of some minutes. */
  DAY,
  /** Steps of half an hour. */
  WEEK,
  /** Steps of some hours. */
  MONTH,
  /** Steps of days. */
  YEAR;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word at the edges. */
  public String word() {
    return word;
  }
}
