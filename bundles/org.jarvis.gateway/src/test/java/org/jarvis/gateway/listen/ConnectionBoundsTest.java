package org.jarvis.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionBoundsTest {
  private static final String HERE = "192.0.2.1";

  private final ConnectionBounds bounds =
      new ConnectionBounds(new ConnectionBounds.Bounds(100, 20, 10));

  private SocketChannel open(String from) throws Exception {
    SocketChannel channel =
        new Accepted(
            new InetSocketAddress(InetAddress.getByName(from), 40_000),
            new InetSocketAddress(InetAddress.getByName(HERE), 8480));
    bounds.onAccepting(channel);
    return channel;
  }

  private List<SocketChannel> open(String from, int times) throws Exception {
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      channels.add(open(from));
    }
    return channels;
  }

  @Test
  void closesWhatOneHostOpensTooMany() throws Exception {
    assertThat(open("192.0.2.9", 10)).allMatch(SocketChannel::isOpen);
    assertThat(open("192.0.2.9", 500)).noneMatch(SocketChannel::isOpen);

    assertThat(open("192.0.2.10").isOpen()).isTrue();
    assertThat(bounds.count()).isEqualTo(11);
  }

  @Test
  void countsAHouseholdsIpv6AddressesAsOne() throws Exception {
    for (int i = 1; i <= 10; i++) {
      assertThat(open("2001:db8:0:1::" + i).isOpen()).isTrue();
    }
    assertThat(open("2001:db8:0:1::ffff").isOpen()).isFalse();
    assertThat(open("2001:db8:0:2::1").isOpen()).isTrue();
  }

  @Test
  void letsAHostInAgainWhenOneOfItsConnectionsHasGone() throws Exception {
    List<SocketChannel> channels = open("192.0.2.9", 10);
    SocketChannel refused = open("192.0.2.9");
    bounds.onAcceptFailed(refused, new IllegalStateException("closed"));
    assertThat(open("192.0.2.9").isOpen()).as("a refused one frees nothing").isFalse();

    channels.get(0).close();
    bounds.onClosed(channels.get(0));
    bounds.onClosed(channels.get(0));

    assertThat(open("192.0.2.9", 2)).extracting(SocketChannel::isOpen).containsExactly(true, false);
  }

  @Test
  void keepsRoomForThisMachineHoweverManyHostsThereAre() throws Exception {
    for (int i = 2; i < 250; i++) {
      open("192.0.2." + i, 10);
    }
    assertThat(bounds.count()).isEqualTo(80);

    assertThat(open("127.0.0.1", 10)).allMatch(SocketChannel::isOpen);
    assertThat(open(HERE, 10)).as("by its own address").allMatch(SocketChannel::isOpen);
    assertThat(open("127.0.0.1").isOpen()).as("never more than all").isFalse();
  }

  @Test
  void keepsRoomForOthersHoweverManyThisMachineOpens() throws Exception {
    open("127.0.0.1", 100);
    assertThat(bounds.count()).isEqualTo(80);
    assertThat(open("192.0.2.9", 10)).allMatch(SocketChannel::isOpen);
  }

  /**
   * An accepted connection between these addresses, which only an own network could really have.
   */
  private static final class Accepted extends SocketChannel {
    private final InetSocketAddress remote;
    private final InetSocketAddress local;

    Accepted(InetSocketAddress remote, InetSocketAddress local) {
      super(SelectorProvider.provider());
      this.remote = remote;
      this.local = local;
    }

    @Override
    public SocketAddress getRemoteAddress() {
      return remote;
    }

    @Override
    public SocketAddress getLocalAddress() {
      return local;
    }

    @Override
    protected void implCloseSelectableChannel() {
      // Nothing is really open.
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel bind(SocketAddress address) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel shutdownInput() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel shutdownOutput() {
      throw new UnsupportedOperationException();
    }

    @Override
    public java.net.Socket socket() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public boolean isConnectionPending() {
      return false;
    }

    @Override
    public boolean connect(SocketAddress address) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean finishConnect() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer buffer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer buffer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
      throw new UnsupportedOperationException();
    }
  }
}
