package org.jarvis.lab.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.jarvis.lab.Lab;

/** Somebody with MINA's client and the key that the lab made, who knows the host keys. */
final class SshVisitor implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SshClient client = SshClient.setUpDefaultClient();
  private final ClientSession session;

  /** What came of a command. */
  record Answer(int status, String out, String err) {}

  SshVisitor(Lab lab, String host) throws IOException {
    this(lab, host, "root", lab.sshKeys().client());
  }

  SshVisitor(Lab lab, String host, String user, KeyPair key) throws IOException {
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setServerKeyVerifier(
        (through, address, shown) ->
            KeyUtils.getFingerPrint(shown).equals(lab.sshKeys().fingerprint(host)));
    client.start();
    try {
      session = client.connect(user, "127.0.0.1", lab.sshPort(host)).verify(PATIENCE).getSession();
      session.addPublicKeyIdentity(key);
      session.auth().verify(PATIENCE);
    } catch (IOException refused) {
      client.stop();
      throw refused;
    }
  }

  ClientSession session() {
    return session;
  }

  Answer run(String command) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (ChannelExec channel = session.createExecChannel(command)) {
      channel.setOut(out);
      channel.setErr(err);
      channel.open().verify(PATIENCE);
      if (channel
          .waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE)
          .contains(ClientChannelEvent.TIMEOUT)) {
        throw new IOException(command + " did not end");
      }
      Integer status = channel.getExitStatus();
      return new Answer(
          status == null ? -1 : status,
          out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8));
    }
  }

  /** What a command prints at a terminal at which this is typed; it has to end by that. */
  String type(String command, String keys) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ChannelExec channel = session.createExecChannel(command)) {
      channel.setUsePty(true);
      channel.setOut(out);
      channel.open().verify(PATIENCE);
      channel.getInvertedIn().write(keys.getBytes(StandardCharsets.UTF_8));
      channel.getInvertedIn().flush();
      if (channel
          .waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE)
          .contains(ClientChannelEvent.TIMEOUT)) {
        throw new IOException(command + " did not end: " + out);
      }
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    session.close(true);
    client.stop();
  }
}
