package org.jarvis.gateway.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.SelectorManager;
import org.jarvis.gateway.ClientNetwork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the connections that are open at one port: of each network, of all other machines, of this
 * machine, and so of all. What is over a bound is closed as it is accepted. Accepting never pauses,
 * as the server's own limit has it: whoever holds connections without a word, which costs nothing,
 * would keep everybody else waiting, the watchdog among them. Safe from any thread.
 */
final class ConnectionBounds implements SelectorManager.AcceptListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionBounds.class);
  private static final String THIS_MACHINE = "this machine";
  private static final long TOLD_AGAIN_NANOS = 60_000_000_000L;

  /**
   * How many connections may be open.
   *
   * @param all in all; below what a process may usually open
   * @param reserve how many of them other machines leave to this one, and this one to them
   * @param network how many one network may have, this machine aside: a proxy or a benchmark on it
   *     speaks for many
   */
  record Bounds(int all, int reserve, int network) {
    /** Well above the sockets that are granted to all together and to a house's one page each. */
    static final Bounds USUAL = new Bounds(3000, 500, 200);
  }

  private final Bounds bounds;
  private final LongSupplier nanos;
  private final Map<SelectableChannel, String> open = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private @Nullable Long toldAt;

  ConnectionBounds(Bounds bounds) {
    this(bounds, System::nanoTime);
  }

  ConnectionBounds(Bounds bounds, LongSupplier nanos) {
    this.bounds = bounds;
    this.nanos = nanos;
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    String network = network(channel);
    if (network == null || !enters(channel, network)) {
      close(channel);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    leaves(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    leaves(channel);
  }

  /** How many are open. */
  synchronized int count() {
    return open.size();
  }

  private synchronized boolean enters(SelectableChannel channel, String network) {
    int ofNetwork = counts.getOrDefault(network, 0);
    if (!hasRoom(network, ofNetwork)) {
      tell(network, ofNetwork);
      return false;
    }
    open.put(channel, network);
    counts.put(network, ofNetwork + 1);
    return true;
  }

  private boolean hasRoom(String network, int ofNetwork) {
    if (open.size() >= bounds.all()) {
      return false;
    }
    int mostOfOneSide = bounds.all() - bounds.reserve();
    if (network.equals(THIS_MACHINE)) {
      return ofNetwork < mostOfOneSide;
    }
    int ofOthers = open.size() - counts.getOrDefault(THIS_MACHINE, 0);
    return ofNetwork < bounds.network() && ofOthers < mostOfOneSide;
  }

  private synchronized void leaves(SelectableChannel channel) {
    String network = open.remove(channel);
    if (network != null) {
      counts.computeIfPresent(network, (key, count) -> count > 1 ? count - 1 : null);
    }
  }

  private void tell(String network, int ofNetwork) {
    long now = nanos.getAsLong();
    if (toldAt == null || now - toldAt > TOLD_AGAIN_NANOS) {
      toldAt = now;
      LOG.warn(
          "Connections are refused: {} are open, {} of them from {}.",
          open.size(),
          ofNetwork,
          network);
    }
  }

  private static @Nullable String network(SelectableChannel channel) {
    try {
      if (channel instanceof SocketChannel socket
          && socket.getRemoteAddress() instanceof InetSocketAddress remote
          && socket.getLocalAddress() instanceof InetSocketAddress local) {
        InetAddress address = remote.getAddress();
        return ClientNetwork.isThisMachine(address, local.getAddress())
            ? THIS_MACHINE
            : ClientNetwork.of(address);
      }
    } catch (IOException gone) {
      LOG.debug("A connection was gone before it was accepted.", gone);
    }
    return null;
  }

  private static void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      LOG.debug("A connection that was over a bound could not be closed.", gone);
    }
  }
}
