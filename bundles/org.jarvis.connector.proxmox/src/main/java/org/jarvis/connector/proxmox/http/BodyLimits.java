package org.jarvis.connector.proxmox.http;

import java.util.List;
import java.util.Set;

/**
 * How large an answer may be, in bytes. Who is root in a guest writes what its agent answers, and
 * much of what a node tells of one guest or of itself is short, so that only the lists that grow
 * with a cluster may be large.
 */
final class BodyLimits {
  /** What stands for a whole cluster or storage. */
  static final int LARGEST = 64 << 20;

  /** What a request that changes something is answered with. */
  static final int WRITE = 2 << 20;

  private static final int INSIDE_A_GUEST = 256 << 10;
  private static final int ONE_THING = 2 << 20;
  private static final int LINES = 4 << 20;
  private static final Set<String> OF_A_NODE =
      Set.of("status", "services", "certificates", "disks", "time", "replication");
  private static final Set<String> OF_A_GUEST = Set.of("status", "config", "pending", "snapshot");

  private BodyLimits() {}

  /** The most that is read of what this path is answered with, packed or not. */
  static int of(ApiPath path) {
    List<String> parts = path.segments();
    if (parts.size() < 3 || !parts.get(0).equals("nodes")) {
      return LARGEST;
    }
    String what = parts.get(2);
    if (what.equals("qemu") || what.equals("lxc")) {
      return ofGuest(parts.size() > 4 ? parts.get(4) : "");
    }
    if (what.equals("journal")
        || what.equals("syslog")
        || (what.equals("tasks") && parts.size() > 3)) {
      return LINES;
    }
    return OF_A_NODE.contains(what) ? ONE_THING : LARGEST;
  }

  private static int ofGuest(String what) {
    if (what.equals("agent") || what.equals("interfaces")) {
      return INSIDE_A_GUEST;
    }
    return OF_A_GUEST.contains(what) ? ONE_THING : LARGEST;
  }
}
