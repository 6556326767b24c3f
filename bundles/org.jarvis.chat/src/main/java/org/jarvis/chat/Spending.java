package org.jarvis.chat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.llm.PriceList;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.ConversationStore.StoredUsage;
import org.jspecify.annotations.Nullable;

/**
 * What was spent on models this day and this month. Fails closed: what is not known is reckoned
 * dearer than anything, an exchange is reckoned at its most before it begins, and where what was
 * spent cannot be read or noted, nothing more may be. Amounts of all currencies are added up as
 * they are. Safe from any thread.
 */
final class Spending {
  /** Dearer than any model that is known of, for those whose price is not. */
  static final PriceList UNKNOWN =
      new PriceList(
          "USD",
          new BigDecimal("20"),
          new BigDecimal("20"),
          new BigDecimal("25"),
          new BigDecimal("100"));

  private static final int MICRO = 6;

  private final ConversationStore store;
  private final Clock clock;
  private final ZoneId zone;
  private @Nullable LocalDate day;
  private BigDecimal ofDay = BigDecimal.ZERO;
  private BigDecimal ofMonth = BigDecimal.ZERO;
  private BigDecimal underWay = BigDecimal.ZERO;

  /** What this storage knows of, in the days of this zone. */
  Spending(ConversationStore store, Clock clock, ZoneId zone) {
    this.store = store;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Takes the most that an exchange may cost out of the budgets.
   *
   * @return why it may not be, empty where it may; then {@link #noted} has to follow
   */
  synchronized Optional<String> reserve(BigDecimal most, ChatSettings settings) {
    if (most.signum() == 0) {
      return Optional.empty();
    }
    try {
      load();
    } catch (JarvisException unreadable) {
      return Optional.of("What was spent cannot be read, so nothing more may be.");
    }
    if (ofDay.add(underWay).add(most).compareTo(settings.moneyPerDay()) > 0) {
      return Optional.of(over("day", ofDay, settings.moneyPerDay(), ChatSettings.DAILY));
    }
    if (ofMonth.add(underWay).add(most).compareTo(settings.moneyPerMonth()) > 0) {
      return Optional.of(over("month", ofMonth, settings.moneyPerMonth(), ChatSettings.MONTHLY));
    }
    underWay = underWay.add(most);
    return Optional.empty();
  }

  /** Notes what an exchange really cost, and gives back what was reserved for it. */
  synchronized void noted(BigDecimal reserved, BigDecimal cost, StoredUsage usage) {
    underWay = underWay.subtract(reserved).max(BigDecimal.ZERO);
    ofDay = ofDay.add(cost);
    ofMonth = ofMonth.add(cost);
    store.note(usage);
  }

  private static String over(String span, BigDecimal spent, BigDecimal most, String key) {
    return "The budget of this "
        + span
        + " does not allow another answer ("
        + spent.setScale(2, RoundingMode.HALF_UP)
        + " of "
        + most.setScale(2, RoundingMode.HALF_UP)
        + " spent; "
        + key
        + " in etc/org.jarvis.chat.cfg).";
  }

  private void load() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    if (today.equals(day)) {
      return;
    }
    Instant dayBegan = today.atStartOfDay(zone).toInstant();
    BigDecimal month = BigDecimal.ZERO;
    BigDecimal ofToday = BigDecimal.ZERO;
    for (StoredUsage usage :
        store.usageSince(YearMonth.from(today).atDay(1).atStartOfDay(zone).toInstant())) {
      BigDecimal cost = cost(usage);
      month = month.add(cost);
      if (!usage.at().isBefore(dayBegan)) {
        ofToday = ofToday.add(cost);
      }
    }
    ofMonth = month;
    ofDay = ofToday;
    day = today;
  }

  private static BigDecimal cost(StoredUsage usage) {
    return BigDecimal.valueOf(Math.max(0, usage.microCost()), MICRO);
  }

  /** What this many tokens cost at most. */
  static BigDecimal most(ProviderDefinition provider, long question, long answer) {
    PriceList prices = provider.priceList().orElse(UNKNOWN);
    if (prices.isFree()) {
      return BigDecimal.ZERO;
    }
    BigDecimal dearest = prices.input().max(prices.cacheWrite()).max(prices.cacheRead());
    return dearest
        .multiply(BigDecimal.valueOf(question))
        .add(prices.output().multiply(BigDecimal.valueOf(answer)))
        .movePointLeft(MICRO);
  }

  /** What this use cost, as far as it is known; what is not is reckoned as a question was. */
  static BigDecimal cost(ProviderDefinition provider, TokenUsage usage, BigDecimal most) {
    return provider.priceList().orElse(UNKNOWN).cost(usage).orElse(most);
  }

  static long micro(BigDecimal cost) {
    return cost.movePointRight(MICRO).setScale(0, RoundingMode.CEILING).longValue();
  }
}
