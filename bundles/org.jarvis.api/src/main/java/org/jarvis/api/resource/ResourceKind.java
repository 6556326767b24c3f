package org.jarvis.api.resource;

import java.util.Locale;
import java.util.Optional;

/** The kinds of thing that have an address. */
public enum ResourceKind {
  /** A whole cluster. */
  CLUSTER(0),
  /** A node of a cluster. */
  NODE(1),
  /** A guest, VM or container. */
  GUEST(1),
  /** A storage as one node sees it. */
  STORAGE(2);

  private final int pathLength;
  private final String word = name().toLowerCase(Locale.ROOT);

  ResourceKind(int pathLength) {
    this.pathLength = pathLength;
  }

  /** How many parts follow the kind in a {@link ResourceRef}. */
  public int pathLength() {
    return pathLength;
  }

  /** The word in addresses and at the edges, such as {@code guest}. */
  public String word() {
    return word;
  }

  /** The kind of this word, empty for an unknown one. */
  public static Optional<ResourceKind> ofWord(String word) {
    for (ResourceKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
