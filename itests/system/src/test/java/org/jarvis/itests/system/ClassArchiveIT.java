package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Jarvis records the classes that it loads, and which recordings it starts with. */
class ClassArchiveIT {
  private static final String RECORDS = "-XX:ArchiveClassesAtExit=";
  private static final String USES = "-XX:SharedArchiveFile=";

  /** How often it is tried to be faster than the JVM. */
  private static final int TRIES = 5;

  @TempDir static Path shared;

  /** A data folder of a Jarvis that was started and stopped once. */
  private static Path stopped;

  @TempDir Path folder;

  private Path data;

  @BeforeAll
  static void recordOnce() throws IOException {
    stopped = shared.resolve("stopped");
    try (RunningJarvis jarvis = start(RunningJarvis.WITH_CLASS_ARCHIVE, stopped).awaitReady()) {
      assertThat(optionsOf(jarvis))
          .contains(RECORDS + classes(stopped).resolve("recorded.jsa"))
          .noneMatch(option -> option.startsWith(USES));
    }
  }

  @BeforeEach
  void copyTheStoppedOne() throws IOException {
    data = folder.resolve("data");
    Outcome copied = Commands.run(folder, "cp", "-a", stopped.toString(), data.toString());
    assertThat(copied.exitCode()).isZero();
  }

