package org.jarvis.safety.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShippedRulesTest {
  @Test
  void everyRuleCanBeReadAndKeepsWhatItsExamplesSay() throws Exception {
    assertThat(RuleBook.of(ShippedRules.read()).size()).isPositive();
  }
}
