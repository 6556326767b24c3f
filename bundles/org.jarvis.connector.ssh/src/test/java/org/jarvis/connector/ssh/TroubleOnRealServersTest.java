package org.jarvis.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.HostState.Status;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroubleOnRealServersTest {
  private final String nap = Sleepers.nap();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void saysThatAKeyIsRefused(RealServer.Kind kind) throws IOException {
    try (RealServer server = RealServer.start(kind, folder)) {
      Path stranger = folder.resolve("stranger");
      RealServer.key(stranger, "-t", "ed25519", "-N", "");
      try (ConnectedHost connected =
          ConnectedHost.of(
              ConnectedHost.settings(
                  server.port(), stranger, Set.of(server.fingerprint()), ConnectedHost.LIMITS))) {
        assertThatThrownBy(() -> connected.run("true"))
            .isInstanceOfSatisfying(
                JarvisException.class,
                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SENT))
            .hasMessageContaining("home/pve1 refuses the user " + RealServer.user());
        assertThat(connected.line().state().status()).isEqualTo(Status.LOGIN_REFUSED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void doesNotRepeatWhatRanWhenThePeerDied(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      Path ran = folder.resolve("ran");
      ExecutorService callers = Executors.newCachedThreadPool();
      try {
        Future<CommandResult> running =
            callers.submit(() -> connected.run("echo x >> " + ran + "; sleep " + nap));
        Sleepers.await(nap, 1);
        server.kill();

        assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
            .hasCauseInstanceOf(JarvisException.class)
            .hasMessageContaining("was lost while a command ran");
        assertThatThrownBy(() -> connected.run("true"))
            .hasMessageContaining("nothing answers at 127.0.0.1 port " + server.port());
        assertThat(connected.line().state().status()).isEqualTo(Status.UNREACHABLE);

        server.start();
        assertThat(connected.run("echo again").output()).isEqualTo("again\n");
        assertThat(Files.readAllLines(ran)).hasSize(1);
      } finally {
        callers.shutdownNow();
        Sleepers.end(nap);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void sendsOnAFreshConnectionWhatADeadOneNeverTook(RealServer.Kind kind) throws IOException {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      connected.run("true");
      server.connections().forEach(ProcessHandle::destroyForcibly);

      assertThat(connected.run("echo on").output()).isEqualTo("on\n");
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void givesUpOnASilentPeerInTime(RealServer.Kind kind) throws IOException {
    Limits limits = new Limits(8, 8, Duration.ofSeconds(4), Duration.ofMinutes(5));
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server, limits)) {
      connected.run("true");
      server.signal("STOP");
      try {
        long began = System.nanoTime();
        assertThatThrownBy(() -> connected.run("echo no", Duration.ofSeconds(5)))
            .isInstanceOfSatisfying(
                JarvisException.class,
                silent -> assertThat(silent.code()).isEqualTo(ErrorCode.NOT_SENT));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
        assertThat(connected.line().state().status()).isEqualTo(Status.UNREACHABLE);
      } finally {
        server.signal("CONT");
      }
      assertThat(connected.run("echo yes").output()).isEqualTo("yes\n");
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void keepAliveNoticesAPeerThatFellSilentUnderACommand(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected =
            ConnectedHost.pinned(server, ConnectedHost.LIMITS, Duration.ofMillis(500))) {
      ExecutorService callers = Executors.newCachedThreadPool();
      try {
        Future<CommandResult> running =
            callers.submit(() -> connected.run("sleep " + nap, Duration.ofMinutes(5)));
        Sleepers.await(nap, 1);
        server.signal("STOP");

        assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS))
            .hasMessageContaining("was lost while a command ran");
      } finally {
        server.signal("CONT");
        callers.shutdownNow();
        Sleepers.end(nap);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void survivesARestartUnderTwentyCommands(RealServer.Kind kind) throws Exception {
    Path ran = Files.createFile(folder.resolve("ran"));
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      List<Callable<String>> commands = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String name = "n" + i;
        commands.add(() -> outcome(connected, "echo " + name + " >> " + ran + "; sleep 0.7"));
      }
      ExecutorService callers = Executors.newFixedThreadPool(20);
      try {
        List<Future<String>> outcomes = new ArrayList<>();
        commands.forEach(command -> outcomes.add(callers.submit(command)));
        while (Files.readAllLines(ran).size() < 3) {
          RealServer.pause(20);
        }
        server.kill();
        Files.writeString(ran, "killed\n", StandardOpenOption.APPEND);
        RealServer.pause(500);
        server.start();

        List<String> told = new ArrayList<>();
        for (Future<String> outcome : outcomes) {
          told.add(outcome.get(60, TimeUnit.SECONDS));
        }
        assertThat(told).allMatch(one -> List.of("0", "UNREACHABLE", "NOT_SENT").contains(one));
        assertThat(told).as("those that waited for their turn ran").contains("0");
        assertThat(told).as("those that ran are not repeated").contains("UNREACHABLE");
        List<String> names =
            Files.readAllLines(ran).stream().filter(line -> line.startsWith("n")).toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(names.size())
            .isGreaterThanOrEqualTo((int) told.stream().filter("0"::equals).count());
        assertThat(connected.run("echo fine").output()).isEqualTo("fine\n");
      } finally {
        callers.shutdownNow();
      }
    }
  }

  private static String outcome(ConnectedHost connected, String line) {
    try {
      return String.valueOf(connected.run(line, Duration.ofSeconds(50)).exitStatus());
    } catch (JarvisException failure) {
      return failure.code().name();
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void runsTwoHundredCommandsAtOnceOnItsFewConnections(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      ExecutorService callers = Executors.newFixedThreadPool(200);
      try {
        List<Future<String>> outcomes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          String number = String.valueOf(i);
          outcomes.add(
              callers.submit(
                  () -> connected.run("echo " + number, Duration.ofSeconds(60)).output().strip()));
        }
        for (int i = 0; i < 200; i++) {
          assertThat(outcomes.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(String.valueOf(i));
        }
        assertThat(connected.host.connections()).isBetween(1, 8);
      } finally {
        callers.shutdownNow();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void leavesNothingBehind(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder)) {
      use(server);
      RealServer.pause(500);
      Set<String> before = threads();
      for (int i = 0; i < 5; i++) {
        use(server);
      }
      for (int i = 0; i < 100 && !server.connections().isEmpty(); i++) {
        RealServer.pause(50);
      }
      assertThat(server.connections()).as("the server's processes for connections").isEmpty();
      for (int i = 0; i < 100 && !before.containsAll(threads()); i++) {
        RealServer.pause(50);
      }
      assertThat(before).containsAll(threads());
      assertThat(threads()).noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("ssh"));
    }
  }

  private void use(RealServer server) throws IOException {
    try (ConnectedHost connected = ConnectedHost.pinned(server)) {
      connected.run("true");
      try {
        connected.run("sleep " + nap, Duration.ofMillis(300));
      } catch (JarvisException ended) {
        assertThat(ended.code()).isEqualTo(ErrorCode.TIMED_OUT);
      }
      SeenTerminal seen = new SeenTerminal();
      connected.host.open(SeenTerminal.request(), seen);
    }
    assertThat(Sleepers.count(nap)).isZero();
  }

  private static Set<String> threads() {
    Set<String> names = new java.util.TreeSet<>();
    Thread.getAllStackTraces()
        .keySet()
        .forEach(thread -> names.add(thread.getName().replaceAll("\\d+", "n")));
    return names;
  }
}
