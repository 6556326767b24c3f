package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.AuditRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process again and again, on the same database. A small sample by default; the
 * system property {@code jarvis.stress} asks for the full count.
 */
class KillTest {
  private static final int ROUNDS = System.getProperty("jarvis.stress") == null ? 3 : 200;
  private static final long SEED = Long.getLong("jarvis.seed", 20260301L);
  private static final int MOST_ACKNOWLEDGED = 400;

  @TempDir Path folder;
  private long eventsBefore;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void losesNothingThatWasAcknowledgedWhenItIsKilled() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      String name = "r" + round;
      List<Acknowledged> acknowledged = writeAndKill(name, 1 + random.nextInt(MOST_ACKNOWLEDGED));
      try (SqliteStores stores = SqliteStores.in(folder)) {
        check(stores, name, acknowledged);
      } catch (AssertionError e) {
        throw new AssertionError("In round " + round + " with -Djarvis.seed=" + SEED, e);
      }
    }
  }

  /** Kills it in the middle of writing, after so many lines; returns all that it still said. */
  private List<Acknowledged> writeAndKill(String round, int killAfter)
      throws IOException, InterruptedException {
    Process process = startWriter(round);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (InputStream output = new BufferedInputStream(process.getInputStream())) {
      int lines = 0;
      for (int next = output.read(); next >= 0; next = output.read()) {
        said.write(next);
        // The first line says that it is ready.
        if (next == '\n' && ++lines == killAfter + 1) {
          // Unlike the process itself, its handle leaves what was said readable.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    String text = said.toString(StandardCharsets.US_ASCII);
    assertThat(text).startsWith(AcknowledgingWriter.READY);
    // The kill may have cut the last line in two.
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .skip(1)
        .map(Acknowledged::parse)
        .toList();
  }

  private Process startWriter(String round) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AcknowledgingWriter.class.getName(),
            folder.toString(),
            round)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void check(SqliteStores stores, String round, List<Acknowledged> acknowledged) {
    Map<Long, String> events = new HashMap<>();
    for (RecordedEvent event : stores.events().after(eventsBefore, Integer.MAX_VALUE)) {
      assertThat(event.seq()).as("no gap, no repeat").isEqualTo(eventsBefore + events.size() + 1);
      events.put(event.seq(), event.summary());
    }
    eventsBefore += events.size();
    assertThat(stores.events().head()).isEqualTo(eventsBefore);
    assertThat(stores.audit().verify().valid()).isTrue();
    for (Acknowledged each : acknowledged) {
      check(stores, round, each, events);
    }
  }

  private static void check(
      SqliteStores stores, String round, Acknowledged it, Map<Long, String> events) {
    String text = AcknowledgingWriter.text(round, it.thread(), it.step());
    String name = round + "." + it.thread();
    switch (it.kind()) {
      case "event" -> {
        assertThat(events.get(it.number() - 1)).isEqualTo(text + "/1");
        assertThat(events.get(it.number())).isEqualTo(text + "/2");
      }
      case "audit" ->
          assertThat(stores.audit().after(it.number() - 1, 1))
              .extracting(AuditRecord::seq, AuditRecord::entry)
              .containsExactly(tuple(it.number(), AuditEntries.numbered(it.step())));
      case "setting" ->
          assertThat(Integer.parseInt(stores.settings().get(name).orElseThrow()))
              .isGreaterThanOrEqualTo(it.step());
      case "action" -> {
        assertThat(events.get(it.number())).isEqualTo(text + "/action");
        assertThat(stores.actions().find(name).orElseThrow().revision())
            .isGreaterThanOrEqualTo(it.step());
      }
      default -> throw new AssertionError("The writer says " + it);
    }
  }

  /** A write that the writer was told is durable. */
  private record Acknowledged(String kind, int thread, int step, long number) {
    private static final Pattern LINE = Pattern.compile("([a-z]+) (\\d) (\\d+) (\\d+)");

    static Acknowledged parse(String line) {
      Matcher matcher = LINE.matcher(line);
      assertThat(matcher.matches()).as(line).isTrue();
      return new Acknowledged(
          matcher.group(1),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)),
          Long.parseLong(matcher.group(4)));
    }
  }
}
