package org.jarvis.api.resource.detail;

/**
 * What is known of one {@link Aspect} of a resource. Immutable. What is not known is {@code null}
 * or absent, never zero. Strings come from the cluster or from inside its guests: hostile until
 * shown as plain text.
 */
public sealed interface Detail
    permits BackupJobs,
        CephStatus,
        ClusterLog,
        ConnectionDetail,
        GuestAgent,
        GuestConfiguration,
        GuestRuntime,
        GuestSnapshots,
        HighAvailability,
        NodeCertificates,
        NodeDisks,
        NodeServices,
        NodeSystem,
        NodeTemperatures,
        NodeUpdates,
        Privileges,
        RecentTasks,
        ReplicationJobs,
        StorageContent,
        ZfsPools {
  /** What side of a resource it is. */
  Aspect aspect();
}
