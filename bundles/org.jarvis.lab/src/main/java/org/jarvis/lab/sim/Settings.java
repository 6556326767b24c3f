package org.jarvis.lab.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a setting takes effect: at once, or for some of them only when the guest starts the next
 * time.
 */
final class Settings {

  /** What a running virtual machine takes up without a restart, as its hotplug is configured. */
  private static final Set<String> MACHINE_AT_ONCE =
      Set.of(
          "balloon",
          "cpulimit",
          "cpuunits",
          "description",
          "hookscript",
          "lock",
          "name",
          "onboot",
          "protection",
          "shares",
          "startup",
          "tags",
          "vmstatestorage");

  private static final Set<String> CONTAINER_AT_ONCE =
      Set.of(
          "cores",
          "cpulimit",
          "cpuunits",
          "description",
          "hookscript",
          "lock",
          "memory",
          "onboot",
          "protection",
          "startup",
          "swap",
          "tags");

  private static final long MIB = 1L << 20;
  private static final long DEFAULT_MEMORY = 512;

  private Settings() {}

  /** The guest after an edit of its configuration. */
  static Guest edited(Guest guest, Map<String, String> set, Set<String> removed) {
    Guest edited = guest;
    for (Map.Entry<String, String> entry : set.entrySet()) {
      edited = edited(edited, entry.getKey(), entry.getValue());
    }
    for (String key : removed) {
      edited = edited(edited, key, null);
    }
    return edited;
  }

  /** The guest with what waited for its start. */
  static Guest started(Guest guest) {
    Guest started = guest;
    for (Map.Entry<String, String> entry : guest.alterations().pending().entrySet()) {
      String value = entry.getValue();
      started = applied(started, entry.getKey(), value.isEmpty() ? null : value);
    }
    return started.altered(started.alterations().settled());
  }

  private static Guest edited(Guest guest, String key, @Nullable String value) {
    boolean machine = guest.spec().kind() == GuestKind.QEMU;
    Set<String> atOnce = machine ? MACHINE_AT_ONCE : CONTAINER_AT_ONCE;
    boolean network = key.startsWith("net");
    return guest.running() && !network && !atOnce.contains(key)
        ? guest.altered(guest.alterations().waiting(key, value))
        : applied(guest, key, value);
  }

  private static Guest applied(Guest guest, String key, @Nullable String value) {
    GuestSpec spec = guest.spec();
    Alterations alterations = guest.alterations();
    return switch (key) {
      case "name", "hostname" ->
          guest
              .respecified(spec.renamed(value == null ? spec.kind().label() + spec.vmid() : value))
              .altered(alterations.from(guest.origin()));
      case "tags" -> guest.respecified(spec.tagged(value == null ? List.of() : tags(value)));
      case "description" -> guest.respecified(spec.noted(value == null ? "" : value));
      case "memory" ->
          guest.respecified(spec.sized(spec.cores(), number(value, DEFAULT_MEMORY) * MIB));
      case "cores" -> {
        long sockets = number(alterations.get("sockets", "1"), 1);
        yield guest
            .respecified(spec.sized((int) (number(value, 1) * sockets), spec.memory()))
            .altered(alterations.with(key, value));
      }
      case "sockets" -> {
        long before = number(alterations.get("sockets", "1"), 1);
        int cores = (int) (spec.cores() / before * number(value, 1));
        yield guest
            .respecified(spec.sized(cores, spec.memory()))
            .altered(
                alterations.with("cores", String.valueOf(spec.cores() / before)).with(key, value));
      }
      default -> guest.altered(alterations.with(key, value));
    };
  }

  private static List<String> tags(String value) {
    return Arrays.stream(value.split("[;,\\s]+", -1))
        .filter(tag -> !tag.isEmpty())
        .distinct()
        .toList();
  }

  private static long number(@Nullable String value, long otherwise) {
    return value == null || value.isEmpty() ? otherwise : Long.parseLong(value);
  }
}
