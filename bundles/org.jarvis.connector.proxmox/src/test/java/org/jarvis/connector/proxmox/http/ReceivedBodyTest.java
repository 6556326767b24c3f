package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceivedBodyTest {
  private final Random random = new Random(7);

  @Test
  void givesBackWhatCameHoweverItWasCut() throws Exception {
    byte[] sent = new byte[100_000];
    random.nextBytes(sent);
    ReceivedBody body = new ReceivedBody();
    for (int at = 0; at < sent.length; ) {
      int length = Math.min(sent.length - at, 1 + random.nextInt(40_000));
      body.add(ByteBuffer.wrap(sent, at, length));
      at += length;
    }

    assertThat(body.size()).isEqualTo(sent.length);
    assertThat(body.open().readAllBytes()).isEqualTo(sent);
    assertThat(body.open().readNBytes(3)).containsExactly(sent[0], sent[1], sent[2]);
  }

  @Test
  void readsByteByByteToTheEnd() throws Exception {
    ReceivedBody body = new ReceivedBody();
    body.add(ByteBuffer.wrap(new byte[] {1, -1}));
    try (InputStream in = body.open()) {
      assertThat(in.available()).isEqualTo(2);
      assertThat(in.read()).isEqualTo(1);
      assertThat(in.read()).isEqualTo(255);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void hasAnEndWithoutAnyBytes() throws Exception {
    assertThat(new ReceivedBody().open().read()).isEqualTo(-1);
  }
}
