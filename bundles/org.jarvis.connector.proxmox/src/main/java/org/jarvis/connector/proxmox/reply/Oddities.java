package org.jarvis.connector.proxmox.reply;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jarvis.api.text.InertText;

/** Collects what could not be understood, each thing once and not too many. Not thread-safe. */
public final class Oddities {
  private static final int LIMIT = 20;
  private static final int TEXT_LIMIT = 200;

  private final Set<String> seen = new LinkedHashSet<>();
  private int more;

  /** Notes one. It may hold text from the cluster. */
  public void add(String oddity) {
    String plain = InertText.marked(oddity, TEXT_LIMIT);
    if (seen.size() < LIMIT) {
      seen.add(plain);
    } else if (!seen.contains(plain)) {
      more++;
    }
  }

  /** All of them, for people. */
  public List<String> all() {
    List<String> all = new ArrayList<>(seen);
    if (more > 0) {
      all.add("and " + more + " more");
    }
    return all;
  }
}
