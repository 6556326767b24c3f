package org.jarvis.lab.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jarvis.lab.sim.Troubles;

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
   * A running guest stops from one moment to the next, without a task; its node's journal tells
   * why. Mending it does not start the guest again.
   *
   * @param vmid the guest
   * @param cause {@code oom}, the kernel kills it for want of memory, or {@code segfault}
   */
  record GuestCrash(int vmid, String cause) implements ClusterFault {
    /** The kernel kills it for want of memory. */
    public GuestCrash(int vmid) {
      this(vmid, "oom");
    }

    /** Checks the cause. */
    public GuestCrash {
      if (!List.of("oom", "segfault").contains(cause)) {
        throw new IllegalArgumentException("cause '" + cause + "' is neither oom nor segfault");
      }
    }

    @Override
    public Object subject() {
      return vmid;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("vmid", vmid, "cause", cause);
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

  /** What befalls a guest once and is over: see {@link GuestEvent.What}. */
  record GuestEvent(What what, int vmid) implements ClusterFault {
    /** The events. */
    public enum What {
      /** It shuts itself down from the inside, without a task. */
      POWERS_OFF,
      /** A person's own task stops it. */
      STOPPED_BY_PERSON,
      /** A backup in mode stop takes it down for half a minute. */
      STOPPED_BY_BACKUP,
      /** A backup of it fails. */
      BACKUP_FAILS
    }

    @Override
    public Object subject() {
      return what + " " + vmid;
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

  /**
   * A backup of a guest hangs, and holds its lock. Mended, it ends with an error.
   *
   * @param hours for how long it has been running
   */
  record TaskHangs(int vmid, long hours) implements ClusterFault {
    private static final long MOST_HOURS = 24 * 30;

    /** One that began just now. */
    public TaskHangs(int vmid) {
      this(vmid, 0);
    }

    /** Checks that it began within the last month. */
    public TaskHangs {
      if (hours < 0 || hours > MOST_HOURS) {
        throw new IllegalArgumentException(
            "hours " + hours + " is not between 0 and " + MOST_HOURS);
      }
    }

    @Override
    public Object subject() {
      return vmid;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("vmid", vmid, "hours", hours);
    }
  }

  /** A node loses its network, and all that runs on it goes on. Mended, it is back as it was. */
  record NodeIsolated(String node) implements ClusterFault {
    @Override
    public Object subject() {
      return node;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("node", node);
    }
  }

  /**
   * A node is dead, and what high availability manages on it is started elsewhere within seconds
   * rather than minutes. Mended, it boots.
   */
  record NodeFenced(String node) implements ClusterFault {
    @Override
    public Object subject() {
      return node;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("node", node);
    }
  }

  /** A service of a node fails. Mended, it runs again. */
  record ServiceFailed(String node, String service) implements ClusterFault {
    @Override
    public Object subject() {
      return node + "/" + service;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("node", node, "service", service);
    }
  }

  /**
   * Something is out of order for as long as it lasts.
   *
   * @param kind what
   * @param subject where, as the kind says
   * @param parameters as the switches take them
   */
  record Trouble(Troubles.Kind kind, String subject, Map<String, Object> parameters)
      implements ClusterFault {
    /** Copies the parameters. */
    public Trouble {
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * A task that refreshes a node's package lists fails. Mended, another one succeeds.
   *
   * @param log what it writes, in as many lines as it has
   * @param error how it ends
   */
  record TaskFails(String node, String log, String error) implements ClusterFault {
    @Override
    public Object subject() {
      return node;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("node", node, "log", log, "error", error);
    }
  }

  /**
   * The agent of a virtual machine tells what somebody in it wants read: its host name, system and
   * kernel are the first line of the text, and each line names a network interface and a place
   * where a file system is mounted.
   */
  record AgentSays(int vmid, String text) implements ClusterFault {
    @Override
    public Object subject() {
      return vmid;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("vmid", vmid, "text", text);
    }
  }

  /** Somebody adds a storage with a name of their choice. Mended, it is gone. */
  record StorageAdded(String id) implements ClusterFault {
    /** As {@code PVE::JSONSchema} checks a {@code pve-storage-id}; the length is our own. */
    private static final Pattern ID = Pattern.compile("(?i)[a-z][a-z0-9_.-]{0,98}[a-z0-9]");

    /** Checks that Proxmox VE takes it for a name. */
    public StorageAdded {
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "id '" + id + "' is no storage's name: letters, digits, '-', '_' and '.' alone");
      }
    }

    @Override
    public Object subject() {
      return id;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("id", id);
    }
  }

  /**
   * The clocks of all nodes are wrong. Mended, they are right again; what was written down
   * meanwhile keeps the wrong time.
   *
   * @param ahead how far they are ahead; negative where they are behind
   */
  record ClockOff(Duration ahead) implements ClusterFault {
    private static final Duration MOST = Duration.ofDays(1);

    /** Checks that it is no more than a day. */
    public ClockOff {
      if (ahead.abs().compareTo(MOST) > 0) {
        throw new IllegalArgumentException(
            "minutes " + ahead.toMinutes() + " is not between -1440 and 1440");
      }
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("minutes", ahead.toMinutes());
    }
  }

  /** The answering member sees no more than half of the cluster. */
  record QuorumLost() implements ClusterFault {}

  /** No API token is accepted: 401. */
  record TokensRevoked() implements ReplyFault {}

  /**
   * Every reply takes this much longer, in real time.
   *
   * @param delay how much longer
   * @param member whose replies, empty for all of them
   */
  record SlowReplies(Duration delay, String member) implements ReplyFault {
    /** Those of every member. */
    public SlowReplies(Duration delay) {
      this(delay, "");
    }

    /** Checks that the delay is one. */
    public SlowReplies {
      if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(10)) > 0) {
        throw new IllegalArgumentException("delay " + delay + " is not between 0 and 10 minutes");
      }
    }

    @Override
    public Object subject() {
      return member;
    }

    @Override
    public Map<String, Object> parameters() {
      return member.isEmpty()
          ? Map.of("millis", delay.toMillis())
          : Map.of("millis", delay.toMillis(), "node", member);
    }
  }

  /** Bodies end in the middle of the JSON, with a length to match. */
  record BrokenJson() implements ReplyFault {}

  /** A web page instead of JSON, as from a proxy in between. */
  record HtmlReplies() implements ReplyFault {}

  /** The connection closes before the promised end of the body. */
  record CutReplies() implements ReplyFault {}

  /**
   * Connections are accepted, requests read, nothing answered.
   *
   * @param member by whom, empty for all of them
   */
  record Silence(String member) implements ReplyFault {
    /** By every member. */
    public Silence() {
      this("");
    }

    @Override
    public Object subject() {
      return member;
    }

    @Override
    public Map<String, Object> parameters() {
      return member.isEmpty() ? Map.of() : Map.of("node", member);
    }
  }

  /** Another certificate than the one whose fingerprint is known. */
  record WrongCertificate() implements ReplyFault {}
}
