package org.jarvis.tools.form;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/** How the tools put things for people. */
public final class Words {
  private static final int SAID_LIMIT = 300;
  private static final int UNIT = 1024;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Words() {}

  /** The noun for a kind of guest in running text. */
  public static String noun(GuestType type) {
    return switch (type) {
      case QEMU -> "VM";
      case LXC -> "container";
    };
  }

  /** A time in its two largest units: {@code 3 d 4 h}. */
  public static String time(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min"
        : duration.toSecondsPart() + " s";
  }

  /** An amount in the unit that fits: {@code 4.0 GiB}. */
  public static String amount(Bytes bytes) {
    double value = bytes.value();
    int unit = 0;
    while (value >= UNIT && unit < UNITS.length - 1) {
      value /= UNIT;
      unit++;
    }
    return unit == 0
        ? bytes.value() + " B"
        : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** A count with its noun: {@code 1 VM}, {@code 3 VMs}. */
  public static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** What a cluster said, as one line of bounded length: its strings are hostile. */
  public static String said(String text) {
    return InertText.line(text, SAID_LIMIT);
  }

  /** What a cluster said, in as many lines as it said it in, of bounded length. */
  public static String lines(String text, int limit) {
    String lines = InertText.lines(text).replace('\t', ' ').strip();
    return lines.length() <= limit ? lines : InertText.cut(lines, limit - 1) + "…";
  }

  /** How long ago something was: {@code 3 d 4 h ago}. */
  public static String ago(Instant at, Instant now) {
    return at.isBefore(now) ? time(Duration.between(at, now)) + " ago" : "just now";
  }

  /** What it means that high availability looks after the guest; {@code null} when it does not. */
  public static @Nullable String highAvailability(Guest guest, String wish) {
    return guest.haState() == null
        ? null
        : "High availability manages it (state "
            + said(guest.haState())
            + "): Proxmox VE hands the request to it and sets what it wants to "
            + wish
            + ".";
  }
}
