package org.jarvis.api.event;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.host.HostId;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.safety.Guardrails;
import org.jspecify.annotations.Nullable;

/** Something that happened, as a typed value. It becomes JSON only where it is stored or sent. */
public sealed interface Event {
  /** The stable name at the edges, such as {@code guest.changed}. */
  String type();

  /** The resource it is about, if it is about one. */
  default Optional<ResourceRef> subject() {
    return Optional.empty();
  }

  /** One sentence for people. */
  String summary();

  /**
   * The status of a node, guest or storage changed, or it came or went.
   *
   * @param ref the resource
   * @param name its name
   * @param from the earlier status word; {@code absent} when it is new
   * @param to the present status word; {@code absent} when it is gone
   * @param cause why, of a guest that stopped; otherwise {@code null}
   */
  record StatusChanged(ResourceRef ref, String name, String from, String to, @Nullable Cause cause)
      implements Event {
    /** A change that nobody asks a cause of. */
    public StatusChanged(ResourceRef ref, String name, String from, String to) {
      this(ref, name, from, to, null);
    }

    @Override
    public String type() {
      return ref.kind().word() + ".changed";
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(ref);
    }

    @Override
    public String summary() {
      return name + " was " + from + ", is " + to + because(cause);
    }
  }

  /**
   * A guest runs as before, but was down in between.
   *
   * @param ref the guest
   * @param name its name
   * @param cause why
   */
  record GuestRestarted(ResourceRef ref, String name, Cause cause) implements Event {
    @Override
    public String type() {
      return "guest.restarted";
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(ref);
    }

    @Override
    public String summary() {
      return name + " was started anew" + because(cause);
    }
  }

  /**
   * A guest was deleted and another one made under its number. What is known of the former is no
   * history of this one.
   *
   * @param ref the address
   * @param name the name of the new guest
   * @param from the former incarnation
   * @param to the present one
   */
  record GuestReplaced(ResourceRef ref, String name, Incarnation from, Incarnation to)
      implements Event {
    @Override
    public String type() {
      return "guest.replaced";
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(ref);
    }

    @Override
    public String summary() {
      return name + " is another guest than the one that had its number before.";
    }
  }

  /**
   * Something about a cluster or a guest changed that is no figure.
   *
   * @param ref the resource
   * @param name its name
   * @param attribute what changed
   * @param from what it was; empty for none
   * @param to what it is; empty for none
   */
  record AttributeChanged(ResourceRef ref, String name, Attribute attribute, String from, String to)
      implements Event {
    /** What can change. */
    public enum Attribute {
      /** The node that holds a guest. */
      NODE("guest.moved", "moved"),
      /** Its name. */
      NAME("guest.renamed", "was renamed"),
      /** Its tags. */
      TAGS("guest.tags", "has other tags"),
      /** Its lock. */
      LOCK("guest.lock", "has another lock"),
      /** Its pool. */
      POOL("guest.pool", "is in another pool"),
      /** What high availability wants of it. */
      HA_STATE("guest.ha", "has another HA state"),
      /** Its configuration; what it was and is are the keys that have other values. */
      CONFIGURATION("guest.configured", "has another configuration"),
      /** Whether a cluster has quorum. */
      QUORUM("cluster.quorum", "has another quorum"),
      /** The version of Proxmox VE. */
      VERSION("cluster.version", "runs another version of Proxmox VE");

      private final String type;
      private final String words;

      Attribute(String type, String words) {
        this.type = type;
        this.words = words;
      }
    }

    @Override
    public String type() {
      return attribute.type;
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(ref);
    }

    @Override
    public String summary() {
      return switch (attribute) {
        case QUORUM ->
            "Cluster " + name + (to.equals("yes") ? " has quorum again." : " has lost quorum.");
        case CONFIGURATION ->
            "The configuration of " + name + " changed" + (to.isEmpty() ? "." : ": " + to + ".");
        case NODE, NAME, TAGS, LOCK, POOL, HA_STATE, VERSION ->
            name + " " + attribute.words + ": " + said(from) + " to " + said(to) + ".";
      };
    }

    private static String said(String value) {
      return value.isEmpty() ? "none" : value;
    }
  }

