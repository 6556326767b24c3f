package org.jarvis.tools.form;

import org.jarvis.api.resource.GuestType;

/** The names of the tools that there is one of for each type of guest. */
public final class GuestTools {
  private GuestTools() {}

  /** What lists them. */
  public static String list(GuestType type) {
    return named("get", type) + "s";
  }

  /** What starts one. */
  public static String start(GuestType type) {
    return named("start", type);
  }

  /** What stops one. */
  public static String stop(GuestType type) {
    return named("stop", type);
  }

  /** Verb and noun. */
  public static String named(String verb, GuestType type) {
    return verb + "_" + Words.noun(type).toLowerCase(java.util.Locale.ROOT);
  }
}
