package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the chips of a node measure: they grow warm with its load, and every kind of machine has
 * others. Immutable and thread-safe; what is wrong with them is in the troubles.
 */
public final class Sensors {

  private static final double LIMIT = 100;
  private static final double FAULTY_HIGH = 255;
  private static final double FAULTY_LOW = -128;

  private final Figures figures;
  private final Troubles troubles;

  Sensors(Figures figures, Troubles troubles) {
    this.figures = figures;
    this.troubles = troubles;
  }

  /** The chips of a node that is so busy, in the order in which the kernel found them. */
  public List<Chip> of(NodeSpec node, double cpu, Instant now) {
    double heat = troubles.on(Troubles.Kind.NODE_HOT, node.name()) ? 66 : 0;
    List<Chip> chips = new ArrayList<>();
    double board = 27.8 + 6 * cpu + 2 * wander(node, "board", now) + heat / 3;
    chips.add(new Chip("acpitz-acpi-0", "acpitz", "ACPI interface", List.of(bare("temp1", board))));
    int address = 1;
    for (Disk disk : Disk.of(node, figures)) {
      double degrees = disk.degrees(node, figures, troubles, now) + heat / 2;
      chips.add(disk.nvme() ? nvme(address++, degrees) : drive(disk, chips.size(), degrees));
    }
    chips.add(
        node.cpuModel().startsWith("AMD")
            ? k10temp(node, cpu, heat, now)
            : coretemp(node, cpu, heat, now));
    if (node.cpuModel().startsWith("AMD")) {
      chips.add(graphics(node, cpu, heat, now));
    } else if (node.cpuModel().contains("i7")) {
      chips.add(superIo(node, cpu, heat, now));
    }
    return troubles.on(Troubles.Kind.SENSORS_NONSENSE, node.name()) ? nonsense(chips) : chips;
  }

  private Chip coretemp(NodeSpec node, double cpu, double heat, Instant now) {
    List<Chip.Feature> features = new ArrayList<>();
    double hottest = 0;
    for (int core : cores(node)) {
      double own = 7 * wander(node, "core" + core, now);
      double degrees = Math.min(LIMIT + 1, Math.rint(34 + 46 * cpu + own + heat));
      hottest = Math.max(hottest, degrees);
      features.add(limited("temp" + (core + 2), "Core " + core, degrees));
    }
    features.add(0, limited("temp1", "Package id 0", hottest));
    return new Chip("coretemp-isa-0000", "coretemp", "ISA adapter", features);
  }

  /** As the kernel numbers them: efficient cores come in clusters of four. */
  private static List<Integer> cores(NodeSpec node) {
    if (node.cpuModel().contains("13500H")) {
      return List.of(0, 4, 8, 12, 16, 17, 18, 19, 20, 21, 22, 23);
    }
    return node.cpuModel().contains("N100") ? List.of(0, 1, 2, 3) : List.of(0, 1, 2, 3, 4, 5);
  }

  private static Chip.Feature limited(String id, String label, double degrees) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("input", degrees);
    values.put("max", LIMIT);
    values.put("crit", LIMIT);
    values.put("crit_alarm", degrees >= LIMIT ? 1.0 : 0.0);
    return new Chip.Feature(id, label, values);
  }

  private Chip k10temp(NodeSpec node, double cpu, double heat, Instant now) {
    double degrees = eighths(39 + 42 * cpu + 6 * wander(node, "tctl", now) + heat);
    return new Chip(
        "k10temp-pci-00c3", "k10temp", "PCI adapter", List.of(named("temp1", "Tctl", degrees)));
  }

  private Chip graphics(NodeSpec node, double cpu, double heat, Instant now) {
    double degrees = Math.rint(36 + 30 * cpu + 3 * wander(node, "edge", now) + heat);
    double watts = Math.rint(4000 + 21_000 * cpu + 1000 * wander(node, "power", now)) / 1000;
    return new Chip(
        "amdgpu-pci-0600",
        "amdgpu",
        "PCI adapter",
        List.of(
            named("in0", "vddgfx", Math.rint(800 + 300 * cpu) / 1000),
            named("in1", "vddnb", 0.762),
            named("temp1", "edge", degrees),
            named("power1", "PPT", watts)));
  }

  private Chip superIo(NodeSpec node, double cpu, double heat, Instant now) {
    double turns =
        Math.rint(820 + 1400 * Math.min(1, cpu + heat / 60) + 40 * wander(node, "fan", now));
    return new Chip(
        "nct6793-isa-0a20",
        "nct6793",
        "ISA adapter",
        List.of(
            bare("fan1", 0),
            bare("fan2", turns),
            named("temp1", "SYSTIN", Math.rint(31 + heat / 3)),
            named("temp2", "CPUTIN", eighths(36 + 30 * cpu + heat))));
  }

  private static Chip nvme(int address, double degrees) {
    Map<String, Double> composite = new LinkedHashMap<>();
    composite.put("input", degrees - 0.15);
    composite.put("max", 81.85);
    composite.put("min", -273.15);
    composite.put("crit", 84.85);
    composite.put("alarm", degrees > 81 ? 1.0 : 0.0);
    Map<String, Double> first = new LinkedHashMap<>();
    first.put("input", degrees - 0.15);
    first.put("max", 65_261.85);
    first.put("min", -273.15);
    return new Chip(
        "nvme-pci-%02x00".formatted(address),
        "nvme",
        "PCI adapter",
        List.of(
            new Chip.Feature("temp1", "Composite", composite),
            new Chip.Feature("temp2", "Sensor 1", first)));
  }

  private static Chip drive(Disk disk, int position, double degrees) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("input", degrees);
    values.put("max", disk.rotations() > 0 ? 60.0 : 70.0);
    values.put("min", 0.0);
    values.put("crit", disk.rotations() > 0 ? 65.0 : 75.0);
    values.put("lowest", 21.0);
    values.put("highest", Math.max(degrees, disk.rotations() > 0 ? 47.0 : 58.0));
    return new Chip(
        "drivetemp-scsi-" + (position - 1) + "-0",
        "drivetemp",
        "SCSI adapter",
        List.of(new Chip.Feature("temp1", "temp1", values)));
  }

  private static Chip.Feature bare(String id, double value) {
    return named(id, id, Math.rint(value * 10) / 10);
  }

  private static Chip.Feature named(String id, String label, double value) {
    return new Chip.Feature(id, label, Map.of("input", value));
  }

  /** Each chip in another way: too much, too little, and no number at all. */
  private static List<Chip> nonsense(List<Chip> chips) {
    List<Chip> broken = new ArrayList<>();
    double[] readings = {FAULTY_LOW, Double.NaN, FAULTY_HIGH};
    for (Chip chip : chips) {
      List<Chip.Feature> features = new ArrayList<>();
      for (Chip.Feature feature : chip.features()) {
        Map<String, Double> values = new LinkedHashMap<>(feature.values());
        if (feature.id().startsWith("temp")) {
          values.put("input", readings[(broken.size() + features.size()) % readings.length]);
        }
        features.add(new Chip.Feature(feature.id(), feature.label(), values));
      }
      broken.add(new Chip(chip.name(), chip.driver(), chip.adapter(), features));
    }
    return broken;
  }

  private static double eighths(double degrees) {
    return Math.rint(degrees * 8) / 8;
  }

  private double wander(NodeSpec node, String what, Instant now) {
    return figures.wandering(node.name() + what, now, Duration.ofSeconds(40));
  }
}
