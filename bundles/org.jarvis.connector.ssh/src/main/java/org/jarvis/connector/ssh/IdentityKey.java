package org.jarvis.connector.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.DSAKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.host.HostState.Status;
import org.jspecify.annotations.Nullable;

/**
 * The private key of an account, read from its file and again when that changes. Safe from any
 * thread.
 */
final class IdentityKey {
  private static final long LARGEST = 64 * 1024;
  static final int SHORTEST_RSA = 2048;

  private final Path file;
  private final @Nullable Secret passphrase;
  private final String source;

  // Guarded by this.
  private @Nullable KeyPair pair;
  private @Nullable Version version;

  /** Which content of the file was read. */
  private record Version(FileTime changed, long size) {}

  /**
   * Reads nothing yet.
   *
   * @param source the configuration's file, for what is said of a wrong key
   */
  IdentityKey(Account account, String source) {
    this.file = account.key();
    this.passphrase = account.passphrase();
    this.source = source;
  }

  /**
   * The key.
   *
   * @throws ConnectFailure where it cannot be used: missing, open to others, no private key, closed
   *     by another passphrase
   */
  synchronized KeyPair pair() throws ConnectFailure {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || attributes.size() > LARGEST) {
        throw wrong(SettingsReader.KEY, "the path of a private key; what is there is none");
      }
      refuseOpenFile();
      Version now = new Version(attributes.lastModifiedTime(), attributes.size());
      KeyPair known = pair;
      if (known != null && now.equals(version)) {
        return known;
      }
      KeyPair read = read(Files.readAllBytes(file));
      pair = read;
      version = now;
      return read;
    } catch (IOException unreadable) {
      throw wrong(SettingsReader.KEY, "a file that exists and that Jarvis may read");
    }
  }

  /**
   * As ssh does: nobody else may read it. A file of another owner may be shared with Jarvis by its
   * group.
   */
  private void refuseOpenFile() throws IOException, ConnectFailure {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    Set<PosixFilePermission> rights = attributes.permissions();
    boolean own = attributes.owner().getName().equals(System.getProperty("user.name"));
    boolean open =
        rights.contains(PosixFilePermission.OTHERS_READ)
            || rights.contains(PosixFilePermission.OTHERS_WRITE)
            || rights.contains(PosixFilePermission.GROUP_WRITE)
            || (own && rights.contains(PosixFilePermission.GROUP_READ));
    if (open) {
      throw wrong(
          SettingsReader.KEY, "a file that nobody else can read or write: chmod 600 closes it");
    }
  }

  private KeyPair read(byte[] content) throws ConnectFailure {
    List<KeyPair> pairs = new ArrayList<>();
    Secret secret = passphrase;
    boolean[] asked = new boolean[1];
    FilePasswordProvider answer =
        (session, resource, retries) -> {
          asked[0] = true;
          return secret == null || retries > 0 ? null : secret.reveal();
        };
    try (InputStream in = new ByteArrayInputStream(content)) {
      Iterable<KeyPair> found =
          SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("the key"), in, answer);
      if (found != null) {
        found.forEach(pairs::add);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
      // Told by what was asked for on the way, as a library's message could hold anything.
      pairs.clear();
    }
    if (pairs.isEmpty() && asked[0]) {
      throw wrong(
          SettingsReader.PASSPHRASE,
          secret == null
              ? "the passphrase of the key, best as $[secret:NAME] or $[env:NAME]"
              : "the right passphrase of the key");
    }
    if (pairs.size() != 1) {
      throw wrong(
          SettingsReader.KEY,
          "a file with one private key, in the form of OpenSSH or PEM (ssh-keygen -t ed25519)");
    }
    refuseWeak(pairs.get(0));
    return pairs.get(0);
  }

  private void refuseWeak(KeyPair pair) throws ConnectFailure {
    boolean weak =
        pair.getPrivate() instanceof DSAKey
            || (pair.getPublic() instanceof RSAKey rsa
                && rsa.getModulus().bitLength() < SHORTEST_RSA);
    if (weak) {
      throw wrong(SettingsReader.KEY, "a strong key: ed25519, ECDSA, or RSA of at least 2048 bits");
    }
  }

  private ConnectFailure wrong(String key, String expected) {
    return new ConnectFailure(
        Status.MISCONFIGURED, source + ": the key " + key + " needs " + expected + ".", null);
  }
}
