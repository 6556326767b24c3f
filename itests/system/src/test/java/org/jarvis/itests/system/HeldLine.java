package org.jarvis.itests.system;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The line between Jarvis and a lab, on which what the lab answers can be held back: the lab has
 * done what it was asked to, and Jarvis does not know. It passes bytes on and reads none of them.
 */
final class HeldLine implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  private final ServerSocket port;
  private final int lab;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Object gate = new Object();
  private boolean held;
  private Duration delay = Duration.ZERO;

  private HeldLine(ServerSocket port, int lab) {
    this.port = port;
    this.lab = lab;
  }

  /** A line to the lab on this port of this machine. */
  static HeldLine to(int lab) throws IOException {
    HeldLine line = new HeldLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), lab);
    daemon(line::accept);
    return line;
  }

  /** Where Jarvis finds the lab. */
  String address() {
    return "https://127.0.0.1:" + port.getLocalPort();
  }

  /** From now on answers are on the way for so long, in which they can still be held. */
  void slow(Duration longer) {
    synchronized (gate) {
      delay = longer;
    }
  }

  /** From now on no answer arrives, also none that is on the way. */
  void hold() {
    synchronized (gate) {
      held = true;
    }
  }

  /** All answers arrive again, the held ones as well, and at once. */
  void release() {
    synchronized (gate) {
      held = false;
      delay = Duration.ZERO;
      gate.notifyAll();
    }
  }

  private void accept() {
    while (!port.isClosed()) {
      try {
        Socket client = port.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), lab);
        // As the ends of the line do: otherwise small pieces wait for one another.
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        daemon(() -> pass(client, server, false));
        daemon(() -> pass(server, client, true));
      } catch (IOException gone) {
        // The lab or the line is gone; whoever called notices.
      }
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (answers) {
          travel();
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException gone) {
      // One of both is gone, and so is the other now.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void travel() throws InterruptedException {
    synchronized (gate) {
      long began = System.nanoTime();
      long left = delay.toMillis();
      while (held || left > 0) {
        gate.wait(held ? 0 : left);
        left = delay.toMillis() - NANOSECONDS.toMillis(System.nanoTime() - began);
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "held-line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    release();
    port.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
