package org.jarvis.lab.sim;

import java.util.List;
import java.util.Map;

/**
 * A chip that measures, as lm-sensors and the kernel's {@code hwmon} class tell of it.
 *
 * @param name as lm-sensors names it, such as {@code coretemp-isa-0000}
 * @param driver as the kernel names it, such as {@code coretemp}
 * @param adapter such as {@code ISA adapter}
 * @param features what it measures
 */
public record Chip(String name, String driver, String adapter, List<Feature> features) {

  /** Copies the features. */
  public Chip {
    features = List.copyOf(features);
  }

  /**
   * One thing that it measures.
   *
   * @param id as the kernel counts, such as {@code temp1} or {@code fan2}
   * @param label what it is called; the id where it has no name
   * @param values by their part of the name after the id ({@code input}, {@code max}, …), in
   *     degrees Celsius, volts, watts or turns a minute; not a number where the chip answers with
   *     something else
   */
  public record Feature(String id, String label, Map<String, Double> values) {

    /** Whether somebody gave it a name. */
    public boolean named() {
      return !label.equals(id);
    }
  }
}
