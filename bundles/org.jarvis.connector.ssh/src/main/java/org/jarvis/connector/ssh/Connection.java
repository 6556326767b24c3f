package org.jarvis.connector.ssh;

import java.io.IOException;
import java.util.Locale;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.session.ConnectionService;

/** A connection that stands, logged in. It carries one command at a time: see {@link RemoteEnd}. */
final class Connection {
  private final ClientSession session;
  private final boolean runsProcesses;

  Connection(ClientSession session) {
    this.session = session;
    String version = String.valueOf(session.getServerVersion()).toLowerCase(Locale.ROOT);
    this.runsProcesses =
        version.startsWith("ssh-2.0-openssh_") || version.startsWith("ssh-2.0-dropbear");
  }

  ClientSession session() {
    return session;
  }

  /** Whether the server is one whose process for a connection begins the commands on it. */
  boolean runsProcesses() {
    return runsProcesses;
  }

  boolean isOpen() {
    return session.isOpen() && !session.isClosing();
  }

  /** Makes a channel known to the connection; opening it is the next step. */
  void register(Channel channel) throws IOException {
    try {
      session.getService(ConnectionService.class).registerChannel(channel);
    } catch (IllegalStateException closing) {
      throw new IOException("the connection is being closed", closing);
    }
  }

  /** Drops it with all that runs on it. */
  void drop() {
    session.close(true);
  }
}
