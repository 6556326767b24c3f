package org.jarvis.connector.proxmox.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that objects of a reply have, in their order: these, one more, and so on. All objects
 * with the same fields share one. Used by one thread while a reply is read, and not changed after.
 */
final class FieldIndex {
  private final @Nullable FieldIndex before;
  private final String name;
  private final int size;
  private final boolean repeats;

  /** The longer one that was asked for last, which is mostly asked for again. */
  private @Nullable FieldIndex latest;

  /** All longer ones, where there is more than one. */
  private @Nullable Map<String, FieldIndex> longer;

  /** Where each field stands; made for objects, which end here, and not for what only begins so. */
  private @Nullable Map<String, Integer> positions;

  /** The fields before, and one more; those of no field at all have nothing before. */
  FieldIndex(@Nullable FieldIndex before, String name) {
    this.before = before;
    this.name = name;
    this.size = before == null ? 0 : before.size + 1;
    this.repeats = before != null && before.has(name);
  }

  /** These fields and one more. */
  FieldIndex followedBy(String next) {
    FieldIndex known = latest;
    if (known == null) {
      known = new FieldIndex(this, next);
    } else if (!known.name.equals(next)) {
      Map<String, FieldIndex> all = longer;
      if (all == null) {
        all = new HashMap<>();
        all.put(known.name, known);
        longer = all;
      }
      known = all.computeIfAbsent(next, added -> new FieldIndex(this, added));
    }
    latest = known;
    return known;
  }

  /** Whether the last field was there before. */
  boolean repeats() {
    return repeats;
  }

  int size() {
    return size;
  }

  /** Their names, in order. */
  List<String> names() {
    List<String> names = new ArrayList<>(size);
    for (FieldIndex at = this; at.before != null; at = at.before) {
      names.add(at.name);
    }
    Collections.reverse(names);
    return names;
  }

  /** Where each field stands. To be asked once before several threads read. */
  Map<String, Integer> positions() {
    Map<String, Integer> known = positions;
    if (known == null) {
      known = new HashMap<>();
      List<String> names = names();
      for (int i = 0; i < names.size(); i++) {
        known.put(names.get(i), i);
      }
      positions = known;
    }
    return known;
  }

  private boolean has(String field) {
    for (FieldIndex at = this; at.before != null; at = at.before) {
      if (at.name.equals(field)) {
        return true;
      }
    }
    return false;
  }
}
