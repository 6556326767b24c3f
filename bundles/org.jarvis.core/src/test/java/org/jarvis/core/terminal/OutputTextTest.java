package org.jarvis.core.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputTextTest {
  private final StringBuilder read = new StringBuilder();
  private final OutputText text = new OutputText();

  private void chunk(byte... bytes) throws InterruptedException {
    text.read(bytes, bytes.length, (chars, length) -> read.append(chars, 0, length));
  }

  private void finish() throws InterruptedException {
    text.finish((chars, length) -> read.append(chars, 0, length));
  }

  @Test
  void readsCharactersAcrossTheBordersOfChunks() throws InterruptedException {
    String all = "grün 漢字 😀 fertig".repeat(3000);
    byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(3);
    int at = 0;
    while (at < bytes.length) {
      int next = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 30_000));
      chunk(Arrays.copyOfRange(bytes, at, next));
      at = next;
    }
    finish();
    assertThat(read.toString()).isEqualTo(all);
  }

  @Test
  void readsWhatIsNoTextAsSuchAndGoesOn() throws InterruptedException {
    chunk((byte) 'a', (byte) 0xff, (byte) 'b', (byte) 0xc3);
    assertThat(read.toString()).isEqualTo("a\uFFFDb");
    finish();
    assertThat(read.toString()).isEqualTo("a\uFFFDb\uFFFD");
  }
}
