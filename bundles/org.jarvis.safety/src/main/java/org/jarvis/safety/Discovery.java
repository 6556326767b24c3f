package org.jarvis.safety;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of this machine with the guests of a cluster came to.
 *
 * <p>A network card's hardware address and the firmware's UUID are strong signs: exactly one guest
 * that carries one is the guest that Jarvis runs in. Two guests that do, such as a clone with its
 * original, contradict each other. IP addresses and the machine id are shared too easily, so they
 * only make a hint for people. No sign at all proves nothing: Jarvis may run in a container inside
 * a guest.
 *
 * @param home the guest that Jarvis runs in; {@code null} where that cannot be told
 * @param reason what was found, in one sentence
 */
record Discovery(@Nullable GuestId home, String reason) {
  private static final Pattern SMBIOS_UUID =
      Pattern.compile("(?:^|,)uuid=([0-9a-fA-F-]{36})(?:,|$)");

  Optional<GuestId> guest() {
    return Optional.ofNullable(home);
  }

  /** Compares. */
  static Discovery of(HostFacts host, ClusterSnapshot cluster) {
    SortedSet<GuestId> byMac = new TreeSet<>();
    SortedSet<GuestId> byUuid = new TreeSet<>();
    SortedSet<GuestId> hinted = new TreeSet<>();
    int unread = 0;
    for (Guest guest : cluster.guests().values()) {
      Details details = cluster.details(guest.ref());
      GuestConfiguration configuration =
          find(details, Aspect.CONFIGURATION, GuestConfiguration.class);
      if (configuration == null) {
        unread++;
      } else {
        if (hasCard(configuration, host.macs())) {
          byMac.add(guest.id());
        }
        String uuid = uuid(configuration);
        if (uuid != null && uuid.equals(host.uuid())) {
          byUuid.add(guest.id());
        }
        if (uuid != null && uuid.replace("-", "").equals(host.machineId())) {
          hinted.add(guest.id());
        }
      }
      if (hasAddress(details, host.addresses())) {
        hinted.add(guest.id());
      }
    }
    return judged(byMac, byUuid, hinted, unread);
  }

  private static Discovery judged(
      SortedSet<GuestId> byMac, SortedSet<GuestId> byUuid, SortedSet<GuestId> hinted, int unread) {
    SortedSet<GuestId> strong = new TreeSet<>(byMac);
    strong.addAll(byUuid);
    if (strong.size() > 1) {
      return new Discovery(
          null,
          "More than one guest carries a sign of this machine, such as a clone with its original: "
              + list(strong)
              + ".");
    }
    if (!byMac.isEmpty()) {
      return new Discovery(
          byMac.first(),
          "A network card of guest "
              + byMac.first()
              + " has the hardware address of this machine's.");
    }
    if (!byUuid.isEmpty()) {
      // A clone that was not read yet would have the same one.
      return unread == 0
          ? new Discovery(
              byUuid.first(), "Guest " + byUuid.first() + " has the UUID of this machine.")
          : new Discovery(
              null,
              "Guest "
                  + byUuid.first()
                  + " has the UUID of this machine, but the configurations of "
                  + unread
                  + " others are not read yet.");
    }
    if (!hinted.isEmpty()) {
      return new Discovery(
          null,
          "An IP address or the machine id points to guest "
              + list(hinted)
              + ", which is too weak a sign to rely on.");
    }
    return new Discovery(
        null,
        "No guest carries the hardware address or UUID of this machine, which proves nothing"
            + (unread == 0 ? "." : ", and the configurations of " + unread + " are not read yet."));
  }

  private static boolean hasCard(GuestConfiguration configuration, Set<String> macs) {
    return configuration.networks().stream()
        .map(GuestConfiguration.Network::mac)
        .anyMatch(mac -> mac != null && macs.contains(mac.toLowerCase(Locale.ROOT)));
  }

  private static @Nullable String uuid(GuestConfiguration configuration) {
    Matcher found = SMBIOS_UUID.matcher(configuration.values().getOrDefault("smbios1", ""));
    return found.find() ? found.group(1).toLowerCase(Locale.ROOT) : null;
  }

  private static boolean hasAddress(Details details, Set<String> addresses) {
    GuestAgent agent = find(details, Aspect.AGENT, GuestAgent.class);
    return agent != null
        && agent.interfaces().stream()
            .flatMap(each -> each.addresses().stream())
            .map(Discovery::withoutPrefix)
            .anyMatch(addresses::contains);
  }

  private static String withoutPrefix(String address) {
    int slash = address.indexOf('/');
    return slash < 0 ? address : address.substring(0, slash);
  }

  private static <T extends Detail> @Nullable T find(
      Details details, Aspect aspect, Class<T> type) {
    Detail detail = details.state(aspect).map(AspectState::detail).orElse(null);
    return type.isInstance(detail) ? type.cast(detail) : null;
  }

  private static String list(SortedSet<GuestId> guests) {
    List<String> shown = guests.stream().limit(5).map(GuestId::toString).toList();
    return shown.stream().collect(Collectors.joining(", "))
        + (guests.size() > shown.size() ? " and others" : "");
  }
}
