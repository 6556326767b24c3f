package org.jarvis.llm.openai;

import java.util.Locale;

/** By what name a server knows the limit of an answer. */
enum LimitField {
  /** The old name, which every compatible server knows. */
  MAX_TOKENS,
  /** The only one that OpenAI's own newer models take. */
  MAX_COMPLETION_TOKENS;

  private final String word = name().toLowerCase(Locale.ROOT);

  String word() {
    return word;
  }
}
