package org.jarvis.tools.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jarvis.api.resource.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({"59,59 s", "60,1 min", "3660,1 h 1 min", "273600,3 d 4 h"})
  void tellsTimesInTheirLargestUnits(long seconds, String words) {
    assertThat(Words.time(Duration.ofSeconds(seconds))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "4294967296,4.0 GiB"})
  void tellsAmountsInTheUnitThatFits(long bytes, String words) {
    assertThat(Words.amount(new Bytes(bytes))).isEqualTo(words);
  }

  @Test
  void makesOneBoundedLineOfWhatAClusterSays() {
    assertThat(Words.said(" a\r\nb\u001b[31m\u202ec ")).isEqualTo("a b c");
    assertThat(Words.said("a\u009b31mb\u0085c")).isEqualTo("a b c");
    assertThat(Words.said("x".repeat(400))).hasSize(300).endsWith("…");
    assertThat(Words.said("x".repeat(298) + "🙂".repeat(9))).isEqualTo("x".repeat(298) + "…");
    assertThat(Words.lines("a\u009b1m\nb", 9)).isEqualTo("a\nb");
  }
}
