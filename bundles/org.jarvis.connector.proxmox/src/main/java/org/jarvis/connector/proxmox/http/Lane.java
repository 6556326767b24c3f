package org.jarvis.connector.proxmox.http;

/** On whose behalf a request is made. */
public enum Lane {
  /** The reading of the whole cluster, every few seconds. */
  HOT,
  /** The rotation over details, at a bounded pace. */
  SLOW,
  /** Somebody or something waits for it; writes included. */
  DEMANDED
}
