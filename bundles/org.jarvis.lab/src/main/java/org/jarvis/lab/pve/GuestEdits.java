package org.jarvis.lab.pve;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;

/** What was edited of a guest's configuration, over what it was at the beginning. */
final class GuestEdits {

  private static final Pattern HARDWARE_ADDRESS = Pattern.compile("BC:24:11(?::[0-9A-F]{2}){3}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

  /** Settings that are text although they look like numbers. */
  private static final Set<String> TEXT =
      Set.of("agent", "description", "hostname", "hotplug", "name", "tags", "vmgenid");

  private GuestEdits() {}

  /** Puts over a configuration what took effect. */
  static void over(Guest guest, Map<String, Object> configuration) {
    if (!guest.alterations().origin().isEmpty()) {
      identify(guest, configuration);
    }
    put(guest, guest.alterations().set(), configuration);
    guest.alterations().removed().forEach(configuration::remove);
  }

  /** A renamed guest keeps its identity, and a copy has its own. */
  private static void identify(Guest guest, Map<String, Object> configuration) {
    String origin = guest.origin();
    configuration.computeIfPresent(
        "net0",
        (key, card) ->
            HARDWARE_ADDRESS
                .matcher(String.valueOf(card))
                .replaceFirst(GuestConfigs.hardwareAddress(origin)));
    configuration.computeIfPresent(
        "smbios1", (key, value) -> "uuid=" + GuestConfigs.uuid(origin, "smbios"));
    configuration.computeIfPresent(
        "vmgenid", (key, value) -> GuestConfigs.uuid(origin, "generation"));
    Instant made = guest.alterations().made();
    if (made != null) {
      configuration.computeIfPresent(
          "meta",
          (key, value) ->
              String.valueOf(value).replaceFirst("ctime=\\d+", "ctime=" + made.getEpochSecond()));
    }
  }

  /** Puts over a configuration what waits for the next start. */
  static void pendingOver(Guest guest, Map<String, Object> configuration) {
    put(guest, guest.alterations().pending(), configuration);
  }

  private static void put(
      Guest guest, SortedMap<String, String> values, Map<String, Object> configuration) {
    values.forEach(
        (key, value) -> {
          if (value.isEmpty()) {
            configuration.remove(key);
          } else {
            configuration.put(key, typed(guest, key, value));
          }
        });
  }

  /** Integers are numbers in this API, but a virtual machine's memory is text. */
  private static Object typed(Guest guest, String key, String value) {
    boolean memory = key.equals("memory") && guest.spec().kind() == GuestKind.QEMU;
    boolean text = memory || TEXT.contains(key);
    return !text && NUMBER.matcher(value).matches() ? (Object) Long.valueOf(value) : value;
  }
}
