package org.jarvis.lab.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jarvis.lab.http.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the lab's hosts, and the key with which Jarvis logs in to them. Kept in a folder, in
 * OpenSSH's own form, they survive restarts and so do their fingerprints. Thread-safe, since
 * nothing changes once they are made.
 */
public final class SshKeys {

  /** The file with the private key that the hosts let in. */
  public static final String CLIENT_KEY = "jarvis_ed25519";

  private static final String IMPOSTOR = "impostor";
  private static final int ED25519_BITS = 256;

  private final KeyPair client;
  private final KeyPair impostor;
  private final Map<String, KeyPair> hosts = new HashMap<>();
  private final @Nullable Path folder;

  /**
   * The keys for these hosts.
   *
   * @param folder where they are kept, or null to make new ones and keep nothing
   * @throws IOException where the folder cannot be read or written, or a key in it is broken
   */
  public SshKeys(@Nullable Path folder, List<String> names) throws IOException {
    this.folder = folder;
    this.client = pair(folder, CLIENT_KEY, "jarvis@lab");
    this.impostor = pair(null, IMPOSTOR, IMPOSTOR);
    for (String name : names) {
      hosts.put(name, pair(folder, "host_" + name + "_ed25519", "root@" + name));
    }
    if (folder != null) {
      Path known = folder.resolve(CLIENT_KEY + ".pub");
      Files.writeString(known, line(client.getPublic()) + " jarvis@lab\n");
    }
  }

  /** The pair that logs in. */
  public KeyPair client() {
    return client;
  }

  /**
   * The file with the private key that logs in.
   *
   * @throws IllegalStateException where nothing is kept
   */
  public Path clientKeyFile() {
    if (folder == null) {
      throw new IllegalStateException("this lab keeps nothing, so its key is in no file");
    }
    return folder.resolve(CLIENT_KEY).toAbsolutePath();
  }

  /** A host's public key, {@code ssh-ed25519 AAAA…}. */
  public String hostKey(String host) {
    return line(of(host).getPublic());
  }

  /** A host's fingerprint, {@code SHA256:…}. */
  public String fingerprint(String host) {
    return KeyUtils.getFingerPrint(of(host).getPublic());
  }

  KeyPair of(String host) {
    KeyPair pair = hosts.get(host);
    if (pair == null) {
      throw new IllegalArgumentException("there is no host " + host);
    }
    return pair;
  }

  /** What stands in a host's place while its key has changed. */
  KeyPair impostor() {
    return impostor;
  }

  private static String line(PublicKey key) {
    return PublicKeyEntry.toString(key);
  }

  private static KeyPair pair(@Nullable Path folder, String name, String comment)
      throws IOException {
    try {
      if (folder == null) {
        return fresh();
      }
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        return read(file);
      }
      KeyPair made = fresh();
      try (OutputStream out = PrivateFiles.create(file)) {
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(made, comment, null, out);
      }
      return made;
    } catch (GeneralSecurityException broken) {
      throw new IOException("cannot make the lab's SSH key " + name, broken);
    }
  }

  private static KeyPair fresh() throws GeneralSecurityException {
    return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, ED25519_BITS);
  }

  private static KeyPair read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Iterable<KeyPair> found =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName(file.toString()), in, null);
      Iterator<KeyPair> pairs = found == null ? List.<KeyPair>of().iterator() : found.iterator();
      if (!pairs.hasNext()) {
        throw new IOException("there is no key in it");
      }
      return pairs.next();
    } catch (GeneralSecurityException | IOException broken) {
      throw new IOException(
          "cannot read the lab's SSH key from "
              + file
              + " ("
              + broken.getMessage()
              + "); delete the file to get a new one",
          broken);
    }
  }

  @Override
  public String toString() {
    return "SshKeys" + hosts.keySet();
  }
}
