package org.jarvis.mcp;

import java.util.HashMap;
import java.util.Map;

/**
 * The calls that wait for the end of their action. Each holds a thread of the server, so only a few
 * may, and of one token still fewer, lest one client make all others do without. Safe from any
 * thread.
 */
final class WaitingRoom {
  private final int ofAll;
  private final int ofOne;
  private final Map<String, Integer> within = new HashMap<>();
  private int taken;

  /**
   * An empty room.
   *
   * @param ofAll how many may wait at a time
   * @param ofOne how many of them with one token
   */
  WaitingRoom(int ofAll, int ofOne) {
    this.ofAll = ofAll;
    this.ofOne = ofOne;
  }

  /** Takes a seat; false where there is none. */
  synchronized boolean enter(String credential) {
    if (taken >= ofAll || within.getOrDefault(credential, 0) >= ofOne) {
      return false;
    }
    taken++;
    within.merge(credential, 1, Integer::sum);
    return true;
  }

  /** Gives a seat back that was taken. */
  synchronized void leave(String credential) {
    taken--;
    within.computeIfPresent(credential, (id, count) -> count == 1 ? null : count - 1);
  }
}
