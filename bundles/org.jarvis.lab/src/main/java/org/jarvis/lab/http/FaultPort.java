package org.jarvis.lab.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jarvis.lab.fault.FaultApi;

/** The fault switches over plain HTTP on loopback; see {@link FaultApi} for what it takes. */
public final class FaultPort implements AutoCloseable {

  private static final Logger LOG = System.getLogger(FaultPort.class.getName());

  private final ObjectMapper json = new ObjectMapper();
  private final FaultApi api;
  private final HttpPort port;

  /** Opens the port; 0 takes a free one. */
  public FaultPort(int wantedPort, FaultApi api, ScheduledExecutorService workers)
      throws IOException {
    this.api = api;
    this.port =
        new HttpPort(wantedPort, 1, null, new OpenConnections(), List.of(), workers, this::handle);
  }

  /** The port's number. */
  public int number() {
    return port.number();
  }

  @Override
  public void close() {
    port.close();
  }

  private void handle(
      HttpRequest request, String body, ResponseTrigger response, HttpContext context) {
    try {
      FaultApi.Answer answer = answer(request, body);
      byte[] text =
          (json.writeValueAsString(answer.body()) + "\n").getBytes(StandardCharsets.UTF_8);
      HttpResponse head = new BasicHttpResponse(answer.status(), answer.reason());
      head.addHeader("Connection", answer.status() < 400 ? "Keep-Alive" : "close");
      head.addHeader("Content-Length", text.length);
      head.addHeader("Content-Type", "application/json");
      response.submitResponse(
          new BasicResponseProducer(
              head, new BasicAsyncEntityProducer(text, ContentType.APPLICATION_JSON)),
          context);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(
          "an answer of plain maps and lists cannot fail to be written", impossible);
    } catch (HttpException | IOException gone) {
      LOG.log(Level.DEBUG, "nobody waits any more for the reply to {0}", request.getRequestUri());
    }
  }

  private FaultApi.Answer answer(HttpRequest request, String body) {
    try {
      ParsedUri uri = ParsedUri.of(request, body);
      return api.answer(
          request.getMethod(),
          uri.path(),
          ParsedUri.header(request, "Authorization"),
          uri.parameters());
    } catch (URISyntaxException malformed) {
      return new FaultApi.Answer(400, "Bad Request", Map.of("error", "the address is malformed"));
    }
  }
}
