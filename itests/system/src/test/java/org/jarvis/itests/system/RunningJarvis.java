package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The unpacked distribution, running on a free port and a data folder of its own. Closing it sends
 * the signal that Ctrl-C sends and waits for the end.
 */
final class RunningJarvis implements AutoCloseable {
  /**
   * A starter that lets Jarvis keep an archive of its classes, as it does for its users. Without it
   * none is recorded: that takes two seconds of each stop, and pays at the next start only.
   */
  static final List<String> WITH_CLASS_ARCHIVE = List.of("env", "-u", "JARVIS_JAVA_OPTS");

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String READY = "Jarvis is ready at ";
  private static final String SETUP_TOKEN = "Setup token: ";

  private final Process process;
  private final List<String> words;
  private final int port;
  private final Path data;
  private final Path errors;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private RunningJarvis(Process process, List<String> words, int port, Path data, Path errors) {
    this.process = process;
    this.words = List.copyOf(words);
    this.port = port;
    this.data = data;
    this.errors = errors;
    Thread reader = new Thread(this::readLines, "jarvis-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code bin/jarvis demo} and waits until it says that it is ready. */
  static RunningJarvis demo(Path data, String... options) throws IOException {
    return start("demo", data, options).awaitReady();
  }

  /** Starts {@code bin/jarvis run} and waits until it says that it is ready. */
  static RunningJarvis run(Path data, String... options) throws IOException {
    return start("run", data, options).awaitReady();
  }

  /** Starts {@code bin/jarvis COMMAND} and waits for nothing. */
  static RunningJarvis start(String command, Path data, String... options) throws IOException {
    return startBy(List.of(), command, data, options);
  }

  /**
   * Starts {@code bin/jarvis COMMAND} by another program, which becomes it, and waits for nothing.
   */
  static RunningJarvis startBy(List<String> starter, String command, Path data, String... options)
      throws IOException {
    int port = Ports.free();
    List<String> words = new ArrayList<>(starter);
    words.addAll(
        List.of(
            UnpackedDistribution.command().toString(),
            command,
            "--port",
            Integer.toString(port),
            "--data",
            data.toString()));
    words.addAll(List.of(options));
    return launch(words, port, data);
  }

  private static RunningJarvis launch(List<String> words, int port, Path data) throws IOException {
    Path errors = Files.createTempFile("jarvis", ".err");
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
    builder.environment().put("JARVIS_JAVA_OPTS", "-Xshare:auto");
    Process process = builder.start();
    return new RunningJarvis(process, words, port, data, errors);
  }

  /** Starts it anew where it was, once it has ended, and waits until it says that it is ready. */
  RunningJarvis again() throws IOException {
    return launch(words, port, data).awaitReady();
  }

  /** Where it answers. */
  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Its data folder. */
  Path data() {
    return data;
  }

  /** Its process, which is that of the script. */
  ProcessHandle process() {
    return process.toHandle();
  }

  /** What it wrote to the standard output stream so far. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** The address that it printed. */
  String printedUrl() throws IOException {
    return awaitLine(line -> line.startsWith(READY)).substring(READY.length());
  }

  /** The setup token that it printed; it is printed only before there is an account. */
  String setupToken() throws IOException {
    return awaitLine(line -> line.startsWith(SETUP_TOKEN)).substring(SETUP_TOKEN.length());
  }

  /** Says something to its console, as {@code jarvis console} does. */
  Outcome console(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                UnpackedDistribution.command().toString(), "console", "--data", data.toString()));
    command.addAll(List.of(words));
    return Commands.run(data, command.toArray(String[]::new));
  }

  /** Waits until it says that it is ready; ends it when it does not. */
  RunningJarvis awaitReady() throws IOException {
    try {
      awaitLine(line -> line.startsWith(READY));
      return this;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Waits for a line of the standard output stream. */
  synchronized String awaitLine(Predicate<String> wanted) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<String> found = lines.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (ended || left <= 0) {
        throw new IOException(
            "Jarvis %s without that line. It printed %s and complained %s"
                .formatted(
                    ended ? "ended" : "went on for " + PATIENCE,
                    lines,
                    Files.readString(errors, UTF_8)));
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for Jarvis", e);
      }
    }
  }

  private void readLines() {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
      }
    } catch (IOException e) {
      // The process is gone and its output with it, which is said below.
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  /** Waits for the end of the process. */
  void awaitEnd() throws IOException {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("Jarvis has not ended after " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the end of Jarvis", e);
    }
  }

  /** What it complained so far. */
  String complaints() throws IOException {
    return Files.readString(errors, UTF_8);
  }

  /** Stops its clockwork, as a machine does that has no memory left or is being moved. */
  void freeze() throws IOException {
    signal("STOP");
  }

  /** Lets it go on. */
  void thaw() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    Commands.run(Path.of("."), "kill", "-" + name, Long.toString(process.pid()));
  }

  /** Ends it as a power cut would. */
  void kill() throws IOException {
    process.destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      awaitEnd();
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(errors);
    }
  }
}
