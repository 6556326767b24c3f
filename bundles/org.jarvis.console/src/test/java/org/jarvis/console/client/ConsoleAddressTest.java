package org.jarvis.console.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleAddressTest {
  @TempDir Path folder;

  @Test
  void isInTheDataFolder() throws IOException {
    Path data = Path.of("/var/lib/jarvis");

    assertThat(ConsoleAddress.of(data, folder)).isEqualTo(data.resolve("console/console.sock"));
  }

  @Test
  void isRelativeWhereTheDataFoldersPathIsTooLong() throws IOException {
    Path data = Files.createDirectories(folder.resolve("d".repeat(120)));

    assertThat(ConsoleAddress.of(data, data)).isEqualTo(Path.of("console/console.sock"));
  }

  @Test
  void saysSoWhereItIsTooLongAndTheWorkingDirectoryIsAnother() throws IOException {
    Path data = Files.createDirectories(folder.resolve("d".repeat(120)));

    assertThatThrownBy(() -> ConsoleAddress.of(data, folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long")
        .hasMessageContaining("shorter path");
  }
}
