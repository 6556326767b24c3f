package org.jarvis.api.connector;

import java.util.Locale;

/** What high availability shall do with a guest. */
public enum RequestedState {
  /** It shall run, on whichever node can have it. */
  STARTED,
  /** It shall be stopped, and whatever went wrong with it forgotten. */
  DISABLED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word at the edges. */
  public String word() {
    return word;
  }
}
