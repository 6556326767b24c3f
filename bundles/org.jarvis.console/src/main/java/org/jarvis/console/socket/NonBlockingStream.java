package org.jarvis.console.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Writes what fits, and drops the rest: nobody shall hold up the one who opens the door. */
final class NonBlockingStream extends OutputStream {
  private final SocketChannel channel;

  NonBlockingStream(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    channel.write(ByteBuffer.wrap(bytes, offset, length));
  }
}
