package org.jarvis.persistence.sqlite;

import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The two files that Jarvis keeps. They are two because SQLite decides by connection how durable a
 * commit is.
 */
enum DatabaseKind {
  /** What must not be lost: a commit returns when the disk has it. */
  JARVIS("jarvis.db", "JRVS", SynchronousMode.FULL, 4, "Stop Jarvis and restore a backup."),
  /** What may lose its last moments in a power cut, and is written all the time. */
  METRICS(
      "metrics.db",
      "JRVM",
      SynchronousMode.NORMAL,
      2,
      "Move it away, and Jarvis begins a new one; only the charts' past is lost with it.");

  private final String fileName;
  private final int applicationId;
  private final SynchronousMode synchronous;
  private final int readers;
  private final String cure;

  DatabaseKind(
      String fileName, String mark, SynchronousMode synchronous, int readers, String cure) {
    this.fileName = fileName;
    this.applicationId =
        mark.charAt(0) << 24 | mark.charAt(1) << 16 | mark.charAt(2) << 8 | mark.charAt(3);
    this.synchronous = synchronous;
    this.readers = readers;
    this.cure = cure;
  }

  /** How the file is called in messages too, which must not tell strangers where it is. */
  String fileName() {
    return fileName;
  }

  /** Marks the file as this one, in the header field that SQLite keeps for that. */
  int applicationId() {
    return applicationId;
  }

  /** What a commit waits for. */
  SynchronousMode synchronous() {
    return synchronous;
  }

  /** How many read at the same time. */
  int readers() {
    return readers;
  }

  /** What makes its schema. */
  MigrationScripts scripts() {
    return switch (this) {
      case JARVIS -> MigrationScripts.JARVIS;
      case METRICS -> MigrationScripts.METRICS;
    };
  }

  /** What to do when the file itself is spoilt. */
  String cure() {
    return cure;
  }
}
