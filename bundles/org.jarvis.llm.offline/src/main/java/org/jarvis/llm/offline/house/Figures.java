package org.jarvis.llm.offline.house;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/** Figures in words. What is not known is said to be unknown, never zero. */
public final class Figures {
  private static final String UNKNOWN = "unknown";
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final double STEP = 1024;
  private static final double FEW = 10;

  private Figures() {}

  /** An amount of data. */
  public static String amount(@Nullable Bytes bytes) {
    if (bytes == null) {
      return UNKNOWN;
    }
    double value = bytes.value();
    int unit = 0;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < FEW && unit > 0 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** A share from 0 to 1 as percent. */
  public static String percent(@Nullable Double share) {
    return share == null ? UNKNOWN : String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  /** How much of something is in use, such as {@code 3 GiB of 4 GiB (75 %)}. */
  public static String use(@Nullable Bytes used, @Nullable Bytes total) {
    if (used == null || total == null) {
      return used == null ? UNKNOWN : amount(used);
    }
    Double share = share(used, total);
    return amount(used)
        + " of "
        + amount(total)
        + (share == null ? "" : " (" + percent(share) + ")");
  }

  /** The same as what somebody does, such as {@code uses 3 GiB of 4 GiB (75 %) of memory.} */
  public static String uses(@Nullable Bytes used, @Nullable Bytes total, String what) {
    return used == null
        ? "tells nothing of its " + what + " at the moment."
        : "uses " + use(used, total) + " of " + what + ".";
  }

  /** What share is in use; {@code null} where that is not known. */
  public static @Nullable Double share(@Nullable Bytes used, @Nullable Bytes total) {
    return used == null || total == null || total.value() == 0
        ? null
        : (Double) ((double) used.value() / total.value());
  }

  /** A time span, by its largest unit or two. */
  public static String span(@Nullable Duration span) {
    if (span == null) {
      return UNKNOWN;
    }
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " minutes";
    }
    if (seconds < 172_800) {
      return seconds / 3_600 + " hours";
    }
    return seconds / 86_400 + " days";
  }

  /** How long ago. */
  public static String ago(@Nullable Instant at, Instant now) {
    return at == null ? "at an unknown time" : span(Duration.between(at, now)) + " ago";
  }

  /** A number of things, such as {@code 1 guest} or {@code 3 guests}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
