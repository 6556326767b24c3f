package org.jarvis.api.resource;

/**
 * One thing that Jarvis shows and a tool can target. Immutable; a newer state is a new value. What
 * is not known is {@code null}, never zero.
 */
public sealed interface Resource permits Cluster, Node, Guest, Storage {
  /** Its stable address. */
  ResourceRef ref();

  /** Its name for people. A string from the cluster: hostile until shown as plain text. */
  String name();

  /** The word for its status at the edges, such as {@code running}. */
  String statusWord();

  /** Source and age of this state. */
  Observation observation();
}
