package org.jarvis.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class DropInsTest {
  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {" ", "false", " FALSE "})
  void runsExtensionsWhereTheGateActs(String property) {
    assertThat(DropIns.safe(property)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "yes", "1", "ture"})
  void runsNoneWhereTheGateOnlyWatches(String property) {
    assertThat(DropIns.safe(property)).isTrue();
  }
}
