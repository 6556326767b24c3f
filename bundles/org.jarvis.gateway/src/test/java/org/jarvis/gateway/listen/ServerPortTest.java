package org.jarvis.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerPortTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir Path folder;
  private final Server server = new Server();
  private ShownCertificate shown;
  private ServerPort port;
  private ServerConnector connector;

  @BeforeEach
  void start() throws Exception {
    // As the server of the distribution does: a port of its own first.
    ServerConnector own = new ServerConnector(server);
    own.setHost("127.0.0.1");
    server.addConnector(own);
    server.setHandler(new ServletContextHandler("/"));
    server.start();
    shown =
        new ShownCertificate(
            new HouseCertificate(folder.resolve("tls")).get(Ports.names(), Instant.now()));
    port = new ServerPort(new Listener("127.0.0.1", 0, true), shown, true);
    connector = Ports.tls(server, port);
    connector.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private SSLSocket connect(String... protocols) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.setSoTimeout(10_000);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return socket;
  }

  private static String fingerprint(SSLSocket socket) throws Exception {
    return new Identity(
            null, List.of((X509Certificate) socket.getSession().getPeerCertificates()[0]), false)
        .fingerprint();
  }

  private static String ask(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    byte[] buffer = new byte[8192];
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().contains("\r\n\r\n")) {
      int read = socket.getInputStream().read(buffer);
      if (read < 0) {
        break;
      }
      answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
    }
    return answer.toString();
  }

  @Test
  void closesThePortThatTheServerOpenedByItself() {
    assertThat(server.getConnectors()).containsExactly(connector);
  }

  @Test
  void speaksOnlyTheVersionsOfTlsThatAreStillSound() throws Exception {
    try (SSLSocket socket = connect("TLSv1.3")) {
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
    try (SSLSocket socket = connect("TLSv1.2")) {
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
    }
    assertThat(shown.context().newSSLEngine().getEnabledProtocols())
        .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
  }

  @Test
  void answersNothingInPlainText() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      socket.setSoTimeout(10_000);
      assertThat(ask(socket, REQUEST)).doesNotContain("HTTP/1.1 200", "HTTP/1.1 404");
    }
  }

  @Test
  void showsANewCertificateWithoutClosingWhatIsOpen() throws Exception {
    try (SSLSocket before = connect()) {
      ask(before, REQUEST);
      Identity own = Pem.ec(Instant.now().plus(Duration.ofDays(60))).in(folder).read(Instant.now());
      assertThat(shown.show(own)).isTrue();
      port.certificateChanged();
      try (SSLSocket after = connect()) {
        assertThat(fingerprint(after)).isEqualTo(own.fingerprint());
        assertThat(fingerprint(before)).isNotEqualTo(own.fingerprint());
      }
      assertThat(ask(before, REQUEST)).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void tellsBrowsersToInsistOnTlsWithTheUsersOwnCertificateOnly() throws Exception {
    try (SSLSocket socket = connect()) {
      assertThat(ask(socket, REQUEST)).doesNotContainIgnoringCase("strict-transport-security");
    }
    shown.show(Pem.ec(Instant.now().plus(Duration.ofDays(60))).in(folder).read(Instant.now()));
    port.certificateChanged();
    try (SSLSocket socket = connect()) {
      assertThat(ask(socket, REQUEST))
          .containsIgnoringCase("strict-transport-security: max-age=31536000");
    }
  }

  @Test
  void answersForNamesThatAreNotInTheCertificate() throws Exception {
    try (SSLSocket socket = connect()) {
      assertThat(ask(socket, "GET / HTTP/1.1\r\nHost: jarvis.example.org\r\n\r\n"))
          .startsWith("HTTP/1.1 404");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a//b/..;/c HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "NONSENSE\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "GET /none HTTP/1.1\r\nHost: a\r\n\r\n",
      })
  void answersWithAProblemToWhatNeverReachesTheGuard(String request) throws Exception {
    try (SSLSocket socket = connect()) {
      assertThat(ask(socket, request))
          .containsPattern("^HTTP/1.1 (?:4[0-9]{2}|505) ")
          .containsIgnoringCase("content-type: application/problem+json")
          .containsIgnoringCase("x-content-type-options: nosniff")
          .doesNotContainIgnoringCase("server:")
          .doesNotContainIgnoringCase("text/html");
    }
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    try (SSLSocket socket = connect()) {
      assertThat(ask(socket, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431")
          .containsIgnoringCase("application/problem+json");
    }
  }

  @Test
  void goesOnAnsweringWhileConnectionsAreHeldOverTheBound() throws Exception {
    ServerPort narrow =
        new ServerPort(
            new Listener("127.0.0.1", 0, false), null, true, new ConnectionBounds.Bounds(25, 5, 3));
    ServerConnector bounded = Ports.tls(server, narrow);
    bounded.start();
    ConnectionBounds bounds = bounded.getBean(ConnectionBounds.class);
    List<Socket> held = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      held.add(plain(bounded));
      ask(held.get(i), REQUEST);
    }
    try (Socket over = plain(bounded)) {
      assertThat(over.getInputStream().read()).isNegative();
    }
    assertThat(bounds.count()).isEqualTo(20);
    assertThat(ask(held.get(0), REQUEST)).startsWith("HTTP/1.1 404");

    held.remove(0).close();
    String answer = "";
    for (int tries = 0; tries < 500 && answer.isEmpty(); tries++) {
      try (Socket next = plain(bounded)) {
        answer = ask(next, REQUEST);
      } catch (IOException refused) {
        TimeUnit.MILLISECONDS.sleep(10); // until the server has noticed
      }
    }
    assertThat(answer).startsWith("HTTP/1.1 404");
    for (Socket socket : held) {
      socket.close();
    }
  }

  private static Socket plain(ServerConnector connector) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  @Test
  void saysWhichPortIsTaken() {
    ServerPort taken =
        new ServerPort(new Listener("127.0.0.1", connector.getLocalPort(), false), null, true);
    assertThatThrownBy(() -> taken.createConnector(server))
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining(Integer.toString(connector.getLocalPort()))
        .hasMessageContaining("--port");
    assertThat(server.getConnectors()).containsExactly(connector);
  }

  @Test
  void trustsItsOwnCertificateAndNoOther() throws Exception {
    ShownCertificate other =
        new ShownCertificate(
            new HouseCertificate(folder.resolve("other")).get(Ports.names(), Instant.now()));
    try (Socket socket =
        shown.trusting().createSocket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      assertThat(ask(socket, REQUEST)).startsWith("HTTP/1.1 404");
    }
    try (Socket socket =
        other.trusting().createSocket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      assertThatThrownBy(() -> ask(socket, REQUEST)).isInstanceOf(IOException.class);
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // Nobody asks.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // The test looks at it itself.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
