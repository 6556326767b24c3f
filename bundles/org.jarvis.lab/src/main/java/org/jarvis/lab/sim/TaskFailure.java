package org.jarvis.lab.sim;

/** Why a task ends without success: the message is its exit status. */
final class TaskFailure extends Exception {

  private static final long serialVersionUID = 1L;

  TaskFailure(String exitStatus) {
    super(exitStatus, null, false, false);
  }

  String exitStatus() {
    return String.valueOf(getMessage());
  }
}
