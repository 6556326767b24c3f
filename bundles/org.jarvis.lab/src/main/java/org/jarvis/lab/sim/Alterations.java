package org.jarvis.lab.sim;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What became of a guest's configuration since the simulation began, beyond what its {@link
 * GuestSpec} says.
 *
 * @param set settings with the value that somebody gave them
 * @param removed settings that somebody took away
 * @param pending settings that change with the next start; an empty value takes them away
 * @param paused whether its processors stand still although it runs
 * @param made when it was made, null for what was there at the beginning
 * @param origin what its hardware addresses follow from, so that they stay when its name changes;
 *     empty while that has not happened
 */
public record Alterations(
    SortedMap<String, String> set,
    SortedSet<String> removed,
    SortedMap<String, String> pending,
    boolean paused,
    @Nullable Instant made,
    String origin) {

  /** Nothing was changed. */
  static final Alterations NONE =
      new Alterations(new TreeMap<>(), new TreeSet<>(), new TreeMap<>(), false, null, "");

  /** Copies the collections. */
  public Alterations {
    set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    pending = Collections.unmodifiableSortedMap(new TreeMap<>(pending));
  }

  /** The value that somebody gave a setting, or what it is otherwise. */
  public String get(String key, String otherwise) {
    return removed.contains(key) ? "" : set.getOrDefault(key, otherwise);
  }

  Alterations with(String key, @Nullable String value) {
    TreeMap<String, String> newSet = new TreeMap<>(set);
    TreeSet<String> newRemoved = new TreeSet<>(removed);
    TreeMap<String, String> newPending = new TreeMap<>(pending);
    newPending.remove(key);
    if (value == null) {
      newSet.remove(key);
      newRemoved.add(key);
    } else {
      newSet.put(key, value);
      newRemoved.remove(key);
    }
    return new Alterations(newSet, newRemoved, newPending, paused, made, origin);
  }

  Alterations waiting(String key, @Nullable String value) {
    Map<String, String> newPending = new TreeMap<>(pending);
    newPending.put(key, value == null ? "" : value);
    return new Alterations(set, removed, new TreeMap<>(newPending), paused, made, origin);
  }

  Alterations settled() {
    return new Alterations(set, removed, new TreeMap<>(), paused, made, origin);
  }

  Alterations paused(boolean standsStill) {
    return new Alterations(set, removed, pending, standsStill, made, origin);
  }

  Alterations from(String newOrigin) {
    return new Alterations(set, removed, pending, paused, made, newOrigin);
  }

  /** Those of a copy that is made now. */
  Alterations copied(Instant now, String newOrigin) {
    return new Alterations(set, removed, new TreeMap<>(), false, now, newOrigin);
  }
}
