package org.jarvis.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.host.HostState.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityKeyTest {
  private static final String SOURCE = "etc/org.jarvis.connector.ssh-home.cfg";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("key");
  }

  private IdentityKey key(@Nullable String passphrase) {
    Secret secret = passphrase == null ? null : Secret.of(passphrase);
    return new IdentityKey(new Account("jarvis", file, secret, false), SOURCE);
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519,,RFC4716,",
    "ed25519,,RFC4716,secret",
    "ecdsa,256,RFC4716,",
    "ecdsa,384,RFC4716,secret",
    "ecdsa,521,PEM,",
    "ecdsa,256,PKCS8,secret",
    "rsa,2048,RFC4716,",
    "rsa,3072,RFC4716,secret",
    "rsa,2048,PEM,",
    "rsa,2048,PEM,secret",
    "rsa,2048,PKCS8,",
    "rsa,2048,PKCS8,secret"
  })
  void readsKeysInAllForms(
      String type, @Nullable String bits, String form, @Nullable String passphrase)
      throws Exception {
    String size = bits == null ? "256" : bits;
    String words = passphrase == null ? "" : passphrase;
    RealServer.key(file, "-t", type, "-b", size, "-m", form, "-N", words);

    assertThat(key(passphrase).pair().getPrivate()).isNotNull();
    if (passphrase != null) {
      assertThatThrownBy(() -> key("wrong").pair())
          .hasMessage(SOURCE + ": the key passphrase needs the right passphrase of the key.");
      assertThatThrownBy(() -> key(null).pair())
          .hasMessageStartingWith(SOURCE + ": the key passphrase needs the passphrase of the key");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-r-----", "rw--w----", "rw-----w-"})
  void refusesAFileThatOthersCanOpen(String rights) throws Exception {
    RealServer.key(file, "-t", "ed25519", "-N", "");
    IdentityKey key = key(null);
    key.pair();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));

    assertThatThrownBy(key::pair)
        .isInstanceOfSatisfying(
            ConnectFailure.class,
            failure -> assertThat(failure.status()).isEqualTo(Status.MISCONFIGURED))
        .hasMessageContaining("chmod 600");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(key.pair()).isNotNull();
  }

  @Test
  void refusesWhatIsMissingWeakOrNoPrivateKey() throws Exception {
    assertThatThrownBy(() -> key(null).pair())
        .hasMessageContaining("a file that exists and that Jarvis may read");
    assertThatThrownBy(
            () -> new IdentityKey(new Account("jarvis", folder, null, false), SOURCE).pair())
        .hasMessageContaining("the path of a private key");

    write("no key at all");
    assertThatThrownBy(() -> key(null).pair()).hasMessageContaining("one private key");

    Path pair = folder.resolve("pair");
    RealServer.key(pair, "-t", "ed25519", "-N", "");
    write(Files.readString(Path.of(pair + ".pub")));
    assertThatThrownBy(() -> key(null).pair()).hasMessageContaining("one private key");

    RealServer.key(folder.resolve("weak"), "-t", "rsa", "-b", "1024", "-N", "");
    write(Files.readString(folder.resolve("weak")));
    assertThatThrownBy(() -> key(null).pair()).hasMessageContaining("a strong key");
  }

  @Test
  void takesUpAnotherKeyInTheSameFile() throws Exception {
    RealServer.key(file, "-t", "ed25519", "-N", "");
    IdentityKey key = key(null);
    Object former = key.pair().getPublic();
    RealServer.key(folder.resolve("next"), "-t", "rsa", "-b", "2048", "-N", "");
    write(Files.readString(folder.resolve("next")));

    assertThat(key.pair().getPublic()).isNotEqualTo(former);
  }

  private void write(String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
