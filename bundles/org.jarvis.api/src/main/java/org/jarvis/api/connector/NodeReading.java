package org.jarvis.api.connector;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * A node's own status, fuller than what the cluster's list tells.
 *
 * @param node the node
 * @param at when it was read
 * @param version Proxmox VE's version on it
 * @param kernel the running kernel
 * @param cpuModel its processor
 * @param cpus logical processors
 * @param cpu share in use, from 0 to 1
 * @param ioWait share of time spent waiting for input and output, from 0 to 1
 * @param load the load averages over 1, 5 and 15 minutes; empty when unknown
 * @param memoryUsed memory in use
 * @param memoryTotal memory in all
 * @param swapUsed used swap space
 * @param swapTotal swap space in all
 * @param rootUsed used space of the root file system
 * @param rootTotal size of the root file system
 * @param uptimeSeconds since it booted
 */
public record NodeReading(
    NodeName node,
    Instant at,
    @Nullable String version,
    @Nullable String kernel,
    @Nullable String cpuModel,
    @Nullable Integer cpus,
    @Nullable Double cpu,
    @Nullable Double ioWait,
    List<Double> load,
    @Nullable Bytes memoryUsed,
    @Nullable Bytes memoryTotal,
    @Nullable Bytes swapUsed,
    @Nullable Bytes swapTotal,
    @Nullable Bytes rootUsed,
    @Nullable Bytes rootTotal,
    @Nullable Long uptimeSeconds) {
  /** Keeps the list from changing. */
  public NodeReading {
    load = List.copyOf(load);
  }
}
