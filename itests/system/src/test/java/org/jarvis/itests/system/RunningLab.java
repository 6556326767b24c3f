package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo lab in a process of its own, as {@code bin/jarvis lab} starts it. */
final class RunningLab {
  private final Process process;
  private final List<String> lines;

  private RunningLab(Process process, List<String> lines) {
    this.process = process;
    this.lines = lines;
  }

  /**
   * Starts it, ten times as fast as real; the same data folder gives the same certificate and
   * tokens again.
   */
  static RunningLab start(Path data, int port) throws IOException {
    return startWith(data, port, "--speed", "10");
  }

  /** Starts it with these options; the same data folder gives the same certificate and tokens. */
  static RunningLab startWith(Path data, int port, String... options) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                UnpackedDistribution.command().toString(),
                "lab",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString()));
    words.addAll(List.of(options));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    BufferedReader reader = process.inputReader(UTF_8);
    for (String line = reader.readLine();
        line != null && !line.startsWith("# With a token");
        line = reader.readLine()) {
      lines.add(line);
    }
    if (lines.stream().noneMatch(line -> line.startsWith("addresses="))) {
      throw new IOException("The lab did not start: " + lines);
    }
    return new RunningLab(process, lines);
  }

  /** What it printed as the value of a line of a connector's configuration, such as token. */
  String line(String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The configuration of a connector to it, as cluster {@code home}, which reads every two seconds
   * and says nothing about where Jarvis runs.
   */
  String configuration() {
    return "poll.interval.seconds=2\n" + configurationWithDefaults();
  }

  /** The same, read as often as a user's own cluster. */
  String configurationWithDefaults() {
    StringBuilder text = new StringBuilder("name=home\n");
    lines.stream()
        .filter(
            line ->
                line.startsWith("addresses=")
                    || line.startsWith("token=")
                    || line.startsWith("tls.fingerprint="))
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** Ends it as a power cut would. */
  void kill() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new IOException("The lab does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
