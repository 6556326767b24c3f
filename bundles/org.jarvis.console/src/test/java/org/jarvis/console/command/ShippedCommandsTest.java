package org.jarvis.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.junit.jupiter.api.Test;

class ShippedCommandsTest {
  @Test
  void everyCommandOfThisBundleCanBeReached() throws Exception {
    assertThat(ShippedCommands.names())
        .contains("status", "test-cluster", "audit-verify")
        .containsExactlyInAnyOrderElementsOf(written());
  }

  /** The names of all command classes that this package has. */
  private static List<String> written() throws IOException, URISyntaxException {
    Path classes =
        Path.of(StatusCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("org/jarvis/console/command");
    try (Stream<Path> files = Files.list(classes)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Command.class") && !name.equals("JarvisCommand.class"))
          .map(name -> StatusCommand.class.getPackageName() + "." + name.replace(".class", ""))
          .map(ShippedCommandsTest::name)
          .toList();
    }
  }

  private static String name(String type) {
    try {
      return Class.forName(type).getAnnotation(Command.class).name();
    } catch (ClassNotFoundException missing) {
      throw new AssertionError(missing);
    }
  }
}
