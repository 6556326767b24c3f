package org.jarvis.lab.sim;

/**
 * What can be asked of a cluster besides switching guests on and off. Each part answers with the
 * task that it made, or refuses as the real handler does before there is one. Thread-safe.
 *
 * @param suspension resets, suspends and resumes guests
 * @param snapshots takes snapshots and goes back to them
 * @param moves moves guests
 * @param copies copies and deletes guests
 * @param settings edits configurations and grows disks
 * @param backups makes backups
 * @param nodes switches nodes and their services
 * @param docker starts and stops Docker containers in guests
 * @param pools scrubs ZFS pools
 */
public record Works(
    SuspendWork suspension,
    SnapshotWork snapshots,
    MoveWork moves,
    CopyWork copies,
    SettingWork settings,
    BackupWork backups,
    NodeWork nodes,
    DockerWork docker,
    PoolWork pools) {

  static Works on(SimulatedCluster cluster) {
    return new Works(
        new SuspendWork(cluster),
        new SnapshotWork(cluster),
        new MoveWork(cluster),
        new CopyWork(cluster),
        new SettingWork(cluster),
        new BackupWork(cluster),
        new NodeWork(cluster),
        new DockerWork(cluster),
        new PoolWork(cluster));
  }
}
