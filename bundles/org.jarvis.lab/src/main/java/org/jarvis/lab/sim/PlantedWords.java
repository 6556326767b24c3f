package org.jarvis.lab.sim;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What guests say of themselves because a fault puts the words into their mouths: whoever owns a
 * guest decides what its agent answers. Thread-safe.
 */
public final class PlantedWords {

  private final Map<Integer, List<String>> ofAgents = new ConcurrentHashMap<>();

  void plant(int vmid, String text) {
    List<String> lines = text.lines().toList();
    ofAgents.put(vmid, lines.isEmpty() ? List.of("") : lines);
  }

  void clear(int vmid) {
    ofAgents.remove(vmid);
  }

  /** The lines that a guest's agent works into its answers; none where it tells the truth. */
  public List<String> ofAgent(int vmid) {
    return ofAgents.getOrDefault(vmid, List.of());
  }
}
