package org.jarvis.lab.sim;

/**
 * Why a request is refused at once, without a task; the message is the one that Proxmox VE gives.
 */
public final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message, null, false, false);
  }

  /** The text, without a line end. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
