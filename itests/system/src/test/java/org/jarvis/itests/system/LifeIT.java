package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, finding and stopping Jarvis by its command. */
class LifeIT {
  @TempDir Path folder;

  @Test
  void demoSaysWhereItIsAndStopsWhenTold() throws IOException {
    Path data = folder.resolve("data");
    try (RunningJarvis jarvis = RunningJarvis.demo(data)) {
      assertThat(jarvis.printedUrl()).startsWith(jarvis.url().toString());
      assertThat(jarvis.setupToken()).isNotBlank();

      Outcome status = jarvis("status", data);
      assertThat(status.exitCode()).isZero();
      assertThat(status.output())
          .contains(jarvis.url().toString(), Long.toString(jarvis.process().pid()));

      Outcome stop = jarvis("stop", data);
      assertThat(stop.exitCode()).isZero();
      assertThat(stop.output()).isEqualTo("Jarvis has stopped.\n");
      assertThat(jarvis.process().isAlive()).isFalse();
      assertThat(jarvis("status", data).exitCode()).isEqualTo(3);
      assertThat(jarvis("logs", data).output()).isNotBlank();
    }
  }

  @Test
  void secondOneOnTheSameDataIsRefused() throws IOException {
    Path data = folder.resolve("data");
    try (RunningJarvis first = RunningJarvis.run(data, "--etc", emptyEtc());
        RunningJarvis second = RunningJarvis.start("run", data, "--etc", emptyEtc())) {
      second.awaitEnd();

      assertThat(second.process().isAlive()).isFalse();
      assertThat(first.process().isAlive()).isTrue();
    }
  }

  @Test
  void distributionStaysAsItWasUnpacked() throws IOException {
    long before = files(UnpackedDistribution.home());
    try (RunningJarvis jarvis = RunningJarvis.run(folder.resolve("data"), "--etc", emptyEtc())) {
      assertThat(jarvis.process().isAlive()).isTrue();
    }

    assertThat(files(UnpackedDistribution.home())).isEqualTo(before);
  }

  @Test
  void configurationFileStaysAsItWasWritten() throws IOException {
    Path file = Path.of(emptyEtc()).resolve("org.jarvis.connector.proxmox-home.cfg");
    String written =
        """
        # The one in the cupboard.
        name = home
        addresses = https://127.0.0.1:1
        token = jarvis@pve!jarvis=00000000-0000-0000-0000-000000000000
        """;
    Files.writeString(file, written, UTF_8);
    try (RunningJarvis jarvis =
        RunningJarvis.run(folder.resolve("data"), "--etc", file.getParent().toString())) {
      assertThat(jarvis.process().isAlive()).isTrue();
    }

    assertThat(file).hasContent(written);
  }

  private String emptyEtc() throws IOException {
    return Files.createDirectories(folder.resolve("etc")).toString();
  }

  private Outcome jarvis(String command, Path data) throws IOException {
    return Commands.run(
        folder, UnpackedDistribution.command().toString(), command, "--data", data.toString());
  }

  private static long files(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.count();
    }
  }
}
