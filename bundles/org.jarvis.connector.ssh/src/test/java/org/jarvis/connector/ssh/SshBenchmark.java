package org.jarvis.connector.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jarvis.api.host.TerminalLine;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.TerminalRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures a pooled command and a terminal's echo beside what the ssh client needs over a kept-open
 * connection to the same OpenSSH server, and a terminal's flood; prints the figures and asserts
 * nothing. Not run by the build: {@code mvn -pl bundles/org.jarvis.connector.ssh -am test
 * -Dtest=SshBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class SshBenchmark {
  private static final int WARM_UP = 200;
  private static final int ROUNDS = 500;
  private static final int ECHOES = 2000;
  private static final long FLOOD = 600_000_000;
  private static final String MIRROR = "stty raw -echo; cat";

  @TempDir Path folder;

  @Test
  void printFigures() throws Exception {
    try (RealServer server = RealServer.start(RealServer.Kind.OPENSSH, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      Process master = client(server, "-M", "-N");
      try {
        while (!folder.resolve("control").toFile().exists()) {
          RealServer.pause(20);
        }
        List<Long> client = new ArrayList<>();
        List<Long> pooled = new ArrayList<>();
        for (int i = 0; i < WARM_UP + ROUNDS; i++) {
          if (i == WARM_UP) {
            client.clear();
            pooled.clear();
          }
          long began = System.nanoTime();
          client(server, "-T", "x", "true").waitFor();
          long between = System.nanoTime();
          connected.run("true");
          client.add(between - began);
          pooled.add(System.nanoTime() - between);
        }
        print("ssh over a kept-open connection", client);
        print("a pooled command", pooled);
        print("the ssh client's echo", clientEcho(server));
        print("a terminal's echo", terminalEcho(connected));
        flood(connected);
      } finally {
        master.destroyForcibly();
      }
    }
  }

  private Process client(RealServer server, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ssh",
                "-F",
                "none",
                "-q",
                "-o",
                "IdentitiesOnly=yes",
                "-i",
                server.userKey().toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known"),
                "-S",
                folder.resolve("control").toString(),
                "-p",
                String.valueOf(server.port()),
                "-l",
                RealServer.user()));
    for (String word : more) {
      command.add(word.equals("x") ? "127.0.0.1" : word);
    }
    if (!command.contains("127.0.0.1")) {
      command.add("127.0.0.1");
    }
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private List<Long> clientEcho(RealServer server) throws IOException {
    Process process = client(server, "-tt", "x", MIRROR);
    List<Long> times = new ArrayList<>();
    try (OutputStream in = process.getOutputStream();
        InputStream out = process.getInputStream()) {
      RealServer.pause(1000);
      for (int i = 0; i < ECHOES; i++) {
        long began = System.nanoTime();
        in.write('a');
        in.flush();
        if (out.read() < 0) {
          throw new IOException("The client's terminal has ended.");
        }
        times.add(System.nanoTime() - began);
      }
    } finally {
      process.destroyForcibly();
    }
    return times.subList(WARM_UP, ECHOES);
  }

  private static List<Long> terminalEcho(ConnectedHost connected) throws InterruptedException {
    Semaphore seen = new Semaphore(0);
    TerminalLine line =
        connected.host.open(
            new TerminalRequest(80, 24, MIRROR),
            new TerminalOutput() {
              @Override
              public void output(byte[] bytes, int length) {
                seen.release(length);
              }

              @Override
              public void ended(@Nullable Integer exitStatus, @Nullable String reason) {}
            });
    List<Long> times = new ArrayList<>();
    RealServer.pause(1000);
    for (int i = 0; i < ECHOES; i++) {
      long began = System.nanoTime();
      line.type(new byte[] {'a'});
      seen.acquire();
      times.add(System.nanoTime() - began);
    }
    line.close();
    return times.subList(WARM_UP, ECHOES);
  }

  private static void flood(ConnectedHost connected) throws InterruptedException {
    AtomicLong bytes = new AtomicLong();
    AtomicLong most = new AtomicLong();
    CountDownLatch ended = new CountDownLatch(1);
    System.gc();
    long before = used();
    long cpu = processorTime();
    long began = System.nanoTime();
    connected.host.open(
        new TerminalRequest(80, 24, "stty raw; head -c " + FLOOD + " /dev/zero"),
        new TerminalOutput() {
          @Override
          public void output(byte[] piece, int length) {
            bytes.addAndGet(length);
            most.accumulateAndGet(used(), Math::max);
          }

          @Override
          public void ended(@Nullable Integer exitStatus, @Nullable String reason) {
            ended.countDown();
          }
        });
    ended.await(5, TimeUnit.MINUTES);
    System.out.printf(
        Locale.ROOT,
        "ssh, a terminal's flood: %d MB, %.0f MB/s, %.1f ms of this JVM's processor time a MB, heap"
            + " from %d to at most %d MB%n",
        bytes.get() / 1_000_000,
        bytes.get() / 1e6 / ((System.nanoTime() - began) / 1e9),
        (processorTime() - cpu) / 1e6 / (bytes.get() / 1e6),
        before / 1_000_000,
        most.get() / 1_000_000);
  }

  private static long processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void print(String what, List<Long> nanos) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "ssh, %s: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms%n",
        what,
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 9 / 10) / 1e6,
        sorted.get(sorted.size() * 99 / 100) / 1e6);
  }
}
