package org.jarvis.lab.sim;

/**
 * A node's hardware.
 *
 * @param name host name
 * @param id its number in the cluster, from 1
 * @param address what {@code /cluster/status} says; on loopback, so that a client that follows it
 *     stays on this machine
 * @param cpuModel as {@code cpuinfo} says
 * @param sockets CPU sockets
 * @param cores threads in all
 * @param megahertz nominal clock
 * @param memory bytes
 * @param swap bytes
 * @param rootDisk bytes
 * @param zfs whether its local pool is ZFS, whose cache then takes memory
 */
public record NodeSpec(
    String name,
    int id,
    String address,
    String cpuModel,
    int sockets,
    int cores,
    double megahertz,
    long memory,
    long swap,
    long rootDisk,
    boolean zfs) {}
