package org.jarvis.lab.fault;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something that goes wrong on command. Switching it on twice is the same as once; switching it off
 * mends it.
 *
 * <p>Two families: {@link ClusterFault}s befall the simulated cluster, and its API tells of them as
 * a healthy API does; {@link ReplyFault}s befall the replies themselves, whatever they would have
 * said.
 */
public sealed interface Fault {

  /** What it happens to: two faults of one kind with the same subject are the same switch. */
  default Object subject() {
    return "";
  }

  /** Its parameters by name, as the switches' API takes and lists them. */
  default Map<String, Object> parameters() {
    return Map.of();
  }

  /** Whether it stays until it is mended; otherwise it is over as soon as it has happened. */
  default boolean lasting() {
    return true;
  }

  /** A fault of the cluster. */
  sealed interface ClusterFault extends Fault {}

  /** A fault of the API's replies. */
  sealed interface ReplyFault extends Fault {}

  /**
   * A running guest stops from one moment to the next, without a task. Mending it does not start
   * the guest again.
   */
  record GuestCrash(int vmid) implements ClusterFault {
    @Override
    public Object subject() {
      return vmid;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("vmid", vmid);
    }

    @Override
    public boolean lasting() {
      return false;
    }
  }

  /** A guest's configuration is locked, as an interrupted backup or snapshot leaves it. */
  record GuestLocked(int vmid, String lock) implements ClusterFault {
    private static final Pattern WORD = Pattern.compile("[a-z-]{1,20}");

    /** Checks that the lock is a word as Proxmox VE uses it. */
    public GuestLocked {
      if (!WORD.matcher(lock).matches()) {
        throw new IllegalArgumentException(
            "lock '" + lock + "' is no lock's name, such as backup or snapshot");
      }
    }

    @Override
    public Object subject() {
      return vmid;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("vmid", vmid, "lock", lock);
    }
  }

  /** A guest is gone, configuration and all. Mended, it is back, stopped. */
  record GuestVanished(int vmid) implements ClusterFault {
    @Override
    public Object subject() {
      return vmid;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("vmid", vmid);
    }
  }

  /** A guest ignores requests to shut down, so that shutdown tasks time out. */
  record GuestDeaf(int vmid) implements ClusterFault {
    @Override
    public Object subject() {
      return vmid;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("vmid", vmid);
    }
  }

  /**
   * A node is dead: its neighbours answer 595 for it. Mended, it boots, and starts the guests that
   * ran.
   */
  record NodeOffline(String node) implements ClusterFault {
    @Override
    public Object subject() {
      return node;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("node", node);
    }
  }

  /** The answering member sees no more than half of the cluster. */
  record QuorumLost() implements ClusterFault {}

  /** No API token is accepted: 401. */
  record TokensRevoked() implements ReplyFault {}

  /** Every reply takes this much longer, in real time. */
  record SlowReplies(Duration delay) implements ReplyFault {
    /** Checks that the delay is one. */
    public SlowReplies {
      if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(10)) > 0) {
        throw new IllegalArgumentException("delay " + delay + " is not between 0 and 10 minutes");
      }
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("millis", delay.toMillis());
    }
  }

  /** Bodies end in the middle of the JSON, with a length to match. */
  record BrokenJson() implements ReplyFault {}

  /** A web page instead of JSON, as from a proxy in between. */
  record HtmlReplies() implements ReplyFault {}

  /** The connection closes before the promised end of the body. */
  record CutReplies() implements ReplyFault {}

  /** Connections are accepted, requests read, nothing answered. */
  record Silence() implements ReplyFault {}

  /** Another certificate than the one whose fingerprint is known. */
  record WrongCertificate() implements ReplyFault {}
}
