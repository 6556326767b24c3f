package org.jarvis.connector.proxmox.reply;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of one reply say over and over again, read once: thousands of guests name the same
 * few nodes, tags and pools. So they also share what stays in memory. Not thread-safe.
 */
final class Repeats {
  private final Map<String, NodeName> nodes = new HashMap<>();
  private final Map<String, List<String>> tags = new HashMap<>();
  private final Map<String, List<String>> contents = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();

  /** A node's name, {@code null} where it is none. */
  @Nullable NodeName node(@Nullable String text) {
    return text == null ? null : nodes.computeIfAbsent(text, Identifiers::node);
  }

  /** A guest's tags. */
  List<String> tags(@Nullable String text) {
    return text == null ? List.of() : tags.computeIfAbsent(text, GuestWords::tags);
  }

  /** What may lie on a storage, sorted. */
  List<String> content(@Nullable String text) {
    return text == null ? List.of() : contents.computeIfAbsent(text, Repeats::parts);
  }

  private static List<String> parts(String content) {
    return Arrays.stream(content.split("[,\\s]+"))
        .filter(part -> !part.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /** The same word as the first time. */
  @Nullable String word(@Nullable String text) {
    return text == null ? null : words.computeIfAbsent(text, same -> same);
  }
}
