package org.jarvis.itests.container;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Secret;

/** What an open page is to Jarvis: one socket on the cluster's channel, with a person's session. */
final class OpenPage implements WebSocket.Listener {
  private static final String USER = "ada";
  private static final Secret PASSWORD = Secret.of("correct horse battery");
  private static final long PATIENCE_SECONDS = 60;
  private static final int SWITCHED = 101;

  /** While the channel's bundle still starts. */
  private static final int NOT_YET = 404;

  private static final Pattern START = Pattern.compile("\\{\"type\":\"(\\w+)\",\"seq\":(\\d+),");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String host;
  private final String cookie;
  private final List<Step> steps = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private volatile boolean open = true;

  private OpenPage(String host, String cookie) {
    this.host = host;
    this.cookie = cookie;
  }

  /** A message's type and its number in the chain. */
  record Step(String type, long seq) {}

  /** Makes the first account, signs in and opens the socket. */
  static OpenPage open(Authenticator authenticator) throws InterruptedException {
    authenticator
        .setupToken()
        .ifPresent(token -> authenticator.setUp(token, USER, PASSWORD, "127.0.0.1"));
    String cookie = authenticator.openSession(USER, PASSWORD, null, "127.0.0.1").cookie().reveal();
    String host = "127.0.0.1:" + System.getProperty(DistributionUnderTest.PORT_PROPERTY);
    OpenPage page = new OpenPage(host, cookie);
    WebSocket.Builder handshake =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Cookie", "jarvis_session=" + cookie)
            .header("Origin", "http://" + host);
    URI channel = URI.create("ws://" + host + "/ws/cluster");
    Patience.await(() -> status(handshake.buildAsync(channel, page)), answer -> answer != NOT_YET);
    return page;
  }

  /** What the server answered; any other refusal than that of a route still to come is thrown. */
  private static int status(CompletableFuture<WebSocket> opening) {
    try {
      opening.join();
      return SWITCHED;
    } catch (CompletionException refused) {
      if (refused.getCause() instanceof WebSocketHandshakeException handshake
          && handshake.getResponse().statusCode() == NOT_YET) {
        return NOT_YET;
      }
      throw refused;
    }
  }

  /** Waits for a frame that holds these characters. */
  void await(String characters) throws InterruptedException {
    String frame = "";
    while (frame != null && !frame.contains(characters)) {
      frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    assertTrue("no frame with " + characters, frame != null);
  }

  /** The messages so far, in the order in which they came. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** The status that the page is answered when it reads this over REST. */
  int read(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .header("Cookie", "jarvis_session=" + cookie)
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      Matcher start = START.matcher(part);
      if (start.lookingAt()) {
        steps.add(new Step(start.group(1), Long.parseLong(start.group(2))));
      }
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
