package org.jarvis.api.resource.detail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jarvis.api.resource.ResourceKind;

/** The sides of a resource that are read by themselves. Each has one type of {@link Detail}. */
public enum Aspect {
  /** How the connector stands with the cluster's members, and what it asks of them. */
  CONNECTION(ResourceKind.CLUSTER, ConnectionDetail.class),
  /** The tasks that ran lately, whoever began them. */
  TASKS(ResourceKind.CLUSTER, RecentTasks.class),
  /** The cluster's log. */
  LOG(ResourceKind.CLUSTER, ClusterLog.class),
  /** The backup jobs, and the guests that are in none. */
  BACKUP_JOBS(ResourceKind.CLUSTER, BackupJobs.class),
  /** High availability. */
  HIGH_AVAILABILITY(ResourceKind.CLUSTER, HighAvailability.class),
  /** Ceph, where the cluster has it. */
  CEPH(ResourceKind.CLUSTER, CephStatus.class),
  /** What the connector's account may do. */
  PRIVILEGES(ResourceKind.CLUSTER, Privileges.class),

  /** A node's system: load, memory, kernel. */
  SYSTEM(ResourceKind.NODE, NodeSystem.class),
  /** Its services. */
  SERVICES(ResourceKind.NODE, NodeServices.class),
  /** Its disks, with their health. */
  DISKS(ResourceKind.NODE, NodeDisks.class),
  /** Its ZFS pools. */
  ZFS(ResourceKind.NODE, ZfsPools.class),
  /** Its pending updates. */
  UPDATES(ResourceKind.NODE, NodeUpdates.class),
  /** Its certificates. */
  CERTIFICATES(ResourceKind.NODE, NodeCertificates.class),
  /** The replication jobs that start from it. */
  REPLICATION(ResourceKind.NODE, ReplicationJobs.class),
  /** Its temperatures, which come from the host itself and not from Proxmox VE. */
  TEMPERATURES(ResourceKind.NODE, NodeTemperatures.class),

  /** What a guest does at this moment, fuller than the cluster's list. */
  RUNTIME(ResourceKind.GUEST, GuestRuntime.class),
  /** Its configuration. */
  CONFIGURATION(ResourceKind.GUEST, GuestConfiguration.class),
  /** What it tells from the inside: addresses and file systems. */
  AGENT(ResourceKind.GUEST, GuestAgent.class),
  /** Its snapshots. */
  SNAPSHOTS(ResourceKind.GUEST, GuestSnapshots.class),

  /** What lies on a storage, backups included. */
  CONTENT(ResourceKind.STORAGE, StorageContent.class);

  private final ResourceKind kind;
  private final Class<? extends Detail> type;
  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Aspect(ResourceKind kind, Class<? extends Detail> type) {
    this.kind = kind;
    this.type = type;
  }

  /** Which kind of resource has it. */
  public ResourceKind kind() {
    return kind;
  }

  /** The type of what is known of it. */
  public Class<? extends Detail> type() {
    return type;
  }

  /** The word at the edges, such as {@code high-availability}. */
  public String word() {
    return word;
  }

  /**
   * Whether the host itself tells it, over SSH, and not the cluster; a cluster's connector is never
   * asked for it.
   */
  public boolean isToldByHost() {
    return this == TEMPERATURES;
  }

  /** The aspects of a kind, in their order. */
  public static List<Aspect> of(ResourceKind kind) {
    return Arrays.stream(values()).filter(aspect -> aspect.kind == kind).toList();
  }

  /** The aspect of this word, empty for an unknown one. */
  public static Optional<Aspect> ofWord(String word) {
    return Arrays.stream(values()).filter(aspect -> aspect.word.equals(word)).findFirst();
  }
}
