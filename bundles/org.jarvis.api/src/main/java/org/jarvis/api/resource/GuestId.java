package org.jarvis.api.resource;

import org.jspecify.annotations.Nullable;

/**
 * The number of a guest, unique within its cluster (Proxmox's {@code vmid}).
 *
 * @param value from 100 to 999,999,999
 */
public record GuestId(int value) implements Comparable<GuestId> {
  /** The smallest number that Proxmox VE hands out. */
  public static final int MIN = 100;

  /** The largest number that Proxmox VE hands out. */
  public static final int MAX = 999_999_999;

  /** Refuses numbers outside the range. */
  public GuestId {
    if (value < MIN || value > MAX) {
      throw new IllegalArgumentException(
          "A guest's number lies between " + MIN + " and " + MAX + "; got " + value + ".");
    }
  }

  // By hand: maps of guests ask for these thousands of times with every reading, and what a record
  // generates is slow without the optimising compiler.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GuestId that && that.value == value;
  }

  @Override
  public int hashCode() {
    return value;
  }

  @Override
  public int compareTo(GuestId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
