package org.jarvis.itests.container;

import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Secret;

/** What an open page is to Jarvis: one socket on the cluster's channel, with a person's session. */
final class OpenPage implements WebSocket.Listener {
  private static final String USER = "ada";
  private static final Secret PASSWORD = Secret.of("correct horse battery");
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private volatile boolean open = true;

  private OpenPage() {}

  /** Makes the first account, signs in and opens the socket. */
  static OpenPage open(Authenticator authenticator) {
    authenticator
        .setupToken()
        .ifPresent(token -> authenticator.setUp(token, USER, PASSWORD, "127.0.0.1"));
    String cookie = authenticator.openSession(USER, PASSWORD, null, "127.0.0.1").cookie().reveal();
    String host = "127.0.0.1:" + System.getProperty(DistributionUnderTest.PORT_PROPERTY);
    OpenPage page = new OpenPage();
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Cookie", "jarvis_session=" + cookie)
        .header("Origin", "http://" + host)
        .buildAsync(URI.create("ws://" + host + "/ws/cluster"), page)
        .join();
    return page;
  }

  /** Waits for a frame that holds these characters. */
  void await(String characters) throws InterruptedException {
    String frame = "";
    while (frame != null && !frame.contains(characters)) {
      frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    assertTrue("no frame with " + characters, frame != null);
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      frames.add(part.toString());
      part.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    open = false;
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    open = false;
  }
}
