package org.jarvis.lab.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.lab.fault.Fault;
import org.jarvis.lab.fault.FaultKind;
import org.jarvis.lab.fault.FaultSwitches;
import org.jarvis.lab.sim.NodeSpec;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.StorageSpec;

/**
 * Does what a line of words asks of the fault switches: {@code list}, {@code on NAME [target…]
 * [option=value…]}, {@code off NAME [target…]} and {@code off all}. Targets may be given by name as
 * well, as the switches' API takes them: {@code vmid=101}. Safe from any thread.
 */
final class FaultDesk {

  /** What can be asked. */
  static final String USAGE =
      "It takes: list, on NAME [target...] [option=value...], off NAME [target...], or off all.";

  private static final int NAMED_AT_MOST = 16;

  private final FaultSwitches switches;
  private final SimulatedCluster cluster;

  /** A desk for these switches of this cluster. */
  FaultDesk(FaultSwitches switches, SimulatedCluster cluster) {
    this.switches = switches;
    this.cluster = cluster;
  }

  /**
   * Does it.
   *
   * @return what there is to say, line by line
   * @throws IllegalArgumentException with a sentence that says what is expected instead
   */
  List<String> answer(List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("What shall be done? " + USAGE);
    }
    List<String> rest = words.subList(1, words.size());
    switch (words.get(0)) {
      case "list" -> {
        if (!rest.isEmpty()) {
          throw new IllegalArgumentException(
              "list takes nothing, so '" + rest.get(0) + "' is too much.");
        }
        return list();
      }
      case "on" -> {
        return on(rest);
      }
      case "off" -> {
        return rest.equals(List.of("all")) ? allOff() : off(rest);
      }
      default -> {
        throw new IllegalArgumentException("'" + words.get(0) + "' is none of it. " + USAGE);
      }
    }
  }

  private List<String> on(List<String> words) {
    FaultKind kind = kind(words, "on");
    List<String> arguments = words.subList(1, words.size());
    try {
      Fault fault = kind.with(values(kind, arguments));
      switches.on(fault);
      return List.of(
          fault.lasting()
              ? named(fault) + " is on. lab:fault off " + kind.word() + " ends it."
              : named(fault) + " has happened; there is nothing to switch off.");
    } catch (IllegalArgumentException mistake) {
      throw expected(mistake, kind, "on");
    }
  }

  private List<String> off(List<String> words) {
    FaultKind kind = kind(words, "off");
    List<String> arguments = words.subList(1, words.size());
    if (arguments.isEmpty()) {
      return everyOff(kind);
    }
    try {
      Fault fault = kind.with(values(kind, arguments));
      boolean wasOn = isOn(fault);
      switches.off(fault);
      // A lock is taken off whoever set it, so that one that nothing switched on ends as well.
      if (!wasOn && !(fault instanceof Fault.GuestLocked)) {
        throw new IllegalArgumentException(notOn(named(fault)));
      }
      return List.of(named(fault) + " is off.");
    } catch (IllegalArgumentException mistake) {
      throw expected(mistake, kind, "off");
    }
  }

  private List<String> everyOff(FaultKind kind) {
    List<Fault> those =
        switches.active().stream().filter(fault -> FaultKind.of(fault) == kind).toList();
    if (those.isEmpty()) {
      throw new IllegalArgumentException(notOn(kind.word()));
    }
    those.forEach(switches::off);
    return those.stream().map(fault -> named(fault) + " is off.").toList();
  }

  private List<String> allOff() {
    List<Fault> before = switches.active();
    switches.allOff();
    return before.isEmpty()
        ? List.of("No fault was on.")
        : before.stream().map(fault -> named(fault) + " is off.").toList();
  }

  private boolean isOn(Fault fault) {
    return switches.active().stream()
        .anyMatch(
            active ->
                FaultKind.of(active) == FaultKind.of(fault)
                    && active.subject().equals(fault.subject()));
  }

  private String notOn(String what) {
    List<Fault> active = switches.active();
    return what
        + " is not on. "
        + (active.isEmpty()
            ? "No fault is on."
            : "On: " + active.stream().map(FaultDesk::named).collect(Collectors.joining(", ")))
        + (active.isEmpty() ? "" : ".");
  }

  private static FaultKind kind(List<String> words, String verb) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException(
          "Which fault shall be " + verb + "? lab:fault list tells their names.");
    }
    return FaultKind.named(words.get(0))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no fault '" + words.get(0) + "'; lab:fault list tells their names."));
  }

  /** The parameters by name: words without a name are the places that are not named, in order. */
  private static Map<String, String> values(FaultKind kind, List<String> words) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> bare = new ArrayList<>();
    for (String word : words) {
      int mark = word.indexOf('=');
      if (mark < 0) {
        bare.add(word);
      } else if (values.put(word.substring(0, mark), word.substring(mark + 1)) != null) {
        throw new IllegalArgumentException(word.substring(0, mark) + " is given twice");
      }
    }
    List<String> places =
        kind.places().stream().filter(place -> !values.containsKey(place)).toList();
    if (bare.size() > places.size()) {
      throw new IllegalArgumentException("'" + bare.get(places.size()) + "' is too much");
    }
    for (int i = 0; i < bare.size(); i++) {
      values.put(places.get(i), bare.get(i));
    }
    return values;
  }

  private IllegalArgumentException expected(
      IllegalArgumentException mistake, FaultKind kind, String verb) {
    String message = String.valueOf(mistake.getMessage());
    if (message.endsWith(".")) {
      return mistake;
    }
    String arguments = FaultGuide.of(kind).arguments();
    return new IllegalArgumentException(
        "%s: %s. It reads: lab:fault %s %s%s. %s"
            .formatted(
                kind.word(),
                message,
                verb,
                kind.word(),
                arguments.isEmpty() ? "" : " " + arguments,
                places(kind))
            .strip(),
        mistake);
  }

  private String places(FaultKind kind) {
    if (kind.places().contains("vmid")) {
      return guests();
    }
    if (kind.places().contains("node")) {
      return nodes();
    }
    if (kind.places().contains("host")) {
      return hosts();
    }
    return kind.places().contains("storage") ? storages() : "";
  }

  private List<String> list() {
    List<String> lines = new ArrayList<>();
    List<Fault> active = switches.active();
    lines.add(row("NAME", "ON", "WHERE AND HOW", "WHAT IT DOES"));
    for (FaultKind kind : FaultKind.values()) {
      FaultGuide guide = FaultGuide.of(kind);
      boolean on = active.stream().anyMatch(fault -> FaultKind.of(fault) == kind);
      lines.add(row(kind.word(), on ? "on" : "", guide.arguments(), guide.effect()));
    }
    lines.add("");
    lines.add(guests());
    lines.add(nodes());
    lines.add(storages());
    lines.add("");
    lines.add(active.isEmpty() ? "No fault is on." : "On:");
    active.forEach(fault -> lines.add("  " + named(fault)));
    return lines;
  }

  private static String row(String name, String on, String where, String what) {
    return "%-20s %-3s %-42s %s".formatted(name, on, where, what);
  }

  private String guests() {
    return "Guests: "
        + few(
            cluster.snapshot().guests().stream()
                .map(guest -> guest.vmid() + " " + guest.spec().name())
                .toList());
  }

  private String nodes() {
    return "Nodes: " + few(cluster.inventory().nodes().stream().map(NodeSpec::name).toList());
  }

  private String hosts() {
    return "Hosts: "
        + few(
            Stream.concat(
                    cluster.inventory().nodes().stream().map(NodeSpec::name),
                    cluster.guestHosts().stream().map(guest -> guest.spec().name()))
                .toList());
  }

  private String storages() {
    return "Storages: "
        + few(cluster.inventory().storages().stream().map(StorageSpec::id).toList());
  }

  private static String few(List<String> names) {
    int more = names.size() - NAMED_AT_MOST;
    return names.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "))
        + (more > 0 ? String.format(Locale.ROOT, " and %d more.", more) : ".");
  }

  private static String named(Fault fault) {
    String parameters =
        FaultKind.of(fault).parameters().stream()
            .filter(fault.parameters()::containsKey)
            .map(name -> " " + name + "=" + fault.parameters().get(name))
            .collect(Collectors.joining());
    return FaultKind.of(fault).word() + parameters;
  }
}
