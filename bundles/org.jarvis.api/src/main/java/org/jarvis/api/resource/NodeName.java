package org.jarvis.api.resource;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a node within its cluster, as Proxmox VE knows it.
 *
 * @param value a DNS label: letters, digits and inner hyphens, at most 63 characters
 */
public record NodeName(String value) implements Comparable<NodeName> {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  /** Refuses anything that is no DNS label: the name becomes part of request paths. */
  public NodeName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Not a node name: it must be a DNS label.");
    }
  }

  // By hand: maps of nodes ask for these thousands of times with every reading, and what a record
  // generates is slow without the optimising compiler.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NodeName that && that.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
