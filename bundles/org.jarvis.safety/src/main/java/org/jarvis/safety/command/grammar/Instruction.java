package org.jarvis.safety.command.grammar;

/** What a form's words are matched with, one step after the other. */
sealed interface Instruction {
  /** Takes one word. */
  record Take(Shape shape) implements Instruction {}

  /** Takes all the words that are left, as another command. */
  record TakeCommand(Place place) implements Instruction {}

  /** Goes on at either of two places; the first is preferred. */
  record Fork(int preferred, int other) implements Instruction {}

  /** Goes on elsewhere. */
  record Jump(int target) implements Instruction {}

  /** All is there. */
  record Accept() implements Instruction {}
}
