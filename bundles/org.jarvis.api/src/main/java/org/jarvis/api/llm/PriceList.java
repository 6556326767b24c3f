package org.jarvis.api.llm;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a million tokens cost.
 *
 * @param currency three letters, such as {@code USD}
 * @param input of a question, as far as the cache has nothing to do with it
 * @param cacheRead of a question, as far as it comes from the cache
 * @param cacheWrite of a question, as far as it is put into the cache
 * @param output of an answer
 */
public record PriceList(
    String currency,
    BigDecimal input,
    BigDecimal cacheRead,
    BigDecimal cacheWrite,
    BigDecimal output) {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  /** Of a model that runs on the operator's own hardware. */
  public static final PriceList FREE =
      new PriceList("USD", BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  private static final int MILLION = 6;

  /** Refuses what is no price. */
  public PriceList {
    if (!CURRENCY.matcher(currency).matches()) {
      throw new IllegalArgumentException("A currency has three capital letters.");
    }
    if (input.signum() < 0
        || cacheRead.signum() < 0
        || cacheWrite.signum() < 0
        || output.signum() < 0) {
      throw new IllegalArgumentException("A price is not below zero.");
    }
  }

  /** Whether nothing costs anything. */
  public boolean isFree() {
    return input.signum() + cacheRead.signum() + cacheWrite.signum() + output.signum() == 0;
  }

  /**
   * What this use cost. Empty where it is not known how much was used, unless all of it is free.
   */
  public Optional<BigDecimal> cost(TokenUsage usage) {
    if (isFree()) {
      return Optional.of(BigDecimal.ZERO);
    }
    if (usage.input() == null || usage.output() == null) {
      return Optional.empty();
    }
    // A server that tells nothing of a cache counts the whole question as input.
    return Optional.of(
        of(usage.input(), input)
            .add(usage.cacheRead() == null ? BigDecimal.ZERO : of(usage.cacheRead(), cacheRead))
            .add(usage.cacheWrite() == null ? BigDecimal.ZERO : of(usage.cacheWrite(), cacheWrite))
            .add(of(usage.output(), output)));
  }

  private static BigDecimal of(long tokens, BigDecimal price) {
    return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION);
  }
}
