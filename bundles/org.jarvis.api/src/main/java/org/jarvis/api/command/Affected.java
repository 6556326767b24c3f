package org.jarvis.api.command;

import java.util.Locale;
import org.jarvis.api.tool.Touch;

/**
 * Something that a command does more to than look at it.
 *
 * @param kind what it is
 * @param name which one: a guest's number, a unit without {@code .service}, a storage's, bridge's,
 *     container's or node's name, a device's path; the host's name for the host as a whole
 * @param touch what becomes of it
 */
public record Affected(Kind kind, String name, Touch touch) {
  /** What a command can do something to. */
  public enum Kind {
    /** The host that it runs on, as a whole. */
    HOST,
    /** Another node of its cluster. */
    NODE,
    /** A guest, by number. */
    GUEST,
    /** A storage as the host sees it. */
    STORAGE,
    /** A service of the host, by its unit. */
    SERVICE,
    /** A bridge or another network interface of the host. */
    NETWORK,
    /** A Docker container on the host. */
    CONTAINER,
    /** A disk, partition, volume group or pool of the host. */
    DISK;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }

  /** How a {@link org.jarvis.api.tool.Target} names it as a part of the host. */
  public String part() {
    return kind == Kind.SERVICE ? name : kind.word() + ":" + name;
  }
}
