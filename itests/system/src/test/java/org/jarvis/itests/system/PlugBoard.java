package org.jarvis.itests.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;

/**
 * Lets a test in a browser pull the plug of the Jarvis that it looks at: {@code POST} to {@code
 * /kill}, {@code /start}, {@code /freeze} and {@code /thaw} below its address. An answer comes when
 * that is done; {@code /start} is done when Jarvis says that it is ready.
 */
final class PlugBoard implements AutoCloseable {
  private final HttpServer server;
  private final String secret = UUID.randomUUID().toString();
  private RunningJarvis jarvis;

  PlugBoard(RunningJarvis jarvis) throws IOException {
    this.jarvis = jarvis;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/" + secret, this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + secret);
  }

  /** The Jarvis that runs by now, which a test closes at its end. */
  synchronized RunningJarvis jarvis() {
    return jarvis;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(pull(exchange.getRequestURI().getPath()) ? 204 : 404, -1);
    } catch (IOException failed) {
      System.err.println("The plug board: " + failed.getMessage());
      throw failed;
    }
  }

  private boolean pull(String path) throws IOException {
    switch (path.substring(secret.length() + 1)) {
      case "/kill" -> jarvis.kill();
      case "/start" -> jarvis = jarvis.again();
      case "/freeze" -> jarvis.freeze();
      case "/thaw" -> jarvis.thaw();
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
