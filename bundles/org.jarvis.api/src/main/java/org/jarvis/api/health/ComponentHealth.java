package org.jarvis.api.health;

/**
 * How one part of Jarvis is. Anybody may read it without login, so it holds no addresses, names of
 * guests or secrets.
 *
 * @param name a short, stable name such as {@code storage}
 * @param status how it is
 * @param detail what is wrong and the cure, or what is right, in one sentence
 */
public record ComponentHealth(String name, Status status, String detail) {
  /** How a part is. */
  public enum Status {
    /** It does all that it should. */
    UP,
    /** It does less than it should. */
    DEGRADED,
    /** It does nothing. */
    DOWN
  }
}
