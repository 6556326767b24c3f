package org.jarvis.core.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Terminals.Recording;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final SteppingClock clock = new SteppingClock();
  private final Path folder;
  private final Recordings recordings;

  RecordingsTest(@TempDir Path data) {
    this.folder = data.resolve("recordings");
    this.recordings = new Recordings(folder, clock);
  }

  private CastWriter begin(long limit) {
    return recordings.begin(
        new CastWriter.Header(clock.instant(), 80, 24, "root@pve1", "home/pve1", "ada", "action-1"),
        limit);
  }

  private static void print(CastWriter writer, String text) {
    writer.output(text.toCharArray(), text.length());
  }

  private List<String> lines(CastWriter writer) throws IOException {
    try (InputStream file = recordings.read(writer.id())) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void writesAsciicast() throws IOException {
    CastWriter writer = begin(1 << 20);
    clock.advance(Duration.ofMillis(1500));
    print(writer, "\u001b[31mrot ü\u001b[0m\r\n");
    writer.resized(120, 40);
    recordings.ended(writer, true);

    List<String> lines = lines(writer);
    JsonNode header = JSON.readTree(lines.get(0));
    assertThat(header.path("version").asInt()).isEqualTo(2);
    assertThat(header.path("width").asInt()).isEqualTo(80);
    assertThat(header.path("height").asInt()).isEqualTo(24);
    assertThat(header.path("timestamp").asLong()).isPositive();
    assertThat(JSON.readTree(lines.get(1)))
        .isEqualTo(JSON.readTree("[1.5, \"o\", \"\\u001b[31mrot ü\\u001b[0m\\r\\n\"]"));
    assertThat(JSON.readTree(lines.get(2))).isEqualTo(JSON.readTree("[1.5, \"r\", \"120x40\"]"));
  }

  @Test
  void isReadableByNobodyElse() throws IOException {
    CastWriter writer = begin(1 << 20);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(writer.id() + ".cast"))))
        .isEqualTo("rw-------");
  }

  @Test
  void stopsAtItsLimitWithinALine() throws IOException {
    CastWriter writer = begin(4096);
    for (int i = 0; i < 1000; i++) {
      print(writer, "line %d ü\r\n".formatted(i));
    }
    assertThat(writer.stopped()).contains("limit");
    recordings.ended(writer, true);
    assertThat(Files.size(folder.resolve(writer.id() + ".cast"))).isLessThanOrEqualTo(4096);
    for (String line : lines(writer)) {
      assertThat(JSON.readTree(line)).isNotNull();
    }
  }

  @Test
  void listsWhatIsKeptNewestFirst() {
    CastWriter first = begin(1 << 20);
    clock.advance(Duration.ofSeconds(5));
    CastWriter second = begin(1 << 20);
    recordings.ended(first, true);
    assertThat(recordings.all()).extracting(Recording::id).containsExactly(second.id(), first.id());
    assertThat(recordings.all()).extracting(Recording::open).containsExactly(true, false);
    assertThat(recordings.all().get(1).person()).isEqualTo("ada");
    assertThat(recordings.all().get(1).host()).isEqualTo("home/pve1");
  }

  @Test
  void removesWhatIsTooOldAndTheOldestOfWhatIsTooMuch() throws IOException {
    CastWriter old = begin(1 << 20);
    recordings.ended(old, true);
    Files.setLastModifiedTime(
        folder.resolve(old.id() + ".cast"),
        FileTime.from(clock.instant().minus(Duration.ofDays(8))));
    CastWriter[] writers = new CastWriter[3];
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(1));
      writers[i] = begin(1 << 20);
      print(writers[i], "x".repeat(5000));
      writers[i].flush();
      Files.setLastModifiedTime(
          folder.resolve(writers[i].id() + ".cast"), FileTime.from(clock.instant()));
    }
    recordings.ended(writers[0], true);
    recordings.ended(writers[1], true);
    Files.setLastModifiedTime(
        folder.resolve(writers[1].id() + ".cast"), FileTime.from(clock.instant()));

    recordings.prune(Duration.ofDays(7), 12_000);

    assertThat(recordings.all())
        .extracting(Recording::id)
        .containsExactly(writers[2].id(), writers[1].id());
    recordings.prune(Duration.ofDays(7), 1);
    assertThat(recordings.all()).as("one that goes on stays").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../jarvis", "20261127-030000-0011223/", "", "20261127-030000-00112233"})
  void readsNothingElse(String id) {
    assertThatThrownBy(() -> recordings.read(id))
        .isInstanceOfSatisfying(
            JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void followsNoLink() throws IOException {
    CastWriter writer = begin(1 << 20);
    Path secret = Files.writeString(folder.resolveSibling("secret"), "secret");
    Files.createSymbolicLink(folder.resolve("20261127-030000-00112233.cast"), secret);
    assertThatThrownBy(() -> recordings.read("20261127-030000-00112233"))
        .isInstanceOf(JarvisException.class);
    assertThat(recordings.all()).extracting(Recording::id).containsExactly(writer.id());
  }

  @Test
  void saysWhereItCannotRecordAndWhatToDo() throws IOException {
    Files.writeString(folder, "a file in its place");
    assertThatThrownBy(() -> begin(1 << 20))
        .isInstanceOfSatisfying(
            JarvisException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE))
        .hasMessageContaining("recording=false");
  }

  @Test
  void keepsNothingOfOneThatNeverStood() throws IOException {
    recordings.ended(begin(1 << 20), false);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
