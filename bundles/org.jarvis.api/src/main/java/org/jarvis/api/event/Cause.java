package org.jarvis.api.event;

import java.util.Locale;
import org.jarvis.api.resource.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * Why something happened, as far as it is known.
 *
 * @param kind what brought it about
 * @param explanation for people, as the end of a sentence: {@code by a task of anna@pam (qmstop)}
 * @param user whose task it was, as the cluster names them; {@code null} where no task tells
 * @param task that task
 * @param action the id of the action that began the task; {@code null} where it was none of Jarvis
 */
public record Cause(
    Kind kind,
    String explanation,
    @Nullable String user,
    @Nullable TaskId task,
    @Nullable String action) {
  /** A cause that no task tells. */
  public Cause(Kind kind, String explanation) {
    this(kind, explanation, null, null, null);
  }

  /** A cause that a task tells. */
  public Cause(Kind kind, String explanation, String user, TaskId task) {
    this(kind, explanation, user, task, null);
  }

  /** The same, with the action that began the task. */
  public Cause withAction(String id) {
    return new Cause(kind, explanation, user, task, id);
  }

  /** What brings a guest to a stop. */
  public enum Kind {
    /** Somebody's task. */
    USER,
    /** Jarvis's own task. */
    JARVIS,
    /** A backup, while it runs. */
    BACKUP,
    /** High availability. */
    HIGH_AVAILABILITY,
    /** The guest itself: it was shut down or rebooted from the inside. */
    INSIDE,
    /** The death of its node. */
    NODE_DEATH,
    /** A migration; it goes on elsewhere. */
    MIGRATION,
    /** The shutdown or reboot of its node. */
    NODE_SHUTDOWN,
    /** It was deleted. */
    DELETED,
    /** It crashed, and there is evidence of that. */
    CRASH,
    /** Nothing that can be read explains it. */
    UNEXPLAINED;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word at the edges, such as {@code node-death}. */
    public String word() {
      return word;
    }
  }
}
