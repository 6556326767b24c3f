package org.jarvis.safety;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tells the machine that Jarvis runs on from others, as its kernel shows it.
 *
 * @param uuid the UUID that its firmware has, in lower case; in a VM that is the one of {@code
 *     smbios1}. Linux shows it to root alone
 * @param macs the hardware addresses of its network cards, in lower case. Bridges and the ends of
 *     virtual cables that Docker or a hypervisor makes on this machine are none
 * @param addresses its IP addresses, save those that every machine has
 * @param machineId its machine id, which systemd makes of the VM's UUID at the first start, and
 *     which clones of that VM may share; 32 hex digits
 */
record HostFacts(
    @Nullable String uuid, Set<String> macs, Set<String> addresses, @Nullable String machineId) {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern MAC = Pattern.compile("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}");
  private static final Pattern MACHINE_ID = Pattern.compile("[0-9a-f]{32}");

  /** On a node lxcfs is mounted too, but not over its own {@code /proc}. */
  private static final Pattern LXCFS_IN_PROC =
      Pattern.compile("^\\S+ \\S+ \\S+ \\S+ /proc/\\S+ .* - fuse\\.lxcfs ");

  /** What Docker and libvirt make: its addresses are the same on every machine that has them. */
  private static final Pattern HOUSE_NETWORK = Pattern.compile("(?:docker|br-|veth|virbr|lxc).*");

  private static final String NO_UUID = "00000000-0000-0000-0000-000000000000";
  private static final String NO_MAC = "00:00:00:00:00:00";

  HostFacts {
    macs = Set.copyOf(macs);
    addresses = Set.copyOf(addresses);
  }

  /**
   * Reads them; what cannot be read is not known.
   *
   * @param root the root of the file system
   * @param addresses the machine's IP addresses
   */
  static HostFacts read(Path root, Set<String> addresses) {
    String uuid = text(root.resolve("sys/class/dmi/id/product_uuid"), UUID);
    return new HostFacts(
        NO_UUID.equals(uuid) ? null : uuid,
        macs(root),
        addresses,
        text(root.resolve("etc/machine-id"), MACHINE_ID));
  }

  /** The addresses of this machine that tell it from others. */
  static Set<String> ownAddresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(each -> !HOUSE_NETWORK.matcher(each.getName()).matches())
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException unreadable) {
      return Set.of();
    }
  }

  private static Set<String> macs(Path root) {
    Path folder = root.resolve("sys/class/net");
    boolean container = isSystemContainer(root);
    Set<String> macs = new TreeSet<>();
    try (Stream<Path> interfaces = Files.list(folder)) {
      for (Path each : interfaces.toList()) {
        if (isCard(each, container)) {
          String mac = text(each.resolve("address"), MAC);
          if (mac != null && !mac.equals(NO_MAC)) {
            macs.add(mac);
          }
        }
      }
    } catch (IOException unreadable) {
      return Set.of();
    }
    return macs;
  }

  /**
   * A card of a machine, also of a virtual one, has a device behind it. A container's is the end of
   * a virtual cable, as are those that Docker lays within it; but Docker's hang on a bridge.
   */
  private static boolean isCard(Path each, boolean container) {
    if (Files.exists(each.resolve("device"))) {
      return true;
    }
    String name = String.valueOf(each.getFileName());
    return container
        && !name.equals("lo")
        && !name.startsWith("veth")
        && !Files.exists(each.resolve("bridge"))
        && !Files.exists(each.resolve("master"));
  }

  /**
   * Whether this is a container of Proxmox VE. Its first process tells only itself and root, but
   * systemd repeats it for all to read, and lxcfs shows among the mounts. A container that Docker
   * runs in one is none: its card is Docker's.
   */
  private static boolean isSystemContainer(Path root) {
    if (Files.exists(root.resolve(".dockerenv"))) {
      return false;
    }
    return content(root.resolve("run/systemd/container")).strip().equals("lxc")
        || ("\0" + content(root.resolve("proc/1/environ"))).contains("\0container=lxc")
        || content(root.resolve("proc/self/mountinfo"))
            .lines()
            .anyMatch(mount -> LXCFS_IN_PROC.matcher(mount).find());
  }

  private static @Nullable String text(Path file, Pattern form) {
    String text = content(file).strip().toLowerCase(Locale.ROOT);
    return form.matcher(text).matches() ? text : null;
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      return "";
    }
  }
}
