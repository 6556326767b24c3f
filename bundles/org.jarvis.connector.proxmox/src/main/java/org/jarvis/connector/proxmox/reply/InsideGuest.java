package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jspecify.annotations.Nullable;

/**
 * What guests tell from the inside: VMs by QEMU's agent, whose answers lie below {@code result} and
 * have the form of its protocol, containers through their node.
 */
public final class InsideGuest {
  private static final int FILE_SYSTEMS_LIMIT = 128;
  private static final int NETWORK_INTERFACES_LIMIT = 64;
  private static final int ADDRESSES_LIMIT = 64;
  private static final String RESULT = "result";

  private InsideGuest() {}

  /**
   * What the agent tells that seldom changes.
   *
   * @param hostName the guest's own name
   * @param name its operating system's name
   * @param kernel its kernel's release
   */
  public record OperatingSystem(
      @Nullable String hostName, @Nullable String name, @Nullable String kernel) {}

  /**
   * Reads the agent's answers about the operating system. What it could not tell is a missing node.
   *
   * @param system the data of {@code agent/get-osinfo}
   * @param name the data of {@code agent/get-host-name}
   */
  public static OperatingSystem system(JsonNode system, JsonNode name) {
    Row os = new Row(system.path(RESULT));
    String pretty = os.text("pretty-name");
    return new OperatingSystem(
        new Row(name.path(RESULT)).text("host-name"),
        pretty == null ? os.text("name") : pretty,
        os.text("kernel-release"));
  }

  /**
   * Reads the agent's answers. What it could not tell is a missing node; no agent knows all
   * commands, and its operator may have switched some off.
   *
   * @param system what {@link #system} read
   * @param interfaces the data of {@code agent/network-get-interfaces}
   * @param fileSystems the data of {@code agent/get-fsinfo}
   */
  public static GuestAgent agent(
      OperatingSystem system, JsonNode interfaces, JsonNode fileSystems, Oddities oddities) {
    return new GuestAgent(
        system.hostName(),
        system.name(),
        system.kernel(),
        interfaces(list(interfaces.path(RESULT)), oddities),
        fileSystems(list(fileSystems.path(RESULT)), oddities));
  }

  /** Where a command failed there is an object with the error. */
  private static JsonNode list(JsonNode result) {
    return result.isArray() ? result : MissingNode.getInstance();
  }

  /** Reads the data of a container's {@code interfaces}. */
  public static GuestAgent container(JsonNode interfaces, Oddities oddities) {
    return new GuestAgent(null, null, null, interfaces(list(interfaces), oddities), List.of());
  }

  private static List<GuestAgent.Interface> interfaces(JsonNode list, Oddities oddities) {
    List<GuestAgent.Interface> interfaces = new ArrayList<>();
    for (Row row : Row.list(list, "network interfaces", NETWORK_INTERFACES_LIMIT, oddities)) {
      String name = row.text("name");
      if (name == null) {
        oddities.add("network interfaces: an entry without a name was left out");
        continue;
      }
      String mac = row.text("hardware-address");
      interfaces.add(
          new GuestAgent.Interface(
              name, mac == null ? row.text("hwaddr") : mac, addresses(row, oddities)));
    }
    return interfaces;
  }

  private static List<String> addresses(Row row, Oddities oddities) {
    Set<String> addresses = new LinkedHashSet<>();
    for (Row address : row.children("ip-addresses", "addresses", ADDRESSES_LIMIT, oddities)) {
      String text = address.text("ip-address");
      Integer prefix = address.smallCount("prefix");
      if (text != null) {
        addresses.add(prefix == null ? text : text + "/" + prefix);
      }
    }
    // Before version 8.4 a container had one of each kind, in text.
    if (addresses.isEmpty()) {
      addIfThere(addresses, row.text("inet"));
      addIfThere(addresses, row.text("inet6"));
    }
    return new ArrayList<>(addresses);
  }

  private static void addIfThere(Set<String> addresses, @Nullable String address) {
    if (address != null) {
      addresses.add(address);
    }
  }

  private static List<GuestAgent.FileSystem> fileSystems(JsonNode list, Oddities oddities) {
    List<GuestAgent.FileSystem> systems = new ArrayList<>();
    for (Row row : Row.list(list, "file systems", FILE_SYSTEMS_LIMIT, oddities)) {
      String mount = row.text("mountpoint");
      if (mount == null) {
        oddities.add("file systems: an entry without a mount point was left out");
        continue;
      }
      systems.add(
          new GuestAgent.FileSystem(
              mount, row.text("type"), row.bytes("used-bytes"), row.bytes("total-bytes")));
    }
    return systems;
  }
}
