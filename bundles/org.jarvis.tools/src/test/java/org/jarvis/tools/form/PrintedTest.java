package org.jarvis.tools.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintedTest {
  @Test
  void leavesNothingThatMovesOrColoursATerminal() {
    assertThat(Printed.bounded("a\u001b[31mb\u009b31mc\u202ed\n\te", 500)).isEqualTo("abcd\n    e");
  }

  @Test
  void cutsALongLineBetweenCharacters() {
    assertThat(Printed.bounded("x".repeat(1_999) + "🙂".repeat(9), 9_000))
        .isEqualTo("x".repeat(1_999) + "…");
  }
}