  @Test
  void recordingIsComplete() throws IOException {
    Path recorded = classes(data).resolve("recorded.jsa");

    assertThat(Files.size(recorded)).isGreaterThan(10_000_000);
    assertThat(Files.getPosixFilePermissions(recorded))
        .isSubsetOf(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(classes(data)))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void isUsedFromTheNextStartOn() throws IOException {
    for (int start = 0; start < 2; start++) {
      try (RunningJarvis jarvis = start(RunningJarvis.WITH_CLASS_ARCHIVE, data).awaitReady()) {
        assertThat(optionsOf(jarvis))
            .contains(USES + archive(data))
            .noneMatch(option -> option.startsWith(RECORDS));
        // The JVM ignores one that it does not like, without a word.
        assertThat(Path.of("/proc", Long.toString(jarvis.process().pid()), "maps"))
            .content(UTF_8)
            .contains(archive(data).toRealPath().toString());
        assertThat(jarvis.complaints()).doesNotContainIgnoringCase("archive", "cds", "shared");
        assertThat(jarvis.lines()).noneMatch(line -> line.contains("[warning]"));
      }
    }
  }

  /** What can happen to a recording between two starts. */
  enum Damage {
    CUT_OFF {
      @Override
      void to(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.setLength(bytes.length() * 2 / 3);
        }
      }
    },
    ONE_BIT_CHANGED {
      @Override
      void to(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          flip(bytes, bytes.length() / 2);
        }
      }
    },
    OF_ANOTHER_JAVA {
      @Override
      void to(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          byte[] header = new byte[4096];
          bytes.readFully(header);
          int version = new String(header, ISO_8859_1).indexOf("for linux");
          assertThat(version).as("where it names its Java").isPositive();
          flip(bytes, version);
        }
      }
    },
    /** The JVM writes the beginning last, so this is what kill -9 leaves. */
    WITHOUT_ITS_BEGINNING {
      @Override
      void to(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.write(new byte[4096]);
        }
      }
    },
    SOMETHING_ELSE {
      @Override
      void to(Path file) throws IOException {
        Files.writeString(file, "not what a Java has written", UTF_8);
      }
    };

    abstract void to(Path file) throws IOException;

    private static void flip(RandomAccessFile bytes, long at) throws IOException {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 1);
    }

    /** Damages a file as a disk would, which tells nobody. */
    final void unnoticedTo(Path file) throws IOException {
      FileTime time = Files.getLastModifiedTime(file);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      to(file);
      Files.setLastModifiedTime(file, time);
    }
  }

  @ParameterizedTest
  @EnumSource
  void damagedRecordingIsThrownAway(Damage damage) throws IOException {
    damage.unnoticedTo(classes(data).resolve("recorded.jsa"));

    assertRecordsAnew(optionsOfOneStart());
    assertThat(archive(data)).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void damageToTheArchiveInUseIsNoticed(Damage damage) throws IOException {
    assertThat(optionsOfOneStart()).contains(USES + archive(data));
    damage.unnoticedTo(archive(data));

    assertRecordsAnew(optionsOfOneStart());
    assertThat(archive(data)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JAVA_VERSION=", "org.apache.karaf.main", "-Xmx256m"})
  void isForOneJavaOneDistributionAndTheSameOptions(String named) throws IOException {
    assertThat(optionsOfOneStart()).contains(USES + archive(data));
    Path key = classes(data).resolve("for");
    String written = Files.readString(key, UTF_8);
    assertThat(written).contains(named);
    Files.writeString(key, written.replace(named, "another " + named), UTF_8);

    assertRecordsAnew(optionsOfOneStart());
    assertThat(archive(data)).doesNotExist();
  }

  @Test
  void killedInTheMiddleOfRecordingStartsAgain() throws IOException {
    Path fresh = killedWhileItRecords();

    try (RunningJarvis next = start(RunningJarvis.WITH_CLASS_ARCHIVE, fresh).awaitReady()) {
      assertRecordsAnew(optionsOf(next), fresh);
      next.kill();
    }
  }

  /** On a busy machine the whole may be written before this test has its turn: then once more. */
  private Path killedWhileItRecords() throws IOException {
    for (int i = 1; i <= TRIES; i++) {
      Path fresh = folder.resolve("fresh-" + i);
      RunningJarvis jarvis = start(RunningJarvis.WITH_CLASS_ARCHIVE, fresh).awaitReady();
      Path recorded = classes(fresh).resolve("recorded.jsa");
      jarvis.process().destroy();
      while (!Files.exists(recorded) && jarvis.process().isAlive()) {
        Thread.onSpinWait();
      }
      jarvis.kill();
      assertThat(recorded).exists();
      if (Files.size(recorded) < Files.size(classes(data).resolve("recorded.jsa")) / 2) {
        return fresh;
      }
    }
    throw new IOException("The recording was always faster.");
  }

  @Test
  void isNotTrustedAfterACrash() throws IOException {
    assertThat(optionsOfOneStart()).contains(USES + archive(data));
    Path report = Files.writeString(data.resolve("hs_err_pid4711.log"), "# SIGBUS", UTF_8);
    FileTime written = Files.getLastModifiedTime(classes(data).resolve("sum"));
    Files.setLastModifiedTime(report, FileTime.fromMillis(written.toMillis() + 5_000));

    assertRecordsAnew(optionsOfOneStart());
  }

  @Test
  void recordingEndsAfterThreeFailures() throws IOException {
    Path recorded = classes(data).resolve("recorded.jsa");
    for (int failure = 1; failure <= 2; failure++) {
      Damage.SOMETHING_ELSE.unnoticedTo(recorded);
      assertRecordsAnew(optionsOfOneStart());
      Files.writeString(recorded, "", UTF_8);
    }
    Damage.SOMETHING_ELSE.unnoticedTo(recorded);

    assertHasNone(optionsOfOneStart());
  }

  @Test
  void folderThatOthersCanWriteToIsNotUsed() throws IOException {
    Files.setPosixFilePermissions(classes(data), PosixFilePermissions.fromString("rwx-w----"));

    assertHasNone(optionsOfOneStart());
  }

  @Test
  void linkToElsewhereIsNotFollowed() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(classes(data), elsewhere);
    Files.createSymbolicLink(classes(data), elsewhere);

    assertHasNone(optionsOfOneStart());
    assertThat(elsewhere.resolve("recorded.jsa")).exists();
  }

  @Test
  void folderThatCannotBeMadeKeepsNothingFromStarting() throws IOException {
    try (Stream<Path> files = Files.list(classes(data))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(classes(data));
    Files.writeString(classes(data), "in the way", UTF_8);

    try (RunningJarvis jarvis = start(RunningJarvis.WITH_CLASS_ARCHIVE, data).awaitReady()) {
      assertHasNone(optionsOf(jarvis));
      assertThat(jarvis.complaints()).doesNotContain("classes");
    }
  }

  @Test
  void javaWithoutAnArchiveOfItsOwnRecordsNone() throws IOException {
    Path java = Files.createDirectories(folder.resolve("java").resolve("bin")).resolve("java");
    Files.writeString(
        java,
        "#!/bin/sh\nexec '%s/bin/java' \"$@\"\n".formatted(System.getProperty("java.home")),
        UTF_8);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertHasNone(
        optionsOfOneStart(
            List.of("env", "-u", "JARVIS_JAVA_OPTS", "JAVA_HOME=" + folder.resolve("java"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xshare:auto",
        // With these the JVM has no use for its own archive, and does not start when it is to
        // record.
        "-Xshare:off",
        "-XX:-UseCompressedClassPointers",
        "-XX:SharedArchiveFile=/nowhere"
      })
  void optionsThatDoNotGoWithItAreLeftAlone(String option) throws IOException {
    assertThat(optionsOfOneStart(List.of("env", "JARVIS_JAVA_OPTS=" + option)))
        .contains(option)
        .noneMatch(word -> word.startsWith(RECORDS))
        .noneMatch(word -> word.startsWith(USES + data));
  }

  @Test
  void whatTheJvmRefusesIsStillSaid() throws IOException {
    try (RunningJarvis jarvis =
        start(List.of("env", "JARVIS_JAVA_OPTS=-XX:+ThereIsNoSuchOption"), data)) {
      jarvis.awaitEnd();

      assertThat(jarvis.complaints()).contains("ThereIsNoSuchOption");
    }
  }

  private static Path classes(Path data) {
    return data.resolve("karaf").resolve("classes");
  }

  private static Path archive(Path data) {
    return classes(data).resolve("jarvis.jsa");
  }

  private void assertRecordsAnew(List<String> options) {
    assertRecordsAnew(options, data);
  }

  private static void assertRecordsAnew(List<String> options, Path data) {
    assertThat(options)
        .contains(RECORDS + classes(data).resolve("recorded.jsa"))
        .noneMatch(option -> option.startsWith(USES));
  }

  private static void assertHasNone(List<String> options) {
    assertThat(options)
        .noneMatch(option -> option.startsWith(RECORDS))
        .noneMatch(option -> option.startsWith(USES));
  }

  private static RunningJarvis start(List<String> starter, Path data) throws IOException {
    Path etc = Files.createDirectories(data.resolveSibling("etc"));
    return RunningJarvis.startBy(starter, "run", data, "--etc", etc.toString());
  }

  private List<String> optionsOfOneStart() throws IOException {
    return optionsOfOneStart(RunningJarvis.WITH_CLASS_ARCHIVE);
  }

  /** Starts it, reads how, and kills it before it has done anything. */
  private List<String> optionsOfOneStart(List<String> starter) throws IOException {
    try (RunningJarvis jarvis = start(starter, data)) {
      try {
        return optionsOf(jarvis);
      } finally {
        jarvis.kill();
      }
    }
  }

  /** The words that its Java was started with, as soon as the script has become that. */
  private static List<String> optionsOf(RunningJarvis jarvis) throws IOException {
    Path commandLine = Path.of("/proc", Long.toString(jarvis.process().pid()), "cmdline");
    long deadline = System.nanoTime() + 60_000_000_000L;
    List<String> words = new ArrayList<>();
    // What is read while the one becomes the other can be of both.
    while (!words.contains("org.apache.karaf.main.Main") || !words.get(0).endsWith("/java")) {
      if (System.nanoTime() > deadline || !jarvis.process().isAlive()) {
        throw new IOException("The script started no Java. It complained " + jarvis.complaints());
      }
      words = List.of(Files.readString(commandLine, UTF_8).split("\0", -1));
    }
    return words;
  }
}
