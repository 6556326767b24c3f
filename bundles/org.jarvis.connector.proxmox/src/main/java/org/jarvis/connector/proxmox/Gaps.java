package org.jarvis.connector.proxmox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Collects why parts of a detail were not read, as sentences for people. Not thread-safe. */
final class Gaps {
  /** A node may have dozens of disks that all say the same. */
  private static final int LIMIT = 3;

  private final List<String> sentences = new ArrayList<>();
  private int more;

  /** Notes one. */
  void add(String sentence) {
    if (sentences.contains(sentence)) {
      return;
    }
    if (sentences.size() < LIMIT) {
      sentences.add(sentence);
    } else {
      more++;
    }
  }

  /** Notes several. */
  void addAll(Collection<String> several) {
    several.forEach(this::add);
  }

  /** All of them; empty where everything was read. */
  Optional<String> told() {
    if (sentences.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.join(" ", sentences) + (more == 0 ? "" : " " + more + " more were not read."));
  }
}
