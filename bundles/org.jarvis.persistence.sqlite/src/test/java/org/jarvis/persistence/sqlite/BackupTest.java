package org.jarvis.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.persistence.ConversationStore.StoredConversation;
import org.jarvis.api.persistence.ConversationStore.StoredMessage;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jarvis.api.persistence.NewEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** Writing backups and putting them back. */
@Timeout(120)
class BackupTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir Path folder;

  private Path data;
  private Path etc;
  private Path file;

  @BeforeEach
  void fill() throws IOException {
    data = folder.resolve("data");
    etc = Files.createDirectory(folder.resolve("etc"));
    file = folder.resolve("jarvis.zip");
    try (SqliteStores stores = SqliteStores.in(data)) {
      stores.accounts().addFirst(new Account("ada", "hash-canary", NOON), AuditEntries.numbered(1));
      stores.settings().put("state", "backed up");
      stores.conversations().put(conversation("Heat"), List.of(new StoredMessage(0, "w", "{}")));
      stores.events().append(List.of(new NewEvent(NOON, "t", null, "one", "{}")));
      stores.metrics().append(List.of(new Sample("pve:home:node:pve1", "cpu", NOON, 0.5)));
    }
    Files.createDirectories(data.resolve("tls/deep"));
    Files.writeString(data.resolve("tls/deep/keystore.p12"), "key-canary", UTF_8);
    Files.createDirectories(data.resolve("deploy"));
    Files.writeString(data.resolve("deploy/my tool.jar"), "jar of before", UTF_8);
    Files.writeString(etc.resolve("org.jarvis.core.cfg"), "approval.hours = 12\n", UTF_8);
    Files.writeString(etc.resolve("config.properties"), "not Jarvis's", UTF_8);
  }

  private static StoredConversation conversation(String title) {
    return new StoredConversation("c", "ada", title, "IDLE", NOON, NOON, 1, "{}");
  }

  private BackupWriter.Written backUp() throws Exception {
    return new BackupWriter(data, etc, "0.1.0", CLOCK).write(file);
  }

  private Restoration.Done restore() throws Exception {
    return restore(step -> {});
  }

  private Restoration.Done restore(Restoration.Step before) throws Exception {
    return restore(MountPoints.of(List.of()), before);
  }

  private Restoration.Done restore(MountPoints mounts, Restoration.Step before) throws Exception {
    try (BackupArchive backup = BackupArchive.open(file)) {
      return new Restoration(data, CLOCK, mounts, before).restore(backup, etc);
    }
  }

  private void goOn() throws IOException {
    try (SqliteStores stores = SqliteStores.in(data)) {
      stores.settings().put("state", "later");
      stores.conversations().put(conversation("Later"), List.of(new StoredMessage(1, "w", "{}")));
      stores.audit().append(AuditEntries.numbered(2));
      stores.events().append(List.of(new NewEvent(NOON, "t", null, "two", "{}")));
      stores.metrics().append(List.of(new Sample("later", "cpu", NOON, 1)));
    }
    Files.writeString(data.resolve("tls/deep/keystore.p12"), "another key", UTF_8);
    Files.delete(data.resolve("deploy/my tool.jar"));
    Files.writeString(data.resolve("deploy/later.jar"), "later", UTF_8);
  }

  private void assertBackedUpState() throws IOException {
    try (SqliteStores stores = SqliteStores.in(data)) {
      assertThat(stores.settings().get("state")).contains("backed up");
      assertThat(stores.conversations().find("c")).contains(conversation("Heat"));
      assertThat(stores.conversations().messages("c")).hasSize(1);
      assertThat(stores.accounts().account("ada")).isPresent();
      assertThat(stores.audit().verify().valid()).isTrue();
      assertThat(stores.audit().after(0, 10))
          .extracting(record -> record.entry().activity())
          .containsExactly(AuditEntries.numbered(1).activity(), "backup.restored");
      assertThat(stores.events().after(0, 10))
          .extracting(RecordedEvent::summary)
          .containsExactly("one", "The backup of 2026-03-01T12:00:00Z was restored.");
      assertThat(stores.metrics().figures("pve:home:node:pve1")).containsExactly("cpu");
      assertThat(stores.metrics().figures("later")).isEmpty();
    }
    assertThat(data.resolve("tls/deep/keystore.p12")).hasContent("key-canary");
    assertThat(data.resolve("deploy/my tool.jar")).hasContent("jar of before");
    assertThat(data.resolve("deploy/later.jar")).doesNotExist();
  }

  private void assertLaterState() throws IOException {
    try (SqliteStores stores = SqliteStores.in(data)) {
      assertThat(stores.settings().get("state")).contains("later");
      assertThat(stores.audit().verify().records()).isEqualTo(2);
      assertThat(stores.metrics().figures("later")).containsExactly("cpu");
    }
    assertThat(data.resolve("tls/deep/keystore.p12")).hasContent("another key");
    assertThat(data.resolve("deploy/later.jar")).hasContent("later");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(data)) {
      return found.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void holdsAllThatMakesUpAJarvisAndNothingElse() throws Exception {
    BackupManifest manifest = backUp().manifest();

    assertThat(manifest.entries())
        .extracting(BackupManifest.Entry::name)
        .containsExactly(
            "jarvis.db",
            "metrics.db",
            "tls/deep/keystore.p12",
            "deploy/my tool.jar",
            "etc/org.jarvis.core.cfg");
    assertThat(BackupManifest.parse(manifest.text())).isEqualTo(manifest);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream()).hasSize(6);
    }
  }

  @Test
  void isReadableByItsOwnerAloneAndLeavesNothingBeside() throws Exception {
    assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"));
    backUp();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> found = Files.list(folder)) {
      assertThat(found).containsExactlyInAnyOrder(data, etc, file);
    }
  }

  @Test
  void putsEverythingBackAsItWasAndKeepsWhatWasThere() throws Exception {
    backUp();
    goOn();

    Restoration.Done done = restore();

    assertBackedUpState();
    assertThat(done.left()).containsExactly("org.jarvis.core.cfg");
    assertThat(done.kept()).isDirectoryContaining(p -> p.endsWith("jarvis.db"));
    assertThat(done.kept().resolve("deploy/later.jar")).hasContent("later");
    assertThat(names())
        .containsExactly(
            "before-restore-20260301T120000Z", "deploy", "jarvis.db", "metrics.db", "tls");
  }

  @Test
  void bringsAJarvisToAnotherMachine() throws Exception {
    backUp();
    data = folder.resolve("elsewhere/data");
    etc = folder.resolve("elsewhere/etc");

    Restoration.Done done = restore();

    assertBackedUpState();
    assertThat(done.configured()).containsExactly("org.jarvis.core.cfg");
    assertThat(etc.resolve("org.jarvis.core.cfg")).hasContent("approval.hours = 12\n");
  }

  @Test
  void isOneStateOfADatabaseThatIsWrittenMeanwhile() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicLong acknowledged = new AtomicLong();
    long before;
    try (SqliteStores stores = SqliteStores.in(data)) {
      Thread writer =
          new Thread(
              () -> {
                while (!enough.get()) {
                  acknowledged.set(
                      stores.events().append(List.of(new NewEvent(NOON, "t", null, "s", "{}"))));
                  stores.audit().append(AuditEntries.numbered(1));
                }
              });
      writer.start();
      while (acknowledged.get() < 50) {
        Thread.onSpinWait();
      }
      before = acknowledged.get();
      backUp();
      enough.set(true);
      writer.join();
      assertThat(acknowledged.get()).as("writing went on").isGreaterThan(before);
    }

    restore();

    try (SqliteStores stores = SqliteStores.in(data)) {
      // The restore itself adds one.
      assertThat(stores.events().head()).isBetween(before + 1, acknowledged.get() + 1);
      assertThat(stores.events().after(0, Integer.MAX_VALUE)).hasSize((int) stores.events().head());
      assertThat(stores.audit().verify().valid()).isTrue();
    }
  }

  @Test
  void keepsWhatEachOfTwoRestoresReplaced() throws Exception {
    backUp();
    goOn();

    Path first = restore().kept();
    Path second = restore().kept();

    assertThat(second).isNotEqualTo(first);
    assertThat(first.resolve("deploy/later.jar")).exists();
    assertThat(second.resolve("deploy/my tool.jar")).exists();
  }

  /** At each step of a restore, and then what the next start finds. */
  @Test
  void leavesTheOldOrTheNewWhereverItIsInterrupted() throws Exception {
    backUp();
    goOn();
    int steps = 0;
    boolean completed = false;
    while (!completed) {
      steps++;
      int interruptedAt = steps;
      List<String> seen = new ArrayList<>();
      try {
        restore(
            step -> {
              seen.add(step);
              if (seen.size() == interruptedAt) {
                throw new IOException("interrupted before " + step);
              }
            });
        completed = true;
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith("interrupted");
      }
      if (!completed) {
        boolean decided = Files.exists(data.resolve(Restoration.PENDING));
        if (decided) {
          assertThatThrownBy(() -> SqliteStores.in(data)).hasMessageContaining("was interrupted");
        }
        assertThat(new Restoration(data, CLOCK).finish().isPresent()).isEqualTo(decided);
        if (decided) {
          assertBackedUpState();
          Path kept = data.resolve("before-restore-20260301T120000Z");
          assertThat(kept.resolve("jarvis.db")).exists();
          PrivateFiles.remove(kept);
          goOn();
        } else {
          assertLaterState();
        }
      }
    }
    assertThat(steps).isGreaterThan(8);
    assertBackedUpState();
  }

  @Test
  void refusesBeforeItIsDecidedWhenTheConfigurationCannotBePutBack() throws Exception {
    backUp();
    goOn();
    etc = Files.writeString(folder.resolve("file"), "", UTF_8).resolve("etc");

    assertThatThrownBy(this::restore)
        .hasMessageContaining("org.jarvis.core.cfg")
        .hasMessageContaining(etc.toString())
        .hasMessageContaining("--etc")
        .hasMessageContaining("Nothing was changed");

    assertThat(names()).noneMatch(name -> name.contains("restore"));
    assertLaterState();
  }

  @Test
  void completesWithoutTheConfigurationThatCannotBePutBackAnyMore() throws Exception {
    backUp();
    goOn();
    etc = folder.resolve("elsewhere");

    Restoration.Done done =
        restore(
            step -> {
              if (step.equals("org.jarvis.core.cfg")) {
                Files.delete(etc);
                Files.writeString(etc, "in the way", UTF_8);
              }
            });

    assertThat(done.configured()).isEmpty();
    assertThat(done.unwritten()).hasSize(1);
    assertThat(done.unwritten().get(0))
        .hasFileName("org.jarvis.core.cfg")
        .startsWith(done.kept())
        .hasContent("approval.hours = 12\n");
    assertThat(names()).doesNotContain(Restoration.PENDING);
    assertBackedUpState();
  }

  @Test
  void refusesWhatCannotBeMovedBecauseItIsMounted() throws Exception {
    backUp();
    goOn();
    MountPoints mounts =
        MountPoints.of(List.of("36 35 98:0 / " + data.toRealPath() + "/tls rw - ext4 /dev/x rw"));

    assertThatThrownBy(() -> restore(mounts, step -> {}))
        .hasMessageContaining(data.resolve("tls") + " is mounted there")
        .hasMessageContaining("Nothing was changed");

    assertLaterState();
  }

  @Test
  void knowsWhatIsMounted() throws Exception {
    Path real = folder.toRealPath();
    MountPoints mounts =
        MountPoints.of(List.of("36 35 98:0 / " + real + "/my\\040tls rw - ext4", "nonsense", ""));

    assertThat(mounts.isMounted(folder, "my tls")).isTrue();
    assertThat(mounts.isMounted(folder, "data")).isFalse();
    assumeTrue(Files.exists(Path.of("/proc/self/mountinfo")));
    assertThat(MountPoints.ofThisMachine().isMounted(Path.of("/"), "proc")).isTrue();
  }

  @Test
  void refusesAnotherAccountsDataFolder() throws Exception {
    backUp();
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    UserPrincipal nobody =
        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(data.resolve("jarvis.db"), nobody);

    assertThatThrownBy(this::restore)
        .hasMessageContaining("belongs to nobody")
        .hasMessageContaining("sudo -u nobody");

    assertThat(names()).noneMatch(name -> name.contains("restore"));

    data = Files.createDirectory(folder.resolve("empty"));
    Files.setOwner(data, nobody);
    assertThatThrownBy(this::restore).hasMessageContaining(data + " belongs to nobody");
    assertThat(names()).isEmpty();
  }

  @Test
  void leavesATraceInTheAuditLog() throws Exception {
    backUp();
    goOn();
    AuditRecord last;
    try (SqliteStores stores = SqliteStores.in(data)) {
      last = stores.audit().after(1, 1).get(0);
    }

    restore();

    try (SqliteStores stores = SqliteStores.in(data)) {
      assertThat(stores.audit().verify().valid()).isTrue();
      assertThat(stores.audit().after(1, 10).get(0).entry().detail())
          .isEqualTo(
              "{\"backupOf\":\"2026-03-01T12:00:00Z\",\"replacedRecords\":2,\"replacedHash\":\"%s\"}"
                  .formatted(last.hash()));
      assertThat(stores.events().head()).isEqualTo(2);
    }
  }

  @Test
  void keepsOthersFromTheDatabasesUntilItIsDecided() throws Exception {
    backUp();
    AtomicBoolean tried = new AtomicBoolean();

    restore(
        step -> {
          if (step.startsWith(Restoration.PENDING)) {
            tried.set(true);
            for (DatabaseKind kind : DatabaseKind.values()) {
              DatabaseFile database = DatabaseFile.in(data, kind);
              assertThatThrownBy(
                      () ->
                          Database.open(
                              database,
                              Database.writerSource(database, Duration.ofMillis(1)),
                              kind.scripts()))
                  .hasMessageContaining("another program keeps it locked");
            }
          }
        });

    assertThat(tried).isTrue();
    assertBackedUpState();
  }

  @Test
  void opensNothingThatARestoreWasDecidedForMeanwhile() {
    DatabaseFile database = DatabaseFile.jarvis(data);
    SQLiteDataSource source =
        new SQLiteDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            try {
              Files.createFile(data.resolve(Restoration.PENDING));
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
            return super.getConnection();
          }
        };
    source.setUrl("jdbc:sqlite:" + database.path());

    assertThatThrownBy(() -> Database.open(database, source, database.kind().scripts()))
        .hasMessageContaining("was interrupted");
  }

  @Test
  void refusesADataFolderThatIsInUse() throws Exception {
    backUp();
    try (SqliteStores stores = SqliteStores.in(data)) {
      stores.settings().put("state", "in use");

      assertThatThrownBy(this::restore).hasMessageContaining("is in use");

      assertThat(stores.settings().get("state")).contains("in use");
    }
    assertThat(names()).doesNotContain(Restoration.PENDING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "tls/../../outside",
        "/outside",
        "tls//x",
        "deploy/./x",
        "tls\\..\\x",
        "etc/config.properties",
        "etc/org.jarvis.a/b.cfg",
        "karaf/etc/x",
        "jarvis.pid",
        "tls/a\u0000b",
        "deploy/"
      })
  void refusesNamesThatNoBackupHas(String name) throws Exception {
    assertThat(BackupManifest.accepts(name)).isFalse();
    rewrite(
        (manifest, contents) -> {
          contents.put(name, new byte[0]);
          return manifest
              + "entry: "
              + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 "
              + name
              + "\n";
        });

    assertRefused("no backup that can be restored");
  }

  @Test
  void refusesAFileThatIsNoBackup() throws Exception {
    Files.writeString(file, "my notes", UTF_8);
    assertRefused("no zip file");

    Files.delete(file);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("holiday.jpg"));
    }
    assertRefused("no manifest");

    Files.delete(file);
    assertThatThrownBy(this::restore).hasMessageContaining("There is no file");
  }

  @Test
  void refusesATruncatedBackup() throws Exception {
    backUp();
    byte[] whole = Files.readAllBytes(file);
    for (int length : List.of(0, 1, whole.length / 2, whole.length - 1)) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));

      assertRefused("no zip file, or its end is missing");
    }
  }

  @Test
  void refusesAFlippedByte() throws Exception {
    backUp();
    byte[] whole = Files.readAllBytes(file);
    whole[whole.length / 3] ^= 1;
    Files.write(file, whole);

    assertRefused("no backup that can be restored");
  }

  @Test
  void refusesAFileThatIsLargerThanTheManifestSays() throws Exception {
    rewrite(
        (manifest, contents) -> {
          contents.put("etc/org.jarvis.core.cfg", new byte[64 << 20]);
          return manifest;
        });

    assertRefused("is not as it was written");
  }

  @Test
  void refusesMoreThanThereIsRoomFor() throws Exception {
    rewrite(
        (manifest, contents) ->
            manifest.replaceAll(
                "([0-9a-f]{64}) [0-9]+ metrics.db", "$1 999999999999999999 metrics.db"));

    assertRefused("MB are free");
  }

  @Test
  void refusesAFileThatTheManifestDoesNotName() throws Exception {
    rewrite(
        (manifest, contents) -> {
          contents.put("tls/extra", new byte[1]);
          return manifest;
        });

    assertRefused("does not name");
  }

  @Test
  void refusesABackupOfANewerJarvis() throws Exception {
    rewrite((manifest, contents) -> manifest.replace("format: 1", "format: 2"));
    assertRefused("newer Jarvis");

    try (Connection connection =
            Database.writerSource(DatabaseFile.jarvis(data), Duration.ofSeconds(1))
                .getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO changelog VALUES (999, 'later', 'from the future')");
    }
    Files.delete(file);
    assertThatThrownBy(this::backUp).hasMessageContaining("newer Jarvis");
  }

  @Test
  void refusesADatabaseOfAnotherProgramOrADamagedOne() throws Exception {
    rewrite(
        (manifest, contents) ->
            replaced(manifest, contents, "metrics.db", contents.get("jarvis.db")));
    assertRefused("its metrics.db is not Jarvis's");

    rewrite(
        (manifest, contents) -> replaced(manifest, contents, "jarvis.db", "notes".getBytes(UTF_8)));
    assertRefused("its jarvis.db is damaged");
  }

  @Test
  void refusesABackupWhoseAuditLogWasTamperedWith() throws Exception {
    try (Connection connection =
            Database.writerSource(DatabaseFile.jarvis(data), Duration.ofSeconds(1))
                .getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TRIGGER audit_is_not_edited");
      statement.execute("UPDATE audit SET actor = 'eve'");
    }

    assertThatThrownBy(this::backUp).hasMessageContaining("audit log was tampered with");
    assertThat(file).doesNotExist();
  }

  @Test
  void saysOfADamagedDatabaseThatItIsDamagedAndNotThatThisIsNoBackup() throws Exception {
    try (Connection connection =
            Database.writerSource(DatabaseFile.jarvis(data), Duration.ofSeconds(1))
                .getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA application_id = 1");
    }

    assertThatThrownBy(this::backUp)
        .hasMessageContaining("jarvis.db is not Jarvis's")
        .hasMessageNotContaining("This is no backup");
    assertThat(file).doesNotExist();
  }

  @Test
  void leavesOutConfigurationThatNoBackupCanHoldAndSaysSo() throws Exception {
    Files.writeString(etc.resolve("org.jarvis.a\\b.cfg"), "", UTF_8);

    BackupWriter.Written written = backUp();

    assertThat(written.notes())
        .singleElement()
        .asString()
        .contains("etc/org.jarvis.a\\b.cfg was left out");
    assertThat(restore().left()).containsExactly("org.jarvis.core.cfg");
  }

  @Test
  void writesNoBackupThatCouldNotBeRestored() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      Files.createFile(data.resolve("deploy/" + i));
    }

    assertThatThrownBy(this::backUp).hasMessageContaining("it could not be restored");
    assertThat(file).doesNotExist();
  }

  @Test
  void saysThatThereIsNoConfigurationInIt() throws Exception {
    Files.delete(etc.resolve("org.jarvis.core.cfg"));

    assertThat(backUp().notes())
        .singleElement()
        .asString()
        .contains("no configuration in it", etc.toString());
  }

  @Test
  void refusesToBackUpOrRestoreWhereTheDatabasesAreElsewhere() throws Exception {
    backUp();
    Path settings = etc.resolve("org.jarvis.persistence.sqlite.cfg");
    Files.writeString(settings, "folder = " + folder.resolve("fast disk") + "\n", UTF_8);

    assertThatThrownBy(this::restore).hasMessageContaining("--data " + folder.resolve("fast disk"));
    assertThat(names()).noneMatch(name -> name.contains("restore"));
    Files.delete(file);
    assertThatThrownBy(this::backUp).hasMessageContaining("--data " + folder.resolve("fast disk"));
    assertThat(file).doesNotExist();

    Files.writeString(settings, "folder = " + data.resolve("../data") + "\n", UTF_8);
    backUp();
    Files.delete(settings);
    data = folder.resolve("elsewhere");
    assertThatThrownBy(this::restore).hasMessageContaining("org.jarvis.persistence.sqlite.cfg");
  }

  @Test
  void writesOverNothing() throws Exception {
    Files.writeString(file, "mine", UTF_8);

    assertThatThrownBy(this::backUp).hasMessageContaining("exists already");

    assertThat(file).hasContent("mine");
  }

  @Test
  void leavesOutLinksAndSaysSo() throws Exception {
    Files.createSymbolicLink(data.resolve("tls/link"), Path.of("/etc/passwd"));

    BackupWriter.Written written = backUp();

    assertThat(written.notes()).singleElement().asString().contains("tls/link was left out");
  }

  @Test
  void goesOnWithoutMetricsThatAreDamaged() throws Exception {
    Files.writeString(data.resolve("metrics.db"), "not a database ".repeat(1000), UTF_8);

    BackupWriter.Written written = backUp();

    assertThat(written.notes()).singleElement().asString().contains("metrics.db was left out");
    restore();
    try (SqliteStores stores = SqliteStores.in(data)) {
      assertThat(stores.settings().get("state")).contains("backed up");
    }
  }

  @Test
  void listsWithoutSecretsAndSaysWhereItIs() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    BackupMain main =
        new BackupMain(new PrintStream(output, true, UTF_8), new PrintStream(errors, true, UTF_8));

    assertThat(main.run(arguments("backup"))).isZero();
    assertThat(output.toString(UTF_8))
        .contains("jarvis.db", "tls/deep/keystore.p12", file.toString(), "is that in " + etc)
        .doesNotContain("canary");
    assertThat(main.run(arguments("restore"))).isZero();
    assertThat(output.toString(UTF_8)).contains("before-restore-", "Left as they are");
    assertThat(errors.toString(UTF_8)).isEmpty();

    assertThat(main.run(arguments("backup"))).isEqualTo(1);
    assertThat(errors.toString(UTF_8)).startsWith("jarvis: ").contains("exists already");
  }

  @Test
  void saysThatAFolderDoesNotExist() {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    file = folder.resolve("nowhere/jarvis.zip");

    assertThat(
            new BackupMain(
                    new PrintStream(new ByteArrayOutputStream()),
                    new PrintStream(errors, true, UTF_8))
                .run(arguments("backup")))
        .isEqualTo(1);

    assertThat(errors.toString(UTF_8)).contains("nowhere").hasLineCount(1);
  }

  private List<String> arguments(String command) {
    return List.of(
        command, "--data", data.toString(), "--etc", etc.toString(), "--file", file.toString());
  }

  private void assertRefused(String why) throws IOException {
    List<String> before = names();

    assertThatThrownBy(this::restore).hasMessageContaining(why);

    assertThat(names()).isEqualTo(before);
    assertThat(folder.resolve("outside")).doesNotExist();
    try (SqliteStores stores = SqliteStores.in(data)) {
      assertThat(stores.settings().get("state")).contains("backed up");
    }
  }

  /** Changes a backup as somebody with a tool for it would. */
  private interface Edit {
    String apply(String manifest, Map<String, byte[]> contents);
  }

  private static String replaced(
      String manifest, Map<String, byte[]> contents, String name, byte[] content) {
    contents.put(name, content);
    try {
      Fingerprint print =
          Fingerprint.ofCopy(
              new java.io.ByteArrayInputStream(content), OutputStream.nullOutputStream(), 1L << 30);
      return manifest.replaceAll(
          "entry: [0-9a-f]{64} [0-9]+ " + name,
          "entry: " + print.sha256() + " " + print.size() + " " + name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void rewrite(Edit edit) throws Exception {
    Files.deleteIfExists(file);
    backUp();
    Map<String, byte[]> contents = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        contents.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    String manifest = new String(contents.get(BackupManifest.NAME), UTF_8);
    String edited = edit.apply(manifest, contents);
    contents.put(BackupManifest.NAME, edited.getBytes(UTF_8));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : contents.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue());
      }
    }
  }
}
