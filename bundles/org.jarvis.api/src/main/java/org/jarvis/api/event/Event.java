package org.jarvis.api.event;

import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ResourceRef;

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
   */
  record StatusChanged(ResourceRef ref, String name, String from, String to) implements Event {
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
      return name + " was " + from + ", is " + to + ".";
    }
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
}
