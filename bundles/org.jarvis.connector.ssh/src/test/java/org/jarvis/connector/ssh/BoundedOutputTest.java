package org.jarvis.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BoundedOutputTest {
  private static BoundedOutput of(int limit, String text, int piece) {
    BoundedOutput output = new BoundedOutput(limit, () -> {});
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += piece) {
      output.write(bytes, from, Math.min(piece, bytes.length - from));
    }
    return output;
  }

  @Property
  void keepsBeginningAndEndHoweverItComes(
      @ForAll @Size(max = 300) byte[] bytes,
      @ForAll @IntRange(min = 2, max = 120) int limit,
      @ForAll @IntRange(min = 1, max = 50) int piece) {
    StringBuilder ascii = new StringBuilder();
    for (byte one : bytes) {
      ascii.append((char) ('a' + Math.floorMod(one, 26)));
    }
    String text = ascii.toString();
    BoundedOutput output = of(limit, text, piece);

    int over = text.length() - limit;
    if (over <= 0) {
      assertThat(output.text()).isEqualTo(text);
      assertThat(output.cut()).isZero();
    } else {
      assertThat(output.cut()).isEqualTo(over);
      assertThat(output.text())
          .isEqualTo(
              text.substring(0, limit / 2)
                  + "\n[... "
                  + over
                  + " bytes were cut out here ...]\n"
                  + text.substring(limit / 2 + over));
    }
  }

  @Test
  void cutsThroughNoCharacter() {
    for (int limit = 4; limit < 40; limit++) {
      assertThat(of(limit, "äß漢😀".repeat(20), 7).text()).doesNotContain("\uFFFD");
    }
  }

  @Test
  void showsWhatIsNoUtf8AsSuch() {
    BoundedOutput output = new BoundedOutput(10, () -> {});
    output.write(0xFF);
    output.write('a');

    assertThat(output.text()).isEqualTo("\uFFFDa");
  }
}
