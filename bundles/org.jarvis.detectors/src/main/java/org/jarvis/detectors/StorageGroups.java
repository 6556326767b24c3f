package org.jarvis.detectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;

/** The storages as people see them: a shared one is one, however many nodes see it. */
final class StorageGroups {
  private StorageGroups() {}

  /**
   * The storages that a test lets through, grouped: what several nodes share is one group, by node,
   * and all else is alone.
   */
  static List<List<Storage>> of(Situation situation, Predicate<Storage> test) {
    Map<String, List<Storage>> shared = new TreeMap<>();
    List<List<Storage>> groups = new ArrayList<>();
    for (Storage storage : situation.cluster().storages().values()) {
      if (!test.test(storage)) {
        continue;
      }
      if (storage.shared()) {
        shared.computeIfAbsent(storage.name(), name -> new ArrayList<>()).add(storage);
      } else {
        groups.add(List.of(storage));
      }
    }
    for (List<Storage> group : shared.values()) {
      group.sort(Comparator.comparing(Storage::node));
      groups.add(group);
    }
    return groups;
  }

  /**
   * The one of a group that its problem is told of: that of an open problem, so that it stays one
   * though nodes come and go, and otherwise the first by node.
   */
  static Storage speaker(Situation situation, String kind, List<Storage> group) {
    if (group.size() > 1) {
      for (Storage storage : group) {
        if (situation.isOpen(new Finding.Identity(kind, storage.ref(), ""))) {
          return storage;
        }
      }
    }
    return group.get(0);
  }

  /** The others of a group, as those that suffer from it as well. */
  static List<ResourceRef> others(List<Storage> group, Storage speaker) {
    return group.stream().filter(one -> !one.equals(speaker)).map(Storage::ref).toList();
  }

  /** How people call it: {@code local-lvm on pve1}, or {@code nas} where it is shared. */
  static String label(Storage storage) {
    return storage.shared()
        ? Words.name(storage.name())
        : Words.name(storage.name()) + " on " + storage.node();
  }
}
