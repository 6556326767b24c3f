package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands that end by themselves. */
final class Commands {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private Commands() {}

  /** Runs a command to its end. */
  static Outcome run(Path folder, String... command) throws IOException {
    return run(folder, Map.of(), command);
  }

  /** Runs a command to its end, with variables added to its environment. */
  static Outcome run(Path folder, Map<String, String> environment, String... command)
      throws IOException {
    Path output = Files.createTempFile("output", ".txt");
    Path errors = Files.createTempFile("errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(
            String.join(" ", command)
                + " has not ended after "
                + PATIENCE
                + ": "
                + Files.readString(errors, UTF_8));
      }
      return new Outcome(
          process.exitValue(), Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + String.join(" ", command), e);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
      Files.delete(errors);
    }
  }
}
