package org.jarvis.connector.proxmox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jarvis.connector.proxmox.http.ToldTime;

/** Says in words which members' clocks are wrong, and what to do about it. */
final class Clocks {
  /** The lines that mend it on a node: chrony is what Proxmox VE itself uses. */
  static final String CURE = "systemctl enable --now chrony\nchronyc makestep\nchronyc tracking";

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** From here on nobody cares for seconds, which would only make the words change. */
  private static final long ROUNDED_FROM = 10 * MINUTE;

  private static final String WHY =
      " Until then times that the nodes write down and those of Jarvis do not agree.";

  private Clocks() {}

  /** A sentence for each way in which clocks are wrong, always the same for the same clocks. */
  static List<String> warnings(List<ToldTime> times) {
    Map<String, List<String>> names = new TreeMap<>();
    times.stream()
        .filter(ToldTime::wrong)
        .sorted(Comparator.comparing(ToldTime::name))
        .forEach(
            time ->
                names
                    .computeIfAbsent(away(time.ahead()), way -> new ArrayList<>())
                    .add(time.name()));
    List<String> warnings = new ArrayList<>();
    names.forEach(
        (way, those) -> warnings.add(warning(way, those, those.size() == times.size()) + WHY));
    return warnings;
  }

  private static String warning(String way, List<String> names, boolean everybody) {
    boolean one = names.size() == 1;
    String what =
        one
            ? names.get(0) + "'s clock is " + way + " Jarvis's"
            : "The clocks of " + listed(names) + " are " + way + " Jarvis's";
    String cure =
        ": set "
            + (one ? "it" : "them")
            + " right with chrony "
            + (one ? "there" : "on these nodes")
            + " (systemctl enable --now chrony, then chronyc makestep)";
    return what
        + cure
        + (everybody
            ? ", or the clock of Jarvis's own machine, where that is the wrong one: no other clock"
                + " of the cluster tells which."
            : ".");
  }

  private static String listed(List<String> names) {
    return String.join(", ", names.subList(0, names.size() - 1))
        + " and "
        + names.get(names.size() - 1);
  }

  /** How far, and in which direction: {@code 1 h 0 min behind}. */
  static String away(Duration ahead) {
    return length(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of");
  }

  private static String length(Duration length) {
    long seconds = length.toSeconds();
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < ROUNDED_FROM) {
      return seconds / MINUTE + " min " + seconds % MINUTE + " s";
    }
    long rounded = (seconds + MINUTE / 2) / MINUTE * MINUTE;
    if (rounded < HOUR) {
      return rounded / MINUTE + " min";
    }
    if (rounded < DAY) {
      return rounded / HOUR + " h " + rounded / MINUTE % MINUTE + " min";
    }
    return rounded / DAY + " d " + rounded / HOUR % 24 + " h";
  }
}
