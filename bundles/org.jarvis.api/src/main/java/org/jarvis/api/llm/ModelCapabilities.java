package org.jarvis.api.llm;

/**
 * What a model can do. Requests hold text alone, so there is nothing here about pictures.
 *
 * @param contextTokens how much it can keep in mind at once, question and answer together
 * @param outputTokens how much it can answer at most
 * @param tools whether it can ask for tools
 */
public record ModelCapabilities(int contextTokens, int outputTokens, boolean tools) {
  /** Refuses a model that could not answer. */
  public ModelCapabilities {
    if (outputTokens < 1 || contextTokens <= outputTokens) {
      throw new IllegalArgumentException(
          "A model has room for an answer, and for a question beside it.");
    }
  }
}
