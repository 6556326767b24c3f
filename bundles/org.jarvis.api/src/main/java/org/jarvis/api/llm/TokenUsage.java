package org.jarvis.api.llm;

import org.jspecify.annotations.Nullable;

/**
 * How much an exchange used, as the server told. What it did not tell is {@code null}. The whole
 * question is the sum of the first three.
 *
 * @param input tokens of the question that had nothing to do with a cache
 * @param cacheRead tokens of the question that came from the cache
 * @param cacheWrite tokens of the question that were put into the cache
 * @param output tokens of the answer, thinking included
 */
public record TokenUsage(
    @Nullable Long input,
    @Nullable Long cacheRead,
    @Nullable Long cacheWrite,
    @Nullable Long output) {
  /** Nothing was told. */
  public static final TokenUsage UNKNOWN = new TokenUsage(null, null, null, null);

  /** Takes what is below zero for not told: a server's figures are not to be believed. */
  public TokenUsage {
    input = told(input);
    cacheRead = told(cacheRead);
    cacheWrite = told(cacheWrite);
    output = told(output);
  }

  /** What a later report tells; what it leaves out stays as it was told before. */
  public TokenUsage updatedBy(TokenUsage later) {
    return new TokenUsage(
        later.input == null ? input : later.input,
        later.cacheRead == null ? cacheRead : later.cacheRead,
        later.cacheWrite == null ? cacheWrite : later.cacheWrite,
        later.output == null ? output : later.output);
  }

  private static @Nullable Long told(@Nullable Long tokens) {
    return tokens == null || tokens < 0 ? null : tokens;
  }
}