  /**
   * A snapshot of a guest was made or removed.
   *
   * @param ref the guest
   * @param name the guest's name
   * @param snapshot the snapshot's name
   * @param made whether it is there now
   */
  record SnapshotChanged(ResourceRef ref, String name, String snapshot, boolean made)
      implements Event {
    @Override
    public String type() {
      return made ? "guest.snapshot-made" : "guest.snapshot-removed";
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(ref);
    }

    @Override
    public String summary() {
      return "Snapshot " + snapshot + " of " + name + (made ? " was made." : " was removed.");
    }
  }

  /**
   * A part of a node or cluster is in another state.
   *
   * @param ref the node or cluster
   * @param part what kind of part
   * @param name which one
   * @param from the earlier state, as the cluster words it
   * @param to the present one
   */
  record PartChanged(ResourceRef ref, Part part, String name, String from, String to)
      implements Event {
    /** The kinds of part. */
    public enum Part {
      /** A service of a node. */
      SERVICE("node.service", "Service"),
      /** A disk of a node. */
      DISK("node.disk", "Disk"),
      /** A ZFS pool of a node. */
      POOL("node.pool", "ZFS pool"),
      /** A replication job that starts from a node. */
      REPLICATION("node.replication", "Replication"),
      /** Ceph. */
      CEPH("cluster.ceph", "Ceph");

      private final String type;
      private final String words;

      Part(String type, String words) {
        this.type = type;
        this.words = words;
      }
    }

    @Override
    public String type() {
      return part.type;
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(ref);
    }

    @Override
    public String summary() {
      return part.words
          + (name.isEmpty() ? "" : " " + name)
          + " of "
          + (ref.path().isEmpty() ? "cluster " + ref.cluster() : "node " + ref.path().get(0))
          + " was "
          + from
          + ", is "
          + to
          + ".";
    }
  }

  /**
   * A task of a cluster ended that people want to hear of: a backup, or one that failed.
   *
   * @param ref what it was about: a guest, or else the node that ran it
   * @param name the name of that
   * @param task the task
   */
  record TaskEnded(ResourceRef ref, String name, TaskState task) implements Event {
    /** The type of the tasks that make backups. */
    public static final String BACKUP = "vzdump";

    @Override
    public String type() {
      if (task.type().equals(BACKUP)) {
        return task.succeeded() ? "backup.finished" : "backup.failed";
      }
      return task.succeeded() ? "task.finished" : "task.failed";
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(ref);
    }

    @Override
    public String summary() {
      String what =
          task.type().equals(BACKUP)
              ? "The backup of " + name
              : "Task " + task.type() + " on " + name;
      return what
          + " by "
          + task.user()
          + (task.succeeded() ? " finished." : " failed: " + task.exitStatus() + ".");
    }
  }

  private static String because(@Nullable Cause cause) {
    // What a journal says may end as a sentence does.
    return cause == null ? "." : ": " + cause.explanation().replaceAll("[.]+$", "") + ".";
  }

  /**
   * Jarvis's standing with a cluster changed.
   *
   * @param ref the cluster
   * @param from the earlier standing
   * @param to the present one
   * @param reason why, with the cure; empty when all is well
   */
  record ConnectionChanged(
      ResourceRef ref, Cluster.Connection from, Cluster.Connection to, String reason)
      implements Event {
    @Override
    public String type() {
      return "cluster.connection";
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(ref);
    }

    @Override
    public String summary() {
      return "Cluster "
          + ref.cluster()
          + " is "
          + to.word()
          + (reason.isEmpty() ? "." : ": " + reason);
    }
  }

