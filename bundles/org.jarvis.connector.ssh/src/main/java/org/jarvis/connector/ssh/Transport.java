package org.jarvis.connector.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.future.CancelOption;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.jarvis.api.host.HostState.Status;
import org.jspecify.annotations.Nullable;

/**
 * The SSH client that all hosts share: its threads, and what it speaks. It knows no file of the
 * account that Jarvis runs under: neither its keys, nor its known hosts, nor its agent.
 */
final class Transport implements AutoCloseable {
  private static final AttributeKey<HostKeyCheck> CHECK = new AttributeKey<>();
  private static final CancelOption[] GIVE_UP_TOGETHER = {
    CancelOption.CANCEL_ON_TIMEOUT, CancelOption.CANCEL_ON_INTERRUPT
  };

  // Guarded by the class: configurations come and go, and the last one that goes ends the threads.
  private static @Nullable Transport shared;
  private static int users;

  private final SshClient client;

  private Transport(Duration keepAlive) {
    client = client();
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, keepAlive);
    client.start();
  }

  /** The one that is shared, started for the first who asks. To be closed once for each call. */
  static Transport open(Duration keepAlive) {
    synchronized (Transport.class) {
      Transport transport = shared;
      if (transport == null) {
        transport = new Transport(keepAlive);
        shared = transport;
      }
      users++;
      return transport;
    }
  }

  @Override
  public void close() {
    synchronized (Transport.class) {
      users--;
      if (users == 0) {
        shared = null;
        client.stop();
      }
    }
  }

  private static SshClient client() {
    SshClient client =
        ClientBuilder.builder()
            .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
            .serverKeyVerifier(
                (session, address, key) -> {
                  AttributeRepository context = session.getConnectionContext();
                  HostKeyCheck check = context == null ? null : context.getAttribute(CHECK);
                  return check != null && check.accepts(key);
                })
            .build();
    Algorithms.set(client);
    client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(null);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 2);
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    // Keep-alive tells whether a peer is there; that nobody wants anything of it is no reason.
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
    CoreModuleProperties.REQUEST_SHELL_REPLY.set(client, true);
    return client;
  }

  /**
   * Makes a connection, logged in. Blocks.
   *
   * @throws ConnectFailure when none comes about within the host's time
   * @throws InterruptedException when interrupted; nothing is left open then
   */
  ClientSession connect(HostSettings host, IdentityKey identity, HostKeyCheck check)
      throws ConnectFailure, InterruptedException {
    long began = System.nanoTime();
    InetSocketAddress address = new InetSocketAddress(host.address(), host.port());
    if (address.isUnresolved()) {
      throw new ConnectFailure(
          Status.UNREACHABLE,
          host.id() + ": the name " + host.address() + " is not known. " + whereToCorrect(host),
          null);
    }
    ClientSession session = null;
    try {
      session =
          client
              .connect(
                  host.account().user(),
                  address,
                  AttributeRepository.ofKeyValuePair(CHECK, check),
                  null)
              .verify(host.limits().connectTime(), GIVE_UP_TOGETHER)
              .getClientSession();
      session.addPublicKeyIdentity(identity.pair());
      Duration left = host.limits().connectTime().minusNanos(System.nanoTime() - began);
      session.auth().verify(left.isNegative() ? Duration.ofMillis(1) : left, GIVE_UP_TOGETHER);
      ClientSession done = session;
      session = null;
      return done;
    } catch (InterruptedIOException interrupted) {
      throw interruption(interrupted);
    } catch (IOException failure) {
      if (Thread.interrupted()) {
        throw interruption(failure);
      }
      throw judge(host, check, failure);
    } finally {
      if (session != null) {
        session.close(true);
      }
    }
  }

  private static InterruptedException interruption(IOException cause) {
    InterruptedException interruption = new InterruptedException();
    interruption.initCause(cause);
    return interruption;
  }

  private static ConnectFailure judge(HostSettings host, HostKeyCheck check, IOException failure) {
    ConnectFailure refusal = check.refusal();
    if (refusal != null) {
      return refusal;
    }
    HostKeyCheck.Offer offer = check.offer();
    String offered = offer == null ? null : offer.fingerprint();
    String where = host.address() + " port " + host.port();
    if (failure instanceof SshException ssh
        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
      return new ConnectFailure(
          Status.LOGIN_REFUSED,
          host.id()
              + " refuses the user "
              + host.account().user()
              + " with the key that "
              + host.source()
              + " names. Put its public key into that account's .ssh/authorized_keys there.",
          offered);
    }
    if (has(failure, ConnectException.class) || has(failure, NoRouteToHostException.class)) {
      return new ConnectFailure(
          Status.UNREACHABLE,
          host.id()
              + ": nothing answers at "
              + where
              + " ("
              + Foreign.text(root(failure).getMessage())
              + "). "
              + whereToCorrect(host),
          null);
    }
    return new ConnectFailure(
        Status.UNREACHABLE,
        host.id()
            + ": no SSH connection to "
            + where
            + " came about ("
            + Foreign.text(root(failure).getMessage())
            + ").",
        offered);
  }

  private static String whereToCorrect(HostSettings host) {
    return "If the host is up, correct its address in " + host.source() + ".";
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
