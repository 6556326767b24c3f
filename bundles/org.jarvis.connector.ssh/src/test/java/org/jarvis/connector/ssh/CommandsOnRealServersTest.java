package org.jarvis.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.CommandRun;
import org.jarvis.api.host.HostState.Status;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandsOnRealServersTest {
  private final String nap = Sleepers.nap();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void runsACommandAndTellsItsEnd(RealServer.Kind kind) throws IOException {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      CommandResult result = connected.run("printf 'ü out'; printf 'bad' >&2; exit 3");

      assertThat(result.exitStatus()).isEqualTo(3);
      assertThat(result.signal()).isNull();
      assertThat(result.output()).isEqualTo("ü out");
      assertThat(result.errors()).isEqualTo("bad");
      assertThat(result.cutBytes()).isZero();
      assertThat(connected.line().state().status()).isEqualTo(Status.CONNECTED);
      assertThat(connected.run("kill -9 $$").signal()).isEqualTo("KILL");
      assertThat(connected.run("cat; echo end").output()).isEqualTo("end\n");
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void cutsTheMiddleOutOfAFlood(RealServer.Kind kind) throws IOException {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      CommandResult result =
          connected.run("echo first; head -c 100000000 /dev/zero | tr '\\0' x; echo; echo last");

      assertThat(result.exitStatus()).isZero();
      assertThat(result.output()).startsWith("first\nxxx").endsWith("xxx\nlast\n");
      assertThat(result.output()).contains(result.cutBytes() + " bytes were cut out here");
      assertThat(result.output().length()).isLessThan(300 * 1024);
      assertThat(result.cutBytes()).isEqualTo(100_000_012L - 256 * 1024);
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void endsWhatExceedsItsTimeWithAllItsProcesses(RealServer.Kind kind) throws IOException {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      assertThatThrownBy(
              () -> connected.run("sleep " + nap + " | cat; true", Duration.ofSeconds(1)))
          .isInstanceOfSatisfying(
              JarvisException.class,
              ended -> assertThat(ended.code()).isEqualTo(ErrorCode.TIMED_OUT))
          .hasMessageContaining("did not end within 1.0 s and was ended");

      assertThat(Sleepers.count(nap)).isZero();
      assertThat(connected.run("echo on").output()).isEqualTo("on\n");
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void endsWhatIsSilentForTooLong(RealServer.Kind kind) throws IOException {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      CommandRun run =
          new CommandRun(
              "for i in 1 2 3 4; do echo $i; sleep 0.4; done; sleep " + nap,
              Duration.ofSeconds(60),
              Duration.ofSeconds(1),
              1024);

      assertThatThrownBy(() -> connected.host.run(run))
          .hasMessageContaining("printed nothing for 1.0 s and was ended");
      assertThat(Sleepers.count(nap)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void endsWhatIgnoresAPoliteRequest(RealServer.Kind kind) throws IOException {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      assertThatThrownBy(
              () ->
                  connected.run(
                      "trap '' TERM HUP; sleep " + nap + "; sleep " + nap, Duration.ofSeconds(1)))
          .hasMessageContaining("and was ended");
      assertThat(Sleepers.count(nap)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void endsWhatIsCancelled(RealServer.Kind kind) throws Exception {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.pinned(server)) {
      Throwable[] thrown = new Throwable[1];
      boolean[] interrupted = new boolean[1];
      Thread caller =
          new Thread(
              () -> {
                try {
                  connected.run("sleep " + nap);
                } catch (JarvisException cancelled) {
                  thrown[0] = cancelled;
                  interrupted[0] = Thread.currentThread().isInterrupted();
                }
              });
      caller.start();
      Sleepers.await(nap, 1);

      caller.interrupt();
      caller.join(10_000);

      assertThat(thrown[0]).hasMessageContaining("was cancelled and was ended");
      assertThat(interrupted[0]).isTrue();
      assertThat(Sleepers.count(nap)).isZero();
    }
  }
}
