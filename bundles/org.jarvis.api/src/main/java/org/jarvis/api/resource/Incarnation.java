package org.jarvis.api.resource;

/**
 * One life of a guest under its address: it lasts while the guest migrates, is renamed or edited,
 * and ends when it is deleted. A guest made anew under the same number is another one.
 *
 * @param value names it among all that ever had this address; opaque
 */
public record Incarnation(String value) {
  /** The life of a guest that was there when its cluster was read for the first time. */
  public static final Incarnation FIRST = new Incarnation("first");

  /** Refuses an empty name. */
  public Incarnation {
    if (value.isBlank()) {
      throw new IllegalArgumentException("An incarnation has a name.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
