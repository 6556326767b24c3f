package org.jarvis.lab;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jarvis.lab.pve.ApiToken;
import org.jarvis.lab.pve.Fingerprints;

/**
 * Speaks HTTP over one TLS socket and shows every byte of the head, which the JDK's client does
 * not.
 */
public final class WireClient implements AutoCloseable {

  private final SSLSocket socket;

  public WireClient(Lab lab) throws IOException {
    this(lab.port());
  }

  public WireClient(int port) throws IOException {
    this("127.0.0.1", port);
  }

  public WireClient(String address, int port) throws IOException {
    socket = (SSLSocket) trusting().getSocketFactory().createSocket(address, port);
    socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
    socket.startHandshake();
  }

  /** One request on a connection of its own. */
  public static Recorded ask(Lab lab, ApiToken token, String method, String path)
      throws IOException {
    return ask(lab, "PVEAPIToken=" + token.credential(), method, path);
  }

  public static Recorded ask(Lab lab, String authorization, String method, String path)
      throws IOException {
    try (WireClient client = new WireClient(lab)) {
      return client.send(authorization, method, path, "");
    }
  }

  public Recorded send(ApiToken token, String method, String path, String form) throws IOException {
    return send("PVEAPIToken=" + token.credential(), method, path, form);
  }

  public Recorded send(String authorization, String method, String path, String form)
      throws IOException {
    String body = method.equals("GET") || method.equals("DELETE") ? "" : form;
    String request =
        method
            + (path.startsWith("/api2/") ? " " : " /api2/json")
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n")
            + (method.equals("POST") || method.equals("PUT")
                ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                    + body.length()
                    + "\r\n"
                : "")
            + "\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return receive();
  }

  /** Whether no byte comes within this time. */
  public boolean hearsNothingFor(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException silence) {
      return true;
    }
  }

  /** Sends without waiting for anything. */
  public void sendOnly(ApiToken token, String path) throws IOException {
    String request =
        "GET /api2/json"
            + path
            + " HTTP/1.1\r\nHost: x\r\nAuthorization: PVEAPIToken="
            + token.credential()
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  public boolean serverHasClosed() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  public String fingerprint() throws IOException {
    try {
      return Fingerprints.of(socket.getSession().getPeerCertificates()[0].getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IOException(impossible);
    }
  }

  private Recorded receive() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed within the head: " + head.toString(StandardCharsets.UTF_8));
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.UTF_8);
    Recorded bare = Recorded.parse(text);
    if (bare.header("Content-Length").isEmpty()) {
      return Recorded.parse(text + new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    int length = Integer.parseInt(bare.header("Content-Length").get(0));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException(
          "closed after " + body.length + " of " + length + " bytes of the body");
    }
    return Recorded.parse(text + new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A context that trusts everything, for clients whose matter is something else. */
  static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustEverything()}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static final class TrustEverything implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
