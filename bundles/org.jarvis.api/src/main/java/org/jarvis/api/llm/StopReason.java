package org.jarvis.api.llm;

/** Why an answer ended. */
public enum StopReason {
  /** It is complete. */
  END,
  /** It asks for tools. */
  TOOL_CALLS,
  /** It became too long and was cut. What it asked for in it was not finished and is left out. */
  LENGTH,
  /** The context was full. Cut like {@link #LENGTH}. */
  CONTEXT_FULL,
  /** The model or its server refused to go on. What it asked for is left out. */
  REFUSED,
  /** For a reason that this version does not know. What it asked for is left out. */
  OTHER
}
