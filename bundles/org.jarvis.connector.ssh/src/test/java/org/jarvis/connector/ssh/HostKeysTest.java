package org.jarvis.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostState;
import org.jarvis.api.host.HostState.Status;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostKeysTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void refusesAKeyThatNobodyAcceptedAndShowsIt(RealServer.Kind kind) throws IOException {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.unpinned(server)) {
      assertThatThrownBy(() -> connected.run("touch " + folder.resolve("ran")))
          .isInstanceOfSatisfying(
              JarvisException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SENT))
          .hasMessageContaining("offers a host key that nobody accepted yet: ssh-ed25519 ")
          .hasMessageContaining(server.fingerprint());

      HostState state = connected.line().state();
      assertThat(state.status()).isEqualTo(Status.KEY_UNKNOWN);
      assertThat(state.offered()).isEqualTo(server.fingerprint());
      assertThat(folder.resolve("ran")).doesNotExist();
      assertThat(connected.host.isKeyAcceptedNow()).isFalse();

      connected.registry.accepted.put(connected.host.settings().id(), server.fingerprint());

      assertThat(connected.host.isKeyAcceptedNow()).isTrue();
      assertThat(connected.run("echo now").output()).isEqualTo("now\n");
      assertThat(connected.line().state().status()).isEqualTo(Status.CONNECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void refusesAChangedKey(RealServer.Kind kind) throws IOException {
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected = ConnectedHost.unpinned(server)) {
      String former = server.fingerprint();
      connected.registry.accepted.put(connected.host.settings().id(), former);
      assertThat(connected.run("echo before").output()).isEqualTo("before\n");
      server.kill();
      server.changeHostKey();
      server.start();

      assertThatThrownBy(() -> connected.run("touch " + folder.resolve("ran")))
          .hasMessageContaining("offers another host key than the accepted one")
          .hasMessageContaining(server.fingerprint());

      assertThat(server.fingerprint()).isNotEqualTo(former);
      assertThat(connected.line().state().status()).isEqualTo(Status.KEY_CHANGED);
      assertThat(connected.line().state().offered()).isEqualTo(server.fingerprint());
      assertThat(folder.resolve("ran")).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(RealServer.Kind.class)
  void refusesAnotherKeyThanThePinnedOneWhateverAPersonAccepted(RealServer.Kind kind)
      throws IOException {
    String other = "SHA256:" + "A".repeat(43);
    try (RealServer server = RealServer.start(kind, folder);
        ConnectedHost connected =
            ConnectedHost.of(
                ConnectedHost.settings(
                    server.port(), server.userKey(), Set.of(other), ConnectedHost.LIMITS))) {
      connected.registry.acceptsAll = true;

      assertThatThrownBy(() -> connected.run("true"))
          .hasMessageContaining("offers another host key than the pinned one")
          .hasMessageContaining("host-keys in etc/org.jarvis.connector.ssh-home.cfg");
      assertThat(connected.line().state().status()).isEqualTo(Status.KEY_CHANGED);
    }
  }
}
