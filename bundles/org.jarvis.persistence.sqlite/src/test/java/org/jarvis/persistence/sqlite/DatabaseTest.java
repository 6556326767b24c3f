package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.NewEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;

  private static String permissions(Path path) throws IOException {
    assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"));
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void makesAFolderAndFilesThatOnlyJarvisCanRead() throws IOException {
    Path data = folder.resolve("deep/data");
    try (SqliteStores stores = SqliteStores.in(data)) {
      stores.settings().put("key", "value");

      assertThat(permissions(data)).isEqualTo("rwx------");
      assertThat(permissions(data.resolve("jarvis.db"))).isEqualTo("rw-------");
      assertThat(permissions(data.resolve("jarvis.db-wal"))).isEqualTo("rw-------");
      assertThat(permissions(data.resolve("jarvis.db-shm"))).isEqualTo("rw-------");
    }
  }

  @Test
  void closesAnEmptyFolderAndAnOpenFileToOthers() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    SqliteStores.in(data).close();
    assertThat(permissions(data)).isEqualTo("rwx------");

    Path file = data.resolve("jarvis.db");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    SqliteStores.in(data).close();
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void leavesAFolderThatHoldsOtherThingsAsItIs() throws IOException {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Files.writeString(shared.resolve("notes.txt"), "not Jarvis's");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));

    SqliteStores.in(shared).close();
    SqliteStores.in(shared).close();

    assertThat(permissions(shared)).isEqualTo("rwxr-xr-x");
    assertThat(permissions(shared.resolve("jarvis.db"))).isEqualTo("rw-------");
  }

  @Test
  void syncsEveryCommitOfTheWriteAheadLog() throws SQLException {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    Database.open(file).close();
    try (var connection = Database.writerSource(file, Duration.ofSeconds(1)).getConnection();
        var statement = connection.createStatement()) {
      try (var mode = statement.executeQuery("PRAGMA journal_mode")) {
        assertThat(mode.getString(1)).isEqualTo("wal");
      }
      try (var synchronous = statement.executeQuery("PRAGMA synchronous")) {
        assertThat(synchronous.getInt(1)).as("2 is FULL").isEqualTo(2);
      }
    }
  }

  @Test
  void doesNotLetReadersWrite() {
    try (SqliteStores stores = SqliteStores.in(folder)) {
      assertThatThrownBy(
              () ->
                  stores.database().read(s -> s.getMapper(SettingMapper.class).put("key", "value")))
          .isInstanceOf(JarvisException.class)
          .hasMessageContaining("read-only");
    }
  }

  @Test
  void refusesAnInstantThatItCannotKeep() {
    try (SqliteStores stores = SqliteStores.in(folder)) {
      NewEvent event = new NewEvent(Instant.MAX, "t", null, "s", "{}");

      assertThatThrownBy(() -> stores.events().append(List.of(event)))
          .isInstanceOfSatisfying(
              JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT))
          .hasMessageContaining("1678 to 2261");
      assertThat(stores.events().head()).isZero();
    }
  }

  @Test
  void saysNothingOfWhatItCouldNotStore() {
    try (SqliteStores stores = SqliteStores.in(folder)) {
      JarvisException refusal =
          assertThrows(JarvisException.class, () -> stores.settings().put(null, "canary-secret"));

      for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
        assertThat(cause.toString()).doesNotContain("canary-secret");
      }
    }
  }

  @Test
  void refusesCallersAfterItWasClosed() {
    SqliteStores stores = SqliteStores.in(folder);
    stores.close();

    assertThatThrownBy(() -> stores.settings().put("key", "value"))
        .isInstanceOfSatisfying(
            JarvisException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
    assertThatThrownBy(() -> stores.settings().get("key"))
        .isInstanceOfSatisfying(
            JarvisException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
  }
}
