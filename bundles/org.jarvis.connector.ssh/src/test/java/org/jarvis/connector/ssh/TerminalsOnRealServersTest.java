package org.jarvis.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.TerminalLine;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.TerminalRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TerminalsOnRealServersTest {
  private final String nap = Sleepers.nap();

  @TempDir Path folder;

  private static void type(TerminalLine line, String text) {
    line.type(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void isATerminalWithSizeTypeAndUmlauts(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      SeenTerminal seen = new SeenTerminal();
      TerminalLine line = connected.host.open(SeenTerminal.request(), seen);
      type(line, "stty size; echo $TERM; printf 'gr%s\\n' 'üß 漢'\n");
      seen.awaitText("24 80");
      seen.awaitText("xterm-256color");
      seen.awaitText("grüß 漢");

      line.resize(132, 43);
      type(line, "stty size; exit 5\n");

      seen.awaitText("43 132");
      assertThat(seen.awaitEnd()).isTrue();
      assertThat(seen.exitStatus).isEqualTo(5);
      assertThat(seen.reason).isNull();
      assertThatThrownBy(() -> type(line, "more"))
          .isInstanceOfSatisfying(
              JarvisException.class,
              gone -> assertThat(gone.code()).isEqualTo(ErrorCode.UNREACHABLE));
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void runsOneProgramWhereThatIsAskedFor(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      SeenTerminal seen = new SeenTerminal();
      TerminalLine line = connected.host.open(new TerminalRequest(90, 30, "stty size; cat"), seen);
      seen.awaitText("30 90");
      type(line, "echoed\n\u0004");

      assertThat(seen.awaitEnd()).isTrue();
      assertThat(seen.text()).contains("echoed\r\nechoed");
      assertThat(seen.exitStatus).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void hangsUpOnWhatRunsInItWhenClosed(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      SeenTerminal seen = new SeenTerminal();
      TerminalLine line = connected.host.open(SeenTerminal.request(), seen);
      type(line, "sleep " + nap + "\n");
      Sleepers.await(nap, 1);

      line.close();
      line.close();

      assertThat(seen.awaitEnd()).isTrue();
      assertThat(seen.reason).isNull();
      Sleepers.await(nap, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void tellsThatTheConnectionWasLost(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      SeenTerminal seen = new SeenTerminal();
      connected.host.open(SeenTerminal.request(), seen);
      server.kill();

      assertThat(seen.awaitEnd()).isTrue();
      assertThat(seen.exitStatus).isNull();
      assertThat(seen.reason).isEqualTo("The connection to home/pve1 was lost.");
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void refusesMoreTerminalsThanAllowed(RealServer.Kind kind) throws Exception {
    Limits one = new Limits(8, 1, Duration.ofSeconds(10), Duration.ofMinutes(5));
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server, one)) {
      SeenTerminal seen = new SeenTerminal();
      TerminalLine first = connected.host.open(SeenTerminal.request(), seen);
      assertThatThrownBy(() -> connected.host.open(SeenTerminal.request(), new SeenTerminal()))
          .hasMessageContaining("has 1 terminals open already");

      first.close();
      assertThat(seen.awaitEnd()).isTrue();

      SeenTerminal next = new SeenTerminal();
      connected.host.open(SeenTerminal.request(), next).close();
      assertThat(next.awaitEnd()).isTrue();
    }
  }

  /** Takes nothing until it is let. */
  private static final class Blocked implements TerminalOutput {
    final CountDownLatch go = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);
    final AtomicLong bytes = new AtomicLong();

    @Override
    public void output(byte[] piece, int length) {
      try {
        go.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      bytes.addAndGet(length);
    }

    @Override
    public void ended(@Nullable Integer exitStatus, @Nullable String reason) {
      ended.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void makesTheHostWaitForASlowReader(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      Path written = folder.resolve("written");
      Blocked blocked = new Blocked();
      int megabyte = 1_000_000;
      connected.host.open(
          new TerminalRequest(
              80,
              24,
              "stty raw; i=0; while [ $i -lt 60 ]; do head -c "
                  + megabyte
                  + " /dev/zero; i=$((i+1)); echo $i > "
                  + written
                  + "; done"),
          blocked);
      for (int i = 0; i < 200 && !Files.exists(written); i++) {
        RealServer.pause(25);
      }
      RealServer.pause(1500);
      int stuckAt = Integer.parseInt(Files.readString(written).strip());
      RealServer.pause(1000);

      assertThat(Integer.parseInt(Files.readString(written).strip())).isEqualTo(stuckAt);
      assertThat(stuckAt).isLessThan(12);
      assertThat(connected.run("echo others go on").output()).isEqualTo("others go on\n");

      blocked.go.countDown();
      assertThat(blocked.ended.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(blocked.bytes.get()).isEqualTo(60L * megabyte);
    }
  }
}
