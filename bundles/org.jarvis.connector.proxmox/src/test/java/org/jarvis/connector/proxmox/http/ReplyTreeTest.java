package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jarvis.connector.proxmox.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree is the one that Jackson makes, of everything that is JSON and of nothing else. */
class ReplyTreeTest {
  private static final ObjectReader JACKSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();
  private static final String CHARACTERS = "{}[],:\"0123456789eE+-.\\truefalsn u\u00e9";
  private static final int MUTATIONS = 40;

  static Iterable<String> recordings() {
    return Recorded.names();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void readsRecordingsAsJacksonDoes(String name) {
    assertReadAlike(Recorded.body(name));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void refusesWhatJacksonRefuses(String name) {
    String body = Recorded.body(name);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < MUTATIONS && !body.isEmpty(); i++) {
      StringBuilder mutated = new StringBuilder(body);
      int at = random.nextInt(body.length());
      switch (random.nextInt(3)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        default -> mutated.setLength(at);
      }
      assertReadAlike(mutated.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "[]",
        "{}",
        "[1, -0, 9223372036854775807, 9223372036854775808, 1e999, 0.1, 1E-7]",
        "{\"a\": 1, \"b\": {\"a\": 2}, \"a\": 3}",
        "[{\"a\": 1, \"b\": 2}, {\"a\": 1}, {\"b\": 1, \"a\": 2}, {\"a\": null}, {}]",
        "[\"x\", \"x\", \"\\u0000\", \"\\ud800\"]",
        "{} {}",
        "[1",
        "{\"a\"",
        "NaN",
        "{\"a\": 01}",
      })
  void readsSmallThingsAsJacksonDoes(String text) {
    assertReadAlike(text);
  }

  @Test
  void findsFieldsByNameAndInOrder() throws IOException {
    JsonNode rows = read("[{\"a\": 1, \"b\": 2}, {\"a\": 3, \"b\": 4}, {\"b\": 5}]");
    assertThat(rows.get(1).get("b").intValue()).isEqualTo(4);
    assertThat(rows.get(2).has("a")).isFalse();
    assertThat(rows.get(2).path("b").intValue()).isEqualTo(5);
    assertThat(rows.get(0).fieldNames()).toIterable().containsExactly("a", "b");
  }

  @Test
  void takesNoLongerForOneHugeObjectThanItsSizeWarrants() {
    String huge =
        IntStream.range(0, 300_000)
            .mapToObj(i -> "\"field" + i % 290_000 + "\": " + i)
            .collect(Collectors.joining(",", "{", "}"));
    JsonNode read = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(huge));
    assertThat(read.size()).isEqualTo(290_000);
    assertThat(read.get("field5").intValue()).isEqualTo(290_005);
  }

  @Test
  void goesOnlyAsDeepAsTheParserAllows() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThatThrownBy(() -> read(deep)).isInstanceOf(IOException.class);
  }

  private static JsonNode read(String text) throws IOException {
    return ReplyTree.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertReadAlike(String text) {
    JsonNode expected;
    try {
      expected = JACKSON.readTree(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException malformed) {
      assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(IOException.class);
      return;
    }
    try {
      JsonNode tree = read(text);
      if (tree == null) {
        assertThat(expected.isMissingNode()).as(text).isTrue();
      } else {
        assertThat(tree).as(text).isEqualTo(expected);
        assertThat(tree).hasToString(expected.toString());
      }
    } catch (IOException refused) {
      throw new AssertionError("Jackson reads this: " + text, refused);
    }
  }
}
