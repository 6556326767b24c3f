package org.jarvis.connector.proxmox.http;

import java.util.Set;

/**
 * How Jarvis identifies itself to a cluster and the cluster to it.
 *
 * @param token who Jarvis is there
 * @param pins the certificates that are trusted; empty for the system's authorities
 * @param configuredIn where the operator wrote this down, for messages
 */
public record Access(ApiToken token, Set<Fingerprint> pins, String configuredIn) {
  /** Keeps the pins from changing. */
  public Access {
    pins = Set.copyOf(pins);
  }
}
