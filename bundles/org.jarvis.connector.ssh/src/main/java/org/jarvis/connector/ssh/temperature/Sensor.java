package org.jarvis.connector.ssh.temperature;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jarvis.api.resource.detail.NodeTemperatures.Kind;
import org.jspecify.annotations.Nullable;

/** What can be a temperature, and what a chip measures. */
final class Sensor {
  private static final double HIGHEST = 150;
  private static final double ALL_BITS_SET = 255;
  private static final int LONGEST_NAME = 64;

  private static final Pattern PROCESSOR =
      Pattern.compile(
          "(coretemp|k8temp|k10temp|zenpower|fam15h|x86_pkg_temp|cpu|soc|via_cputemp|bcm2835).*");
  private static final Pattern DISK = Pattern.compile("(nvme|drivetemp).*");
  private static final Pattern MEMORY = Pattern.compile("(jc42|spd5118|tse2004|dimm).*");
  private static final Pattern GRAPHICS =
      Pattern.compile("(amdgpu|radeon|nouveau|nvidia|i915|xe|gpu)([-_].*)?");

  private Sensor() {}

  /**
   * The number, or {@code null} where no sensor can mean it: none that is working tells of frost in
   * a running machine, of 255 or of more than 150 degrees.
   */
  static @Nullable Double plausible(double celsius) {
    // The comparison refuses NaN as well.
    return celsius >= 0 && celsius <= HIGHEST && celsius != ALL_BITS_SET ? celsius : null;
  }

  /** A limit; zero is what chips tell that have none. */
  static @Nullable Double plausibleLimit(double celsius) {
    return celsius > 0 ? plausible(celsius) : null;
  }

  /** What a chip of this name measures. */
  static Kind kind(String chip) {
    String name = chip.toLowerCase(Locale.ROOT);
    if (PROCESSOR.matcher(name).matches()) {
      return Kind.PROCESSOR;
    }
    if (DISK.matcher(name).matches()) {
      return Kind.DISK;
    }
    if (MEMORY.matcher(name).matches()) {
      return Kind.MEMORY;
    }
    return GRAPHICS.matcher(name).matches() ? Kind.GRAPHICS : Kind.BOARD;
  }

  /** A name that a host gave, fit to be shown. */
  static String name(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7E]", "?").strip();
    return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
  }
}
