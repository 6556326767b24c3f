package org.jarvis.api.llm;

/**
 * A part of what the model is told beforehand.
 *
 * @param text what it is told
 * @param stable a hint: this and all before it, the tools included, will be the same in many
 *     requests to come, so it pays to keep them in a cache where the protocol has one. It changes
 *     nothing in the answer
 */
public record Instruction(String text, boolean stable) {
  /** Refuses what is empty: servers do. */
  public Instruction {
    if (text.isBlank()) {
      throw new IllegalArgumentException("An instruction says something.");
    }
  }
}
