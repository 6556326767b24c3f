package org.jarvis.console.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotingTest {
  @Property
  void wordsSurviveTheLine(@ForAll("words") List<String> words) {
    assertThat(Quoting.split(Quoting.join(words))).isEqualTo(words);
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings().withChars("ab \t\\\"'$(){}|;ä").ofMaxLength(8).list().ofMaxSize(5);
  }

  @Test
  void takesNothingForAScript() {
    assertThat(Quoting.split("a $b (c) {d} | e; f > g"))
        .containsExactly("a", "$b", "(c)", "{d}", "|", "e;", "f", ">", "g");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jarvis:status '", "\"open", "a\u0000b", "a\u001b[2Jb", "a\u0085b"})
  void refusesOpenQuotesAndControlCharacters(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quoting.split(line));
  }
}
