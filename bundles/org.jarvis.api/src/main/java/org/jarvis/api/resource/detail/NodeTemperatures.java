package org.jarvis.api.resource.detail;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The temperatures of a node. What a sensor does not tell is absent, never zero; what no sensor can
 * mean - text, 255, below -40 or above 150 degrees - is left out, too.
 *
 * @param readings by chip and label
 */
public record NodeTemperatures(List<Reading> readings) implements Detail {
  /** What a sensor measures. */
  public enum Kind {
    /** A processor, its package or one of its cores. */
    PROCESSOR,
    /** A disk, NVMe or otherwise. */
    DISK,
    /** A memory module. */
    MEMORY,
    /** A graphics card. */
    GRAPHICS,
    /** The main board, or what does not say. */
    BOARD;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }

  /**
   * One sensor.
   *
   * @param source the chip, thermal zone or device, such as {@code coretemp-isa-0000}, {@code
   *     thermal_zone0} or {@code /dev/nvme0n1}
   * @param label what it is called there, such as {@code Package id 0}
   * @param kind what it measures
   * @param celsius degrees
   * @param high where it gets too warm by the sensor's own account
   * @param critical where it gets dangerous by the sensor's own account
   */
  public record Reading(
      String source,
      String label,
      Kind kind,
      double celsius,
      @Nullable Double high,
      @Nullable Double critical) {}

  /** Keeps the list from changing. */
  public NodeTemperatures {
    readings = List.copyOf(readings);
  }

  @Override
  public Aspect aspect() {
    return Aspect.TEMPERATURES;
  }
}
