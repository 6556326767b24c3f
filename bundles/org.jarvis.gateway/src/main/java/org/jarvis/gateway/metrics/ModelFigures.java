package org.jarvis.gateway.metrics;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.ConversationStore.StoredUsage;

/** What asking models took today and this month, by the operator's own calendar. */
final class ModelFigures {
  private static final int MICRO = 6;

  private final Exposition out;
  private final ZonedDateTime now;

  ModelFigures(Exposition out, Instant now, ZoneId zone) {
    this.out = out;
    this.now = now.atZone(zone);
  }

  void add(ConversationStore store) {
    ZonedDateTime today = now.truncatedTo(ChronoUnit.DAYS);
    List<StoredUsage> month = store.usageSince(today.withDayOfMonth(1).toInstant());
    Instant midnight = today.toInstant();
    add("day", month.stream().filter(usage -> !usage.at().isBefore(midnight)).toList());
    add("month", month);
  }

  private void add(String period, List<StoredUsage> uses) {
    Map<String, Long> input = new TreeMap<>();
    Map<String, Long> output = new TreeMap<>();
    Map<String, Map<String, Long>> costs = new TreeMap<>();
    for (StoredUsage use : uses) {
      // What was not told is below zero.
      input.merge(use.provider(), Math.max(0, use.input()), Long::sum);
      output.merge(use.provider(), Math.max(0, use.output()), Long::sum);
      if (use.microCost() >= 0) {
        costs
            .computeIfAbsent(use.provider(), provider -> new TreeMap<>())
            .merge(use.currency(), use.microCost(), Long::sum);
      }
    }
    input.forEach((provider, tokens) -> tokens(period, provider, "input", tokens));
    output.forEach((provider, tokens) -> tokens(period, provider, "output", tokens));
    costs.forEach(
        (provider, byCurrency) ->
            byCurrency.forEach(
                (currency, cost) ->
                    out.gauge(
                        "jarvis_model_cost",
                        "What asking a model cost, as far as that is known.",
                        BigDecimal.valueOf(cost, MICRO).doubleValue(),
                        "period",
                        period,
                        "provider",
                        provider,
                        "currency",
                        currency)));
  }

  private void tokens(String period, String provider, String direction, long tokens) {
    out.gauge(
        "jarvis_model_tokens",
        "Tokens that asking a model took.",
        tokens,
        "period",
        period,
        "provider",
        provider,
        "direction",
        direction);
  }
}
