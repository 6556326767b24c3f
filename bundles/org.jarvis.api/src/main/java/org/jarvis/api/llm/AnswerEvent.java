package org.jarvis.api.llm;

/** What is heard while a model answers. */
public sealed interface AnswerEvent {
  /**
   * Further words.
   *
   * @param text a piece, cut anywhere but within a character
   */
  record TextDelta(String text) implements AnswerEvent {}

  /**
   * The model thinks. To be shown, if at all, as what it is: it is no part of the answer, and may
   * be neither complete nor true.
   *
   * @param text a piece
   */
  record ThinkingDelta(String text) implements AnswerEvent {}

  /**
   * The model begins to ask for a tool. For people who wait; what it asks for is told by {@link
   * Completed} alone, since only a whole answer means anything.
   *
   * @param name the tool's name, as far as it is known
   */
  record CallBegun(String name) implements AnswerEvent {}

  /**
   * The answer is whole. The last event.
   *
   * @param answer all of it
   */
  record Completed(Answer answer) implements AnswerEvent {}

  /**
   * There is no whole answer. The last event. The words that came before are all there is; nothing
   * that was asked for counts.
   *
   * @param failure what happened
   * @param usage what was used nevertheless, as far as the server told
   */
  record Failed(ModelFailure failure, TokenUsage usage) implements AnswerEvent {}
}
