package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;

/** How the detectors put things for people. */
final class Words {
  private static final int NAME_LIMIT = 60;
  private static final int SAID_LIMIT = 160;
  private static final int UNIT = 1024;
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
  private static final int NAMED = 5;
  private static final int SUMMARY_LIMIT = 300;

  private Words() {}

  /** A figure with at most one digit behind the point. */
  static String figure(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  /** A share in percent, rounded down, so that nothing is called full that is not. */
  static String percent(double percent) {
    return (long) Math.floor(percent) + " %";
  }

  /** An amount in the unit that fits: {@code 4.0 GiB}. */
  static String amount(Bytes bytes) {
    return amount((double) bytes.value());
  }

  /** An amount of bytes in the unit that fits. */
  static String amount(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= UNIT && unit < UNITS.size() - 1) {
      value /= UNIT;
      unit++;
    }
    return unit == 0
        ? (long) bytes + " B"
        : String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
  }

  /** A time in its largest unit: {@code 3 days}, {@code 1 minute}. */
  static String time(Duration duration) {
    if (duration.toDays() > 1) {
      return count(duration.toDays(), "day");
    }
    if (duration.toHours() > 1) {
      return count(duration.toHours(), "hour");
    }
    return duration.toMinutes() > 0
        ? count(duration.toMinutes(), "minute")
        : count(Math.max(1, duration.toSeconds()), "second");
  }

  /** How long ago something was: {@code 3 days ago}. */
  static String ago(Instant at, Instant now) {
    return at.isBefore(now) ? time(Duration.between(at, now)) + " ago" : "just now";
  }

  /** A count with its noun: {@code 1 guest}, {@code 3 guests}. */
  static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** Names, the first few of them: {@code media, mail and 3 more}. */
  static String list(List<String> names) {
    int shown = Math.min(NAMED, names.size());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shown; i++) {
      if (i > 0) {
        text.append(i == shown - 1 && shown == names.size() ? " and " : ", ");
      }
      text.append(names.get(i));
    }
    return names.size() > shown
        ? text + " and " + (names.size() - shown) + " more"
        : text.toString();
  }

  /** How people call a guest: {@code media (VM 101)}; its name is the cluster's, so it is cut. */
  static String guest(Guest guest) {
    return cut(guest.name(), NAME_LIMIT) + " (" + guest.type().label() + " " + guest.id() + ")";
  }

  /** A name that a cluster gave, cut to a length that leaves room for a sentence. */
  static String name(String name) {
    return cut(name, NAME_LIMIT);
  }

  /** What a cluster said, cut to what a sentence can hold. */
  static String said(String text) {
    return cut(text.strip(), SAID_LIMIT);
  }

  /** The end of a sentence without the full stop that it may carry already. */
  static String unstopped(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** A summary, whatever long names came together in it. */
  static String summary(String text) {
    return cut(text, SUMMARY_LIMIT - 1);
  }

  private static String cut(String text, int limit) {
    return text.length() <= limit ? text : text.substring(0, limit - 1) + "…";
  }
}
