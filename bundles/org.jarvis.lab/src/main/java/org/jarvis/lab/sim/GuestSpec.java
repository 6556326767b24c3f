package org.jarvis.lab.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a guest is configured to be; its state is {@link Guest}.
 *
 * @param vmid the number, unique in the cluster, from 100
 * @param kind virtual machine or container
 * @param name host name
 * @param cores virtual CPUs
 * @param memory bytes
 * @param disk bytes of the first disk
 * @param storage the storage of the first disk
 * @param tags in the order of the configuration
 * @param pool the resource pool, if any
 * @param template whether it is a template, which cannot run
 * @param osType which operating system its configuration names
 * @param profile how it behaves over a day
 * @param note the description, may be empty
 */
public record GuestSpec(
    int vmid,
    GuestKind kind,
    String name,
    int cores,
    long memory,
    long disk,
    String storage,
    List<String> tags,
    @Nullable String pool,
    boolean template,
    String osType,
    Profile profile,
    String note) {

  /** Checks the ranges that Proxmox VE enforces. */
  public GuestSpec {
    if (vmid < 100 || vmid > 999_999_999) {
      throw new IllegalArgumentException("vmid " + vmid + " is outside 100 to 999999999");
    }
    if (cores < 1 || memory < 1 || disk < 1) {
      throw new IllegalArgumentException(
          "guest " + vmid + " needs cores, memory and disk above zero");
    }
    tags = List.copyOf(tags);
  }

  GuestSpec renamed(String newName) {
    return new GuestSpec(
        vmid, kind, newName, cores, memory, disk, storage, tags, pool, template, osType, profile,
        note);
  }

  GuestSpec sized(int newCores, long newMemory) {
    return new GuestSpec(
        vmid, kind, name, newCores, newMemory, disk, storage, tags, pool, template, osType, profile,
        note);
  }

  GuestSpec tagged(List<String> newTags) {
    return new GuestSpec(
        vmid, kind, name, cores, memory, disk, storage, newTags, pool, template, osType, profile,
        note);
  }

  GuestSpec noted(String newNote) {
    return new GuestSpec(
        vmid, kind, name, cores, memory, disk, storage, tags, pool, template, osType, profile,
        newNote);
  }

  GuestSpec withDisk(long newDisk, String newStorage) {
    return new GuestSpec(
        vmid,
        kind,
        name,
        cores,
        memory,
        newDisk,
        newStorage,
        tags,
        pool,
        template,
        osType,
        profile,
        note);
  }

  /** What a copy under another number is. */
  GuestSpec copied(int newVmid, String newName, String newStorage) {
    return new GuestSpec(
        newVmid,
        kind,
        newName,
        cores,
        memory,
        disk,
        newStorage,
        tags,
        null,
        false,
        osType,
        profile,
        note);
  }
}
