package org.jarvis.console;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void takesOutWhatColoursOrMovesTheCursor() {
    assertThat(PlainText.of("\u001b[31mred\u001b[0m \u001b[2Jand \u001b]0;title\u0007gone"))
        .isEqualTo("red and ?gone");
  }

  @Test
  void keepsOneLine() {
    assertThat(PlainText.of("a\nb\rc\u2028d\u0085e\tf")).isEqualTo("a?b?c?d?e f");
  }

  @Test
  void takesOutWhatReordersTheLine() {
    assertThat(PlainText.of("safe\u202Egpj.exe")).isEqualTo("safe?gpj.exe");
  }

  @Test
  void keepsWhatPeopleWrite() {
    assertThat(PlainText.of("Überwachung – 北 – 😀 ••••")).isEqualTo("Überwachung – 北 – 😀 ••••");
  }

  @Property
  void neverLetsAControlCharacterThrough(@ForAll String text) {
    assertThat(PlainText.of(text).chars()).noneMatch(Character::isISOControl);
  }
}
