package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jarvis.api.resource.detail.NodeTemperatures.Reading;
import org.jspecify.annotations.Nullable;

/** Whether something in a node is too hot: by its sensor's own limits, or else by usual ones. */
final class TemperatureDetector implements BuiltIn {
  private static final String PROCESSOR = "processor";
  private static final String DISK = "disk";
  private static final String OTHER = "other";
  private static final String MUCH = "-critical";

  /** It is. */
  static final ProblemKind HIGH =
      KindDraft.of(
              "temperature-high",
              "Too hot",
              Severity.CRITICAL,
              "Something in the node is hotter than it should be, which wears it, slows it down,"
                  + " and in the end switches the node off.")
          .needs(Aspect.TEMPERATURES)
          .lasting(Duration.ofMinutes(5), Duration.ofMinutes(5))
          .limit(PROCESSOR, "Processors, where the sensor has no limit", "°C", 85, 30, 120)
          .limit(PROCESSOR + MUCH, "Processors, critical", "°C", 95, 30, 120)
          .limit(DISK, "Disks, where the sensor has no limit", "°C", 60, 30, 120)
          .limit(DISK + MUCH, "Disks, critical", "°C", 70, 30, 120)
          .limit(OTHER, "All else, where the sensor has no limit", "°C", 85, 30, 120)
          .limit(OTHER + MUCH, "All else, critical", "°C", 95, 30, 120)
          .unmended(
              "Dust, fans and the room's air have to be looked at by hand; less load helps for a"
                  + " while.");

  private static final double SLACK = 4;

  /** What sensors tell as limits without meaning any lies outside of these. */
  private static final double LEAST_LIMIT = 45;

  private static final double MOST_LIMIT = 130;
  private static final int MOST_READINGS = 8;

  @Override
  public List<ProblemKind> kinds() {
    return List.of(HIGH);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (Node node : situation.cluster().nodes().values()) {
      situation
          .fresh(node.ref(), NodeTemperatures.class)
          .ifPresent(told -> judge(situation, node, told, findings));
    }
    return findings;
  }

  private static void judge(
      Situation situation, Node node, NodeTemperatures told, List<Finding> findings) {
    Map<String, List<Reading>> hot = new TreeMap<>();
    for (Reading reading : told.readings()) {
      String source = Words.name(reading.source());
      boolean open = situation.isOpen(new Finding.Identity(HIGH.id(), node.ref(), source));
      if (reading.celsius() >= limit(situation, reading) - (open ? SLACK : 0)) {
        hot.computeIfAbsent(source, key -> new ArrayList<>()).add(reading);
      }
    }
    hot.forEach((source, readings) -> findings.add(finding(situation, node, source, readings)));
  }

  private static Finding finding(
      Situation situation, Node node, String source, List<Reading> readings) {
    Reading worst = readings.get(0);
    boolean critical = false;
    for (Reading reading : readings) {
      worst = reading.celsius() > worst.celsius() ? reading : worst;
      critical |= reading.celsius() >= most(situation, reading);
    }
    Sight sight =
        Sight.of(
            HIGH,
            node.ref(),
            source,
            critical ? Severity.CRITICAL : Severity.WARNING,
            Words.name(worst.label())
                + " ("
                + source
                + ") in "
                + node.name()
                + " is at "
                + Words.figure(worst.celsius())
                + " °C; the limit is "
                + Words.figure(limit(situation, worst))
                + " °C.");
    readings.stream()
        .limit(MOST_READINGS)
        .forEach(
            reading ->
                sight.evidence(
                    Words.name(reading.label()),
                    Words.figure(reading.celsius())
                        + " °C of "
                        + Words.figure(limit(situation, reading))
                        + " °C"));
    return sight.finding();
  }

  private static double limit(Situation situation, Reading reading) {
    return isMeant(reading.high())
        ? reading.high()
        : Math.min(
            situation.limit(HIGH, group(reading)),
            isMeant(reading.critical()) ? reading.critical() : MOST_LIMIT);
  }

  private static double most(Situation situation, Reading reading) {
    return isMeant(reading.critical())
        ? reading.critical()
        : Math.max(limit(situation, reading), situation.limit(HIGH, group(reading) + MUCH));
  }

  private static boolean isMeant(@Nullable Double limit) {
    return limit != null && limit >= LEAST_LIMIT && limit <= MOST_LIMIT;
  }

  private static String group(Reading reading) {
    return switch (reading.kind()) {
      case PROCESSOR -> PROCESSOR;
      case DISK -> DISK;
      case MEMORY, GRAPHICS, BOARD -> OTHER;
    };
  }
}
