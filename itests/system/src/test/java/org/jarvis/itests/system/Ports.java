package org.jarvis.itests.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports of this machine's own address, below those that the system hands to clients: a connection
 * of anybody's would be in the way of a server that comes a moment later.
 */
final class Ports {
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int LAB = 64;

  private Ports() {}

  /** One that nothing listens on. */
  static int free() {
    return first(1);
  }

  /**
   * One for a lab, which takes the next as well and from the sixteenth after it one for each host.
   */
  static int forLab() {
    return first(LAB);
  }

  private static int first(int length) {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - length);
      if (IntStream.range(port, port + length).allMatch(Ports::isFree)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Listens on a free one until closed. */
  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
