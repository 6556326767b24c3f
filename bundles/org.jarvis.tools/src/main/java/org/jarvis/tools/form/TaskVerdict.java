package org.jarvis.tools.form;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.TaskState;

/**
 * Judges how a task ended. Proxmox VE tells it in one line: {@code OK}, {@code WARNINGS: n}, or a
 * sentence; the sentences are those that Proxmox VE 7 to 9 writes.
 */
public final class TaskVerdict {
  private static final String OK = "OK";
  private static final Pattern ALREADY_RUNNING = words("already running");
  private static final Pattern NOT_RUNNING = words("not running");
  private static final Pattern LOCKED = words("is locked(?: \\(([a-z-]+)\\))?");
  private static final Pattern NO_QUORUM = words("no quorum");
  private static final Pattern VANISHED =
      words("configuration file '.*' does not exist|unable to find configuration file for");
  private static final Pattern INTERRUPTED =
      words("interrupted by signal|received interrupt|unexpected status");

  private TaskVerdict() {}

  private static Pattern words(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
  }

  /** What a task is about, as messages name it. */
  private record Matter(String label, Resource resource) {}

  /**
   * What there is to note about a success.
   *
   * @param attempt what was tried, such as {@code did not start}
   * @param advice what to do where nothing better is known
   * @throws JarvisException when the task did not end well
   */
  public static Optional<String> judge(
      TaskState task, Resource resource, String attempt, String advice) {
    Matter matter = new Matter(Subject.label(resource), resource);
    String exit = task.exitStatus();
    if (exit == null) {
      throw new JarvisException(
          ErrorCode.TIMED_OUT,
          "The task for "
              + matter.label()
              + " was not followed to its end. Look at the "
              + resource.ref().kind().word()
              + ".");
    }
    if (!task.succeeded()) {
      throw failure(Words.said(exit), matter, attempt, advice);
    }
    return exit.equals(OK)
        ? Optional.empty()
        : Optional.of(
            "The task ended with " + Words.said(exit) + ". Its log in the action has the details.");
  }

  private static JarvisException failure(
      String said, Matter matter, String attempt, String advice) {
    String what = matter.label() + " " + attempt + ": ";
    String quote = " (the task said: " + said + ")";
    Matcher locked = LOCKED.matcher(said);
    if (locked.find()) {
      String lock = locked.group(1);
      return new JarvisException(
          ErrorCode.LOCKED,
          what
              + "it is locked"
              + (lock == null ? "" : " (" + lock + ")")
              + quote
              + ". Wait until what holds it is done.");
    }
    if (ALREADY_RUNNING.matcher(said).find()) {
      return new JarvisException(
          ErrorCode.ALREADY_RUNNING, what + "it is already running" + quote + ".");
    }
    if (VANISHED.matcher(said).find()) {
      return new JarvisException(
          ErrorCode.VANISHED,
          what
              + "it does not exist any more on its node"
              + quote
              + ". It was deleted or has moved.");
    }
    if (NO_QUORUM.matcher(said).find()) {
      return new JarvisException(
          ErrorCode.NO_QUORUM,
          what
              + "no quorum in cluster "
              + matter.resource().ref().cluster()
              + quote
              + ". Bring nodes back first.");
    }
    if (NOT_RUNNING.matcher(said).find()) {
      return new JarvisException(ErrorCode.NOT_RUNNING, what + "it is not running" + quote + ".");
    }
    if (INTERRUPTED.matcher(said).find()) {
      return new JarvisException(
          ErrorCode.TASK_FAILED,
          what + "somebody or something ended the task" + quote + ". Look at what stands.");
    }
    return new JarvisException(ErrorCode.TASK_FAILED, what + said + ". " + advice);
  }
}
