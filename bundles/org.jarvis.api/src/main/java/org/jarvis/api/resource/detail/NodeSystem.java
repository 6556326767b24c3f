package org.jarvis.api.resource.detail;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A node's own status, fuller than what the cluster's list tells.
 *
 * @param version Proxmox VE's version on it
 * @param kernel the running kernel
 * @param cpuModel its processor
 * @param cpus logical processors
 * @param sockets sockets
 * @param cpu share in use, from 0 to 1
 * @param ioWait share of time spent waiting for input and output, from 0 to 1
 * @param load the load averages over 1, 5 and 15 minutes; empty when unknown
 * @param memoryUsed memory in use, as Proxmox VE counts it: the ARC of ZFS included
 * @param memoryTotal memory in all
 * @param memoryAvailable memory that programs could still get, caches given up; told since version
 *     9
 * @param memoryArc memory that the ARC of ZFS holds and would give up; told since version 9
 * @param memoryShared memory saved by kernel same-page merging
 * @param swapUsed used swap space
 * @param swapTotal swap space in all
 * @param rootUsed used space of the root file system
 * @param rootTotal size of the root file system
 * @param uptime since it booted
 * @param bootMode {@code efi} or {@code legacy-bios}
 */
public record NodeSystem(
    @Nullable String version,
    @Nullable String kernel,
    @Nullable String cpuModel,
    @Nullable Integer cpus,
    @Nullable Integer sockets,
    @Nullable Double cpu,
    @Nullable Double ioWait,
    List<Double> load,
    @Nullable Bytes memoryUsed,
    @Nullable Bytes memoryTotal,
    @Nullable Bytes memoryAvailable,
    @Nullable Bytes memoryArc,
    @Nullable Bytes memoryShared,
    @Nullable Bytes swapUsed,
    @Nullable Bytes swapTotal,
    @Nullable Bytes rootUsed,
    @Nullable Bytes rootTotal,
    @Nullable Duration uptime,
    @Nullable String bootMode)
    implements Detail {
  /** Keeps the collections from changing. */
  public NodeSystem {
    load = List.copyOf(load);
  }

  @Override
  public Aspect aspect() {
    return Aspect.SYSTEM;
  }
}
