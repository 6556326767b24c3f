package org.jarvis.api.resource;

/**
 * What a cluster calls one of its tasks: on Proxmox VE a UPID such as {@code
 * UPID:pve1:000038AB:0009A815:6B03403B:qmstart:201:root@pam!token:}.
 *
 * @param node the node that runs it
 * @param value the whole id
 */
public record TaskId(NodeName node, String value) {
  @Override
  public String toString() {
    return value;
  }
}
