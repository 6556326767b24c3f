package org.jarvis.api.resource.detail;

import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a guest.
 *
 * @param digest changes with every edit
 * @param generation what tells the guest from a later one under its number, such as its creation
 *     time; empty where the configuration holds nothing of the kind
 * @param notes what people wrote about it
 * @param startAtBoot whether it starts with its node
 * @param protectedByProxmox whether Proxmox VE itself refuses to delete it
 * @param agentEnabled whether the agent of QEMU is configured
 * @param osType which operating system it is configured for
 * @param sockets sockets
 * @param cores cores, per socket
 * @param memory memory
 * @param disks its disks and mounts
 * @param networks its network cards
 * @param values every key with its value as text; secrets are masked
 * @param pending keys whose new value waits for a restart
 */
public record GuestConfiguration(
    String digest,
    String generation,
    @Nullable String notes,
    boolean startAtBoot,
    boolean protectedByProxmox,
    boolean agentEnabled,
    @Nullable String osType,
    @Nullable Integer sockets,
    @Nullable Integer cores,
    @Nullable Bytes memory,
    List<Disk> disks,
    List<Network> networks,
    Map<String, String> values,
    List<String> pending)
    implements Detail {

  /**
   * One disk, CD drive or mount.
   *
   * @param key such as {@code scsi0}, {@code rootfs} or {@code mp0}
   * @param volume what is in it
   * @param storage where that lies, {@code null} for a path of the node
   * @param size its size
   * @param medium whether it is a CD drive
   * @param mountedAt where a container mounts it
   */
  public record Disk(
      String key,
      String volume,
      @Nullable String storage,
      @Nullable Bytes size,
      boolean medium,
      @Nullable String mountedAt) {}

  /**
   * One network card.
   *
   * @param key such as {@code net0}
   * @param mac its hardware address
   * @param bridge the bridge it is on
   * @param vlan its VLAN
   * @param address the configured address of a container, with its prefix length, or {@code dhcp}
   * @param firewall whether the firewall looks at it
   */
  public record Network(
      String key,
      @Nullable String mac,
      @Nullable String bridge,
      @Nullable Integer vlan,
      @Nullable String address,
      boolean firewall) {}

  /** Keeps the collections from changing. */
  public GuestConfiguration {
    disks = List.copyOf(disks);
    networks = List.copyOf(networks);
    values = Map.copyOf(values);
    pending = List.copyOf(pending);
  }

  @Override
  public Aspect aspect() {
    return Aspect.CONFIGURATION;
  }
}