  /**
   * An action was requested, or moved on.
   *
   * @param step what happened to it
   * @param action the action as it is now
   */
  record ActionChanged(Step step, Action action) implements Event {
    /** What can happen to an action. */
    public enum Step {
      /** It was asked for and decided. */
      REQUESTED("action.requested"),
      /** A person's consent was given or denied, or ran out. */
      DECIDED("approval.decided"),
      /** It runs. */
      RUNNING("action.running"),
      /** It made progress. */
      PROGRESS("action.progress"),
      /** It ended, in whatever way. */
      ENDED("action.ended");

      private final String type;

      Step(String type) {
        this.type = type;
      }
    }

    @Override
    public String type() {
      return step.type;
    }

    @Override
    public Optional<ResourceRef> subject() {
      return action.targets().stream().map(target -> target.ref()).findFirst();
    }

    @Override
    public String summary() {
      return action.summary();
    }
  }

  /**
   * Something happened to an account or a session.
   *
   * @param kind what happened
   * @param username whose account
   * @param address where the request came from
   */
  record AccountActivity(Kind kind, String username, String address) implements Event {
    /** What can happen to an account. */
    public enum Kind {
      /** The account was created. */
      ACCOUNT_CREATED("account.created", "was created"),
      /** Somebody logged in. */
      SESSION_STARTED("session.started", "logged in"),
      /** A session ended. */
      SESSION_ENDED("session.ended", "logged out"),
      /** A login failed. */
      LOGIN_FAILED("session.refused", "was refused a login"),
      /** A token was made. */
      TOKEN_CREATED("token.created", "made a token"),
      /** A token was revoked. */
      TOKEN_REVOKED("token.revoked", "revoked a token"),
      /** The password was changed. */
      PASSWORD_CHANGED("password.changed", "changed the password"),
      /** The password was reset at the console. */
      PASSWORD_RESET("password.reset", "had the password reset");

      private final String type;
      private final String words;

      Kind(String type, String words) {
        this.type = type;
        this.words = words;
      }
    }

    @Override
    public String type() {
      return kind.type;
    }

    @Override
    public String summary() {
      return username + " " + kind.words + ", from " + address + ".";
    }
  }

  /**
   * An extension came, went or was decided about.
   *
   * @param turn what happened
   * @param name what it calls itself
   * @param version its version
   * @param id the SHA-256 of its jar
   * @param detail why, where there is something to say; otherwise empty
   */
  record ExtensionChanged(Turn turn, String name, String version, String id, String detail)
      implements Event {
    /** What can happen to an extension. */
    public enum Turn {
      /** It appeared, and waits for a person. */
      AWAITS_CONSENT("extension.awaits-consent", "waits for consent"),
      /** It runs. */
      STARTED("extension.started", "runs"),
      /** It may run, but cannot. */
      FAILED("extension.failed", "cannot run"),
      /** A person refused it. */
      REJECTED("extension.rejected", "was rejected"),
      /** It is gone. */
      REMOVED("extension.removed", "was removed"),
      /** It can never run. */
      UNACCEPTABLE("extension.unacceptable", "is not acceptable");

      private final String type;
      private final String words;

      Turn(String type, String words) {
        this.type = type;
        this.words = words;
      }
    }

    @Override
    public String type() {
      return turn.type;
    }

    @Override
    public String summary() {
      return "Extension "
          + name
          + " "
          + version
          + " "
          + turn.words
          + (detail.isEmpty() ? "." : ": " + detail);
    }
  }

  /**
   * A person changed the guardrails.
   *
   * @param guardrails what counts now
   * @param by who changed them
   */
  record GuardrailsChanged(Guardrails guardrails, String by) implements Event {
    @Override
    public String type() {
      return "guardrails.changed";
    }

    @Override
    public String summary() {
      return by
          + " turned the kill switch "
          + (guardrails.halted() ? "on" : "off")
          + "; autonomy is "
          + guardrails.autonomy().word()
          + ".";
    }
  }

