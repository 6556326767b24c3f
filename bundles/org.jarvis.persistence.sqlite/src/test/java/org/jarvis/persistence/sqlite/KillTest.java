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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.persistence.ConversationStore.StoredMessage;
import org.jarvis.api.persistence.ConversationStore.StoredUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process again and again, on the same database. A small sample by default; the
 * system property {@code jarvis.stress} asks for the full count.
 */
class KillTest {
  private static final int ROUNDS = System.getProperty("jarvis.stress") == null ? 5 : 200;
  private static final long SEED = Long.getLong("jarvis.seed", 20260301L);
  private static final int MOST_ACKNOWLEDGED = 400;

  @TempDir Path folder;
  private long eventsBefore;
  private long auditBefore;
  private String lastPassword = "at first";

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
    Changes changes = changesSinceLastRound(stores);
    assertThat(stores.accounts().account(AcknowledgingWriter.ACCOUNT).orElseThrow().passwordHash())
        .as("the password that was set last")
        .isEqualTo(lastPassword);
    for (Acknowledged each : acknowledged) {
      check(stores, round, each, events, changes);
    }
  }

  /**
   * What the audit log says of accounts, the passwords that were set and the tokens revoked; and
   * the conversations in which models were asked.
   */
  private record Changes(Set<String> passwords, Set<String> revoked, Set<String> used) {}

  private Changes changesSinceLastRound(SqliteStores stores) {
    Changes changes = new Changes(new HashSet<>(), new HashSet<>(), new HashSet<>());
    for (StoredUsage usage : stores.conversations().usageSince(AcknowledgingWriter.AT)) {
      changes.used().add(usage.conversation());
    }
    for (AuditRecord record : stores.audit().after(auditBefore, Integer.MAX_VALUE)) {
      String subject = record.entry().subject();
      if (record.entry().activity().equals(AcknowledgingWriter.PASSWORD_CHANGED)) {
        changes.passwords().add(subject);
        lastPassword = subject;
      } else if (record.entry().activity().equals(AcknowledgingWriter.TOKEN_REVOKED)) {
        changes.revoked().add(subject);
      }
    }
    auditBefore = stores.audit().size();
    return changes;
  }

  private static void check(
      SqliteStores stores,
      String round,
      Acknowledged it,
      Map<Long, String> events,
      Changes changes) {
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
      case "preference" -> {
        String value = stores.preferences().value(name, "key" + it.number()).orElseThrow();
        assertThat(Integer.parseInt(value.substring(value.lastIndexOf('/') + 1)))
            .isGreaterThanOrEqualTo(it.step());
      }
      case "message" -> {
        List<StoredMessage> messages = stores.conversations().messages(name);
        assertThat(messages.get(it.step() - 1).document()).isEqualTo(text);
        assertThat(messages)
            .as("as many as the head says, which is written with them")
            .hasSize(stores.conversations().find(name).orElseThrow().messages());
      }
      case "usage" -> assertThat(changes.used()).contains(text);
      // The next step revokes it, and may have done so without being told.
      case "token" ->
          assertThat(stores.tokens().find(text).isPresent())
              .isNotEqualTo(changes.revoked().contains(text));
      case "revoked" -> assertThat(stores.tokens().find(text)).isEmpty();
      case "password" -> assertThat(changes.passwords()).contains(text);
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
