package org.jarvis.connector.ssh.temperature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.resource.detail.NodeTemperatures.Kind;
import org.jarvis.api.resource.detail.NodeTemperatures.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The temperatures that a Linux kernel tells in its own files, which needs neither root's rights
 * nor any package: chips, NVMe and, with the module drivetemp, other drives under {@code
 * /sys/class/hwmon}, thermal zones under {@code /sys/class/thermal}.
 *
 * <p>It makes commands for three steps: which chips there are, which sensors these have, and what
 * they say. Every path in them is put together here, never taken from a host.
 */
public final class KernelSensors {
  private static final String CHIPS = "/sys/class/hwmon";
  private static final String ZONES = "/sys/class/thermal";
  private static final int MOST_PLACES = 64;
  private static final int MOST_FILES = 480;
  private static final int FILES_AT_A_TIME = 60;

  private static final Pattern PLACE = Pattern.compile("hwmon\\d{1,3}|thermal_zone\\d{1,3}");
  private static final Pattern HEADING =
      Pattern.compile("/sys/class/(?:hwmon/(hwmon\\d{1,3})|thermal/(thermal_zone\\d{1,3})):");
  private static final Pattern INPUT = Pattern.compile("(temp\\d{1,3})_input");
  private static final Pattern VALUE =
      Pattern.compile("/sys/class/(?:hwmon|thermal)/([a-z_]+\\d{1,3})/([a-z0-9_]{1,32}):(.*)");
  private static final Pattern MILLIDEGREES = Pattern.compile("-?\\d{1,7}");

  private KernelSensors() {}

  /** The command that lists the chips and zones. */
  public static List<String> listPlaces() {
    return List.of("ls", CHIPS, ZONES);
  }

  /** The chips and zones that it printed, by name. */
  public static List<String> places(String printed) {
    return printed
        .lines()
        .map(String::strip)
        .filter(line -> PLACE.matcher(line).matches())
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .limit(MOST_PLACES)
        .toList();
  }

  /** The command that lists what these have. */
  public static List<String> listFiles(List<String> places) {
    // The folder of all comes along: with one folder alone, ls would print no headings.
    return Stream.concat(Stream.of("ls", CHIPS), places.stream().map(KernelSensors::folder))
        .toList();
  }

  private static String folder(String place) {
    return (place.startsWith("hwmon") ? CHIPS : ZONES) + "/" + place;
  }

  /** The files to read, by what it printed. */
  public static List<String> files(String printed) {
    List<String> files = new ArrayList<>();
    String place = null;
    for (String line : (Iterable<String>) printed.lines().map(String::strip)::iterator) {
      Matcher heading = HEADING.matcher(line);
      if (line.endsWith(":")) {
        place =
            !heading.matches()
                ? null
                : heading.group(1) == null ? heading.group(2) : heading.group(1);
        if (place != null) {
          files.add(folder(place) + (place.startsWith("hwmon") ? "/name" : "/type"));
        }
      } else if (place != null) {
        addFiles(files, place, line);
      }
      if (files.size() >= MOST_FILES) {
        break;
      }
    }
    return List.copyOf(files);
  }

  private static void addFiles(List<String> files, String place, String entry) {
    Matcher input = INPUT.matcher(entry);
    if (place.startsWith("thermal_zone")) {
      if (entry.equals("temp")) {
        files.add(folder(place) + "/temp");
      }
    } else if (input.matches()) {
      for (String what : List.of("_input", "_label", "_max", "_crit")) {
        files.add(folder(place) + "/" + input.group(1) + what);
      }
    }
  }

  /** The commands that read these files, a few at a time. */
  public static List<List<String>> readFiles(List<String> files) {
    List<List<String>> commands = new ArrayList<>();
    for (int from = 0; from < files.size(); from += FILES_AT_A_TIME) {
      List<String> some = files.subList(from, Math.min(files.size(), from + FILES_AT_A_TIME));
      // Not every sensor has each of them; -s says nothing of those that are not there.
      commands.add(Stream.concat(Stream.of("grep", "-s", "-H", "."), some.stream()).toList());
    }
    return commands;
  }

  /** The temperatures, by what these printed. */
  public static List<Reading> read(String printed) {
    Map<String, Map<String, String>> values = new TreeMap<>();
    for (String line : (Iterable<String>) printed.lines()::iterator) {
      Matcher matcher = VALUE.matcher(line);
      if (matcher.matches()) {
        values
            .computeIfAbsent(matcher.group(1), place -> new HashMap<>())
            .putIfAbsent(matcher.group(2), matcher.group(3).strip());
      }
    }
    List<Reading> chips = new ArrayList<>();
    List<Reading> zones = new ArrayList<>();
    values.forEach(
        (place, files) -> {
          if (place.startsWith("hwmon")) {
            chips.addAll(chip(place, files));
          } else {
            zone(place, files, zones);
          }
        });
    return Stream.concat(chips.stream(), zones.stream().filter(zone -> isNews(zone, chips)))
        .toList();
  }

  /** A zone often repeats what a chip says. */
  private static boolean isNews(Reading zone, List<Reading> chips) {
    boolean processorKnown = chips.stream().anyMatch(chip -> chip.kind() == Kind.PROCESSOR);
    boolean sameName =
        chips.stream().anyMatch(chip -> chip.source().startsWith(zone.label() + "-"));
    return !sameName && !(zone.kind() == Kind.PROCESSOR && processorKnown);
  }

  private static List<Reading> chip(String place, Map<String, String> files) {
    String name = Sensor.name(files.getOrDefault("name", ""));
    List<String> inputs =
        files.keySet().stream().filter(file -> INPUT.matcher(file).matches()).sorted().toList();
    return inputs.stream()
        .map(
            input -> {
              String sensor = input.substring(0, input.indexOf('_'));
              Double celsius = celsius(files.get(input));
              Double kept = celsius == null ? null : Sensor.plausible(celsius);
              return kept == null
                  ? null
                  : new Reading(
                      name.isEmpty() ? place : name + "-" + place,
                      Sensor.name(files.getOrDefault(sensor + "_label", sensor)),
                      Sensor.kind(name),
                      kept,
                      limit(files.get(sensor + "_max")),
                      limit(files.get(sensor + "_crit")));
            })
        .filter(Objects::nonNull)
        .toList();
  }

  private static void zone(String place, Map<String, String> files, List<Reading> zones) {
    String type = Sensor.name(files.getOrDefault("type", place));
    Double celsius = celsius(files.get("temp"));
    Double kept = celsius == null ? null : Sensor.plausible(celsius);
    if (kept != null) {
      zones.add(new Reading(place, type, Sensor.kind(type), kept, null, null));
    }
  }

  private static @Nullable Double limit(@Nullable String text) {
    Double celsius = celsius(text);
    return celsius == null ? null : Sensor.plausibleLimit(celsius);
  }

  private static @Nullable Double celsius(@Nullable String text) {
    return text != null && MILLIDEGREES.matcher(text).matches()
        ? Integer.parseInt(text) / 1000.0
        : null;
  }
}
