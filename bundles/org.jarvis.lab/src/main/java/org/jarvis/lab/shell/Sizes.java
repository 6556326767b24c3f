package org.jarvis.lab.shell;

import java.util.Locale;

/** Sizes as programs write them. */
final class Sizes {

  private static final String UNITS = "BKMGTPE";

  private Sizes() {}

  /** As {@code ls -h} and {@code df -h}: rounded up, one decimal below ten. */
  static String binary(long bytes) {
    return scaled(bytes, 1024, "");
  }

  /** As {@code free -h}: {@code 31Gi}. */
  static String binaryWithMark(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    String number =
        value < 10 && unit > 0
            ? String.format(Locale.ROOT, "%.1f", value)
            : String.format(Locale.ROOT, "%.0f", value);
    return number + UNITS.charAt(unit) + (unit > 0 ? "i" : "");
  }

  private static String scaled(long bytes, int step, String mark) {
    if (bytes < step) {
      return bytes + mark;
    }
    double value = bytes;
    int unit = 0;
    while (value >= step && unit < UNITS.length() - 1) {
      value /= step;
      unit++;
    }
    double up = value < 10 ? Math.ceil(value * 10) / 10 : Math.ceil(value);
    return (up < 10
            ? String.format(Locale.ROOT, "%.1f", up)
            : String.format(Locale.ROOT, "%.0f", up))
        + UNITS.charAt(unit)
        + mark;
  }

  /** As ZFS: three digits, {@code 1.81T}, {@code 667G}. */
  static String zfs(long bytes) {
    if (bytes < 1024) {
      return bytes + "B";
    }
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    String number =
        value < 10
            ? String.format(Locale.ROOT, "%.2f", value)
            : value < 100
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.format(Locale.ROOT, "%.0f", value);
    return number + UNITS.charAt(unit);
  }

  /** As LVM: {@code 794.30g}. */
  static String lvm(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f", value)
        + UNITS.substring(unit, unit + 1).toLowerCase(Locale.ROOT);
  }

  /** As {@code lsblk}: {@code 931.5G}, {@code 1.8T}. */
  static String block(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    String number = String.format(Locale.ROOT, "%.1f", value);
    return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number)
        + UNITS.charAt(unit);
  }
}