  /**
   * Something about a host or its key wants to be known.
   *
   * @param news what happened
   * @param host the host
   * @param place the resource that commands on it are judged by
   * @param fingerprint of the key that it is about, {@code null} where it is about none
   * @param detail why, or by whom; empty where there is nothing to say
   */
  record HostChanged(
      News news, HostId host, ResourceRef place, @Nullable String fingerprint, String detail)
      implements Event {
    /** What can happen to a host. */
    public enum News {
      /** It offers a key that nobody accepted. */
      KEY_UNKNOWN("host.key-unknown", "offers a key that nobody accepted yet"),
      /** It offers another key than the accepted one. */
      KEY_CHANGED("host.key-changed", "offers another key than the accepted one"),
      /** A person accepted its key. */
      KEY_ACCEPTED("host.key-accepted", "has an accepted key"),
      /** A person took the acceptance of its key back. */
      KEY_FORGOTTEN("host.key-forgotten", "has no accepted key any more"),
      /** It refuses Jarvis's account or key. */
      LOGIN_REFUSED("host.login-refused", "refuses the login"),
      /** It cannot be reached. */
      UNREACHABLE("host.unreachable", "cannot be reached"),
      /** Its configuration cannot be used. */
      MISCONFIGURED("host.misconfigured", "is configured wrongly"),
      /** A connection stands again after it was in trouble. */
      CONNECTED("host.connected", "is connected");

      private final String type;
      private final String words;

      News(String type, String words) {
        this.type = type;
        this.words = words;
      }
    }

    @Override
    public String type() {
      return news.type;
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(place);
    }

    @Override
    public String summary() {
      return "Host "
          + host
          + " "
          + news.words
          + (fingerprint == null ? "" : " (" + fingerprint + ")")
          + (detail.isEmpty() ? "." : ": " + detail);
    }
  }

  /**
   * A problem was found, ended, or is in another state.
   *
   * @param change what happened to it
   * @param problem the problem as it is now
   */
  record ProblemChanged(Change change, Problem problem) implements Event {
    /** What can happen to a problem. */
    public enum Change {
      /** It was found, or came back. */
      RAISED("problem.raised", ""),
      /** It is better or worse than it was, or others suffer from it. */
      CHANGED("problem.changed", "Changed: "),
      /** It ended. */
      RESOLVED("problem.resolved", "Resolved: "),
      /** Somebody has seen it. */
      ACKNOWLEDGED("problem.acknowledged", "Acknowledged: "),
      /** Nobody wants to hear of it for a while, or somebody does again. */
      SILENCED("problem.silenced", "Silence changed: "),
      /** Somebody wrote about it. */
      NOTED("problem.noted", "Noted: "),
      /** A remedy was asked for. */
      ATTEMPTED("problem.attempted", "Being mended: ");

      private final String type;
      private final String words;

      Change(String type, String words) {
        this.type = type;
        this.words = words;
      }
    }

    @Override
    public String type() {
      return change.type;
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.ofNullable(problem.subject());
    }

    @Override
    public String summary() {
      return change.words + problem.summary();
    }
  }

  /**
   * A node began to be worked on, or is no longer.
   *
   * @param maintenance the work
   * @param began whether it begins, or is extended; otherwise it ended
   * @param by who said so; empty where its time was over
   */
  record MaintenanceChanged(Maintenance maintenance, boolean began, String by) implements Event {
    private static final DateTimeFormatter MINUTE =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public String type() {
      return began ? "maintenance.began" : "maintenance.ended";
    }

    @Override
    public Optional<ResourceRef> subject() {
      return Optional.of(maintenance.node());
    }

    @Override
    public String summary() {
      String node = "Node " + maintenance.node().path().get(0);
      return began
          ? node + " is being worked on until " + MINUTE.format(maintenance.until()) + "."
          : node + " is no longer being worked on.";
    }
  }

  /**
   * The head of the audit log, noted outside the log itself.
   *
   * @param records the number of its newest record
   * @param head the hash of that record
   */
  record AuditAnchored(long records, String head) implements Event {
    @Override
    public String type() {
      return "audit.anchored";
    }

    @Override
    public String summary() {
      return "The audit log holds " + records + " records; its head is " + head + ".";
    }
  }
}
