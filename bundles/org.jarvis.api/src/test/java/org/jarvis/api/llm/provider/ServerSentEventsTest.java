package org.jarvis.api.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
  private static final String STREAM =
      String.join(
          "",
          "\uFEFFevent: greeting\r\ndata: Grüße 🚀\r\ndata:\r\ndata: two\r\n\r\n",
          ": a comment\n\nid: 7\nretry: 5\ndata:no blank\n\n",
          "event: empty\n\nevent\ndata\n\n",
          "event: last\rdata: {\"a\":1}");

  private static List<String> read(byte[] bytes, List<Integer> cuts) {
    List<String> events = new ArrayList<>();
    ServerSentEvents reader =
        new ServerSentEvents((name, data) -> events.add(name + "|" + data), 1_000);
    int from = 0;
    for (int cut : cuts) {
      int to = Math.min(bytes.length, from + cut);
      reader.feed(ByteBuffer.wrap(bytes, from, to - from));
      from = to;
    }
    reader.feed(ByteBuffer.wrap(bytes, from, bytes.length - from));
    reader.end();
    return events;
  }

  @Test
  void readsEveryFormThatServersSend() {
    assertThat(read(STREAM.getBytes(StandardCharsets.UTF_8), List.of()))
        .containsExactly("greeting|Grüße 🚀\n\ntwo", "|no blank", "|", "last|{\"a\":1}");
  }

  @Property(tries = 500)
  void readsTheSameHoweverItIsCut(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 9) Integer> cuts) {
    byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);

    assertThat(read(bytes, cuts)).isEqualTo(read(bytes, List.of()));
  }

  @Test
  void givesUpOnWhatIsTooLarge() {
    byte[] line = ("data: " + "x".repeat(2_000)).getBytes(StandardCharsets.UTF_8);
    byte[] lines = ("data: " + "x".repeat(600) + "\n").repeat(2).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> read(line, List.of()))
        .isInstanceOf(ServerSentEvents.TooLargeException.class);
    assertThatThrownBy(() -> read(lines, List.of()))
        .isInstanceOf(ServerSentEvents.TooLargeException.class);
  }
}
