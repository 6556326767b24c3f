package org.jarvis.chat;

import java.math.BigDecimal;
import org.jarvis.api.chat.Answerer;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Who is shown with a message as its answerer, and what all answers of the turn used together. The
 * one that answered last counts, and whether any of them left the house.
 */
final class Credits {
  private Credits() {}

  /**
   * Who answered.
   *
   * @param answer the last answer of the turn
   * @param before who gave the ones before, {@code null} for the first
   */
  static Answerer of(ProviderDefinition definition, Answer answer, @Nullable Answerer before) {
    TokenUsage usage = answer.usage();
    BigDecimal cost = definition.priceList().flatMap(prices -> prices.cost(usage)).orElse(null);
    if (before != null) {
      TokenUsage sum =
          new TokenUsage(
              sum(before.usage().input(), usage.input()),
              sum(before.usage().cacheRead(), usage.cacheRead()),
              sum(before.usage().cacheWrite(), usage.cacheWrite()),
              sum(before.usage().output(), usage.output()));
      BigDecimal both = before.cost() == null || cost == null ? null : before.cost().add(cost);
      return credits(definition, sum, both, before.leavesTheHouse());
    }
    return credits(definition, usage, cost, false);
  }

  private static Answerer credits(
      ProviderDefinition definition, TokenUsage usage, @Nullable BigDecimal cost, boolean left) {
    return new Answerer(
        definition.id(),
        definition.title(),
        definition.model(),
        left || definition.leavesTheHouse(),
        usage,
        cost,
        cost == null ? null : definition.priceList().map(prices -> prices.currency()).orElse(null));
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null ? other : other == null ? one : Long.valueOf(one + other);
  }
}
