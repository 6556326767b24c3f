package org.jarvis.itests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine's own address. */
final class Ports {
  private Ports() {}

  /** One that nothing listens on. */
  static int free() {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that nothing listens on, and nothing on the next: the lab takes both. */
  static int freePair() {
    while (true) {
      int port = free();
      try (ServerSocket next = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
        return next.getLocalPort() - 1;
      } catch (IOException taken) {
        // Then another pair.
      }
    }
  }

  /** Listens on a free one until closed. */
  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
