package org.jarvis.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body that comes after the answer is known, as it does from a slow line. */
class UnreadBodyTest {
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void saysThatTheConnectionEndsWhereItRefusesWithoutReading() throws IOException {
    try (Client client = new Client()) {
      client.send("POST /api/auth/logout", "", "Content-Length: 2");

      assertThat(client.answer()).startsWith("HTTP/1.1 401").contains("Connection: close");
    }
  }

  @Test
  void keepsTheConnectionWhereSomethingAnswersWithoutReading() throws IOException {
    try (Client client = new Client()) {
      client.send("POST /api/auth/logout", FakeAuthenticator.TOKEN, "Content-Length: 2");
      String early = client.answer();
      client.write("{}");
      client.send("GET /api/auth/me", FakeAuthenticator.TOKEN, "Content-Length: 0");

      assertThat(early).startsWith("HTTP/1.1 409").doesNotContain("Connection: close");
      assertThat(client.answer()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void boundsABodyThatNobodyWants() throws IOException {
    try (Client client = new Client()) {
      client.send("GET /api/auth/me", FakeAuthenticator.TOKEN, "Content-Length: 1048577");

      assertThat(client.answer()).startsWith("HTTP/1.1 413").contains("Connection: close");
    }
    try (Client client = new Client()) {
      client.send("GET /api/health", "", "Content-Length: 1048577");

      assertThat(client.answer()).startsWith("HTTP/1.1 413").contains("Connection: close");
    }
  }

  @Test
  void readsPastWhatIsTooLargeSoThatItsSenderHearsSo() throws IOException {
    int length = 4 * 1024 * 1024;
    try (Client client = new Client()) {
      client.send("POST /api/auth/logout", FakeAuthenticator.TOKEN, "Content-Length: " + length);
      // A connection that had ended meanwhile would break the writing, or the reading after it.
      for (int sent = 0; sent < length; sent += 64 * 1024) {
        client.write("x".repeat(64 * 1024));
      }

      assertThat(client.answer()).startsWith("HTTP/1.1 413").contains("Connection: close");
    }
  }

  @Test
  void givesStrangersFewPlacesForBodiesThatNobodyWants() throws IOException {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        Client client = new Client();
        clients.add(client);
        client.send("GET /api/health", "", "Content-Length: 2");
        assertThat(client.answer()).startsWith("HTTP/1.1 200");
      }
      try (Client oneMore = new Client()) {
        oneMore.send("GET /api/health", "", "Content-Length: 2");
        assertThat(oneMore.answer()).startsWith("HTTP/1.1 429");
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  /** A client that decides itself when what is sent. */
  private final class Client implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    private final BufferedReader reader;

    Client() throws IOException {
      socket.setSoTimeout(10_000);
      reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void send(String request, String token, String length) throws IOException {
      write(
          request
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
              + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
              + length
              + "\r\n\r\n");
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Status line and headers; the body is read and dropped. */
    String answer() throws IOException {
      StringBuilder head = new StringBuilder();
      int length = 0;
      for (String line = reader.readLine();
          line != null && !line.isEmpty();
          line = reader.readLine()) {
        head.append(line).append('\n');
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring("Content-Length: ".length()));
        }
      }
      for (int i = 0; i < length; i++) {
        reader.read();
      }
      return head.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
