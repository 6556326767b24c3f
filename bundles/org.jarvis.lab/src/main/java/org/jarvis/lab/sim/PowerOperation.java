package org.jarvis.lab.sim;

/** What can be asked of a guest's power. */
public enum PowerOperation {
  /** Switch on. */
  START("start"),
  /** Ask the guest to shut itself down. */
  SHUTDOWN("shutdown"),
  /** Pull the plug. */
  STOP("stop"),
  /** Shut down and start again. */
  REBOOT("reboot");

  private final String word;

  PowerOperation(String word) {
    this.word = word;
  }

  /** The last part of its path, and of its task type. */
  public String word() {
    return word;
  }
}
