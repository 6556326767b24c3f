package org.jarvis.connector.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Finds the processes that tests leave sleeping for a number of seconds of their own. */
final class Sleepers {
  private Sleepers() {}

  /** A number of seconds that nobody else sleeps for. */
  static String nap() {
    return String.valueOf(ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
  }

  /** How many processes sleep for that long. */
  static int count(String seconds) {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      List<Path> processes =
          all.filter(path -> path.getFileName().toString().matches("\\d+")).toList();
      int found = 0;
      for (Path process : processes) {
        found += isSleeper(process, seconds) ? 1 : 0;
      }
      return found;
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static boolean isSleeper(Path process, String seconds) {
    try {
      return Files.readString(process.resolve("cmdline")).equals("sleep\0" + seconds + "\0");
    } catch (IOException gone) {
      return false;
    }
  }

  /** Ends those that sleep for that long. */
  static void end(String seconds) {
    ProcessHandle.allProcesses()
        .filter(process -> isSleeper(Path.of("/proc", String.valueOf(process.pid())), seconds))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Waits until that many do. */
  static void await(String seconds, int wanted) {
    for (int i = 0; i < 400 && count(seconds) != wanted; i++) {
      RealServer.pause(25);
    }
    if (count(seconds) != wanted) {
      throw new AssertionError(count(seconds) + " processes sleep for " + seconds + " s.");
    }
  }
}
