package org.jarvis.lab.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicServerExchangeHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A listening port on 127.0.0.1, and on further addresses where the system has them, that speaks
 * HTTP/1.1 with a fixed, small number of threads. Responses are written exactly as they are given:
 * no header is added.
 */
final class HttpPort implements AutoCloseable {

  private static final Logger LOG = System.getLogger(HttpPort.class.getName());
  private static final Timeout IDLE = Timeout.ofMinutes(5);
  private static final int START_SECONDS = 10;

  /** Deals with a request whose body has been read; may answer later and from another thread. */
  interface Handler {
    void handle(
        HttpRequest request,
        String body,
        AsyncServerRequestHandler.ResponseTrigger response,
        HttpContext context);
  }

  private final HttpAsyncServer server;
  private final OpenConnections connections;
  private final int port;

  HttpPort(
      int wantedPort,
      int threads,
      @Nullable TlsStrategy tls,
      OpenConnections connections,
      Collection<String> furtherAddresses,
      ScheduledExecutorService workers,
      Handler handler)
      throws IOException {
    this.connections = connections;
    IOReactorConfig reactor =
        IOReactorConfig.custom()
            .setIoThreadCount(threads)
            .setSoTimeout(IDLE)
            .setTcpNoDelay(true)
            // A lab that was killed comes back on its port, whatever its connections still wait
            // for.
            .setSoReuseAddress(true)
            .build();
    // What the status line says decides, not the headers: behind its proxy the real API sends both
    // answers at once.
    ConnectionReuseStrategy reuse = (request, response, context) -> response.getCode() < 400;
    AsyncServerBootstrap bootstrap =
        AsyncServerBootstrap.bootstrap()
            .setIOReactorConfig(reactor)
            .setIOSessionListener(connections)
            .setHttpProcessor(HttpProcessorBuilder.create().build())
            .setConnectionReuseStrategy(reuse)
            .setRequestRouter(
                (request, context) -> () -> new BasicServerExchangeHandler<>(adapted(handler)));
    if (tls != null) {
      bootstrap.setTlsStrategy(tls);
      bootstrap.setStreamListener(new Farewells(connections, workers));
    }
    server = bootstrap.create();
    server.start();
    try {
      URIScheme scheme = tls == null ? URIScheme.HTTP : URIScheme.HTTPS;
      port = listen(wantedPort, scheme);
      furtherAddresses.forEach(address -> listenToo(address, scheme));
    } catch (IOException unavailable) {
      close();
      throw unavailable;
    }
  }

  int number() {
    return port;
  }

  void cutConnections() {
    connections.cut();
  }

  @Override
  public void close() {
    server.close(CloseMode.IMMEDIATE);
    try {
      server.awaitShutdown(TimeValue.ofSeconds(START_SECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private int listen(int wantedPort, URIScheme scheme) throws IOException {
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    try {
      ListenerEndpoint endpoint =
          server
              .listen(new InetSocketAddress(loopback, wantedPort), scheme)
              .get(START_SECONDS, TimeUnit.SECONDS);
      return ((InetSocketAddress) endpoint.getAddress()).getPort();
    } catch (ExecutionException failed) {
      throw new IOException(
          "cannot listen on 127.0.0.1:"
              + wantedPort
              + " ("
              + failed.getCause()
              + "); choose another port",
          failed);
    } catch (TimeoutException slow) {
      throw new IOException(
          "listening on 127.0.0.1:" + wantedPort + " took longer than " + START_SECONDS + " s",
          slow);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted while starting to listen").initCause(interrupted);
    }
  }

  /** Some systems have only one address on loopback; then that one has to do. */
  private void listenToo(String address, URIScheme scheme) {
    try {
      ListenerEndpoint unused =
          server
              .listen(new InetSocketAddress(InetAddress.getByName(address), port), scheme)
              .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | UnknownHostException unavailable) {
      LOG.log(
          Level.INFO,
          "cannot listen on {0}:{1}, that member will not answer by itself ({2})",
          address,
          String.valueOf(port),
          unavailable.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static AsyncServerRequestHandler<Message<HttpRequest, String>> adapted(Handler handler) {
    return new AsyncServerRequestHandler<>() {
      @Override
      public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
          HttpRequest request, @Nullable EntityDetails entity, HttpContext context) {
        return new BasicRequestConsumer<>(entity == null ? null : new BoundedText());
      }

      @Override
      public void handle(
          Message<HttpRequest, String> message, ResponseTrigger response, HttpContext context) {
        String body = message.getBody();
        handler.handle(message.getHead(), body == null ? "" : body, response, context);
      }
    };
  }
}
