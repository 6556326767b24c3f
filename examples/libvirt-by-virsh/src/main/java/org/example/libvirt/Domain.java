package org.example.libvirt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Observation;

/**
 * A virtual machine, as libvirt tells of it.
 *
 * @param id what names it for good
 * @param name what people call it, and anybody may have chosen
 * @param figures its figures by libvirt's names, such as {@code state.state}
 */
record Domain(UUID id, String name, Map<String, String> figures) {
  /**
   * {@code virsh list --all --uuid --name}: "UUIDs and names are printed side by side without any
   * header" (docs/manpages/virsh.rst), padded by some versions.
   */
  private static final Pattern LISTED =
      Pattern.compile("([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?: +(.*?))? *");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
  private static final int FIRST = 100_000;
  private static final int NUMBERS = 900_000;

  /**
   * The number that a guest has in Jarvis: of six digits, made of its UUID alone, so that it stays
   * the same whatever else comes, goes or is renamed.
   */
  static GuestId number(UUID id) {
    long bits = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    return new GuestId(FIRST + (int) Math.floorMod(bits, (long) NUMBERS));
  }

  GuestId number() {
    return number(id);
  }

  /** The names by UUID in what {@code virsh list --all --uuid --name} says. */
  static Map<UUID, String> listed(String list) {
    Map<UUID, String> names = new TreeMap<>();
    list.lines()
        .map(LISTED::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                names.put(
                    UUID.fromString(line.group(1)), line.group(2) == null ? "" : line.group(2)));
    return names;
  }

  /**
   * The figures by name in what {@code virsh domstats --raw} says: a line {@code Domain: 'name'},
   * then lines {@code key=value}, indented. libvirt allows no line break in a name. Of two that
   * have the same name all the same, neither is there.
   */
  static Map<String, Map<String, String>> figures(String stats) {
    Map<String, Map<String, String>> all = new HashMap<>();
    List<String> twice = new ArrayList<>();
    Map<String, String> current = new HashMap<>();
    for (String line : stats.lines().toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("Domain: '") && line.endsWith("'")) {
        current = new HashMap<>();
        String name = line.substring("Domain: '".length(), line.length() - 1).stripTrailing();
        if (all.put(name, current) != null) {
          twice.add(name);
        }
      } else if (line.startsWith(" ") && equals > 0) {
        current.put(line.substring(0, equals).strip(), line.substring(equals + 1));
      }
    }
    twice.forEach(all::remove);
    return all;
  }

  /** As Jarvis shows it. */
  Guest guest(Settings settings, Observation observation) {
    Guest.Status status = status();
    return new Guest(
        settings.cluster(),
        number(),
        GuestType.QEMU,
        name.isBlank() ? number().toString() : name,
        settings.node(),
        status,
        false,
        List.of(),
        null,
        null,
        null,
        null,
        number("vcpu.current") == null ? null : Math.toIntExact(number("vcpu.current") % 100_000),
        status == Guest.Status.RUNNING ? kibibytes("balloon.rss") : null,
        kibibytes("balloon.maximum"),
        null,
        null,
        observation);
  }

  /**
   * By virDomainState (include/libvirt/libvirt-domain.h). What is none of these, nobody can tell.
   */
  private Guest.Status status() {
    return switch (figures.getOrDefault("state.state", "")) {
      // Running, blocked on a resource, being shut down.
      case "1", "2", "4" -> Guest.Status.RUNNING;
      // Paused, suspended by its own power management.
      case "3", "7" -> Guest.Status.PAUSED;
      case "5" -> Guest.Status.STOPPED;
      default -> Guest.Status.UNKNOWN;
    };
  }

  private Bytes kibibytes(String key) {
    Long number = number(key);
    return number == null ? null : new Bytes(number * 1024);
  }

  private Long number(String key) {
    String figure = figures.getOrDefault(key, "");
    return NUMBER.matcher(figure).matches() ? Long.valueOf(figure) : null;
  }
}
