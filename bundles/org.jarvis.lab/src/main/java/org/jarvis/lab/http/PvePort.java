package org.jarvis.lab.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jarvis.lab.fault.Fault;
import org.jarvis.lab.fault.FaultSwitches;
import org.jarvis.lab.pve.Formatter;
import org.jarvis.lab.pve.PveApi;
import org.jarvis.lab.pve.PveReply;
import org.jarvis.lab.pve.PveRequest;
import org.jarvis.lab.sim.SimulatedClock;
import org.jspecify.annotations.Nullable;

/**
 * The Proxmox VE API over HTTPS, with the faults that befall replies. A reply that is late or never
 * comes holds no thread.
 */
public final class PvePort implements AutoCloseable {

  private static final int REACTOR_THREADS = 2;
  private static final Logger LOG = System.getLogger(PvePort.class.getName());

  private final PveApi api;
  private final FaultSwitches faults;
  private final ScheduledExecutorService workers;
  private final SimulatedClock clock;
  private final Map<String, String> byAddress = new LinkedHashMap<>();
  private final String first;
  private final HttpPort port;

  /** Opens the port; 0 takes a free one. */
  public PvePort(
      int wantedPort,
      LabCertificates certificates,
      List<LabCertificates.Member> members,
      PveApi api,
      FaultSwitches faults,
      ScheduledExecutorService workers,
      SimulatedClock clock)
      throws IOException {
    this.api = api;
    this.faults = faults;
    this.workers = workers;
    this.clock = clock;
    this.first = members.get(0).node();
    members.forEach(member -> byAddress.put(member.address(), member.node()));
    OpenConnections connections = new OpenConnections();
    SwitchedTls tls =
        new SwitchedTls(
            certificates,
            address -> member(address).orElse(first),
            () -> faults.suffers(Fault.WrongCertificate.class),
            clock,
            connections::secured);
    this.port =
        new HttpPort(
            wantedPort,
            REACTOR_THREADS,
            tls,
            connections,
            byAddress.keySet(),
            workers,
            this::handle);
    faults.onCertificateChange(port::cutConnections);
  }

  /** The port's number. */
  public int number() {
    return port.number();
  }

  @Override
  public void close() {
    port.close();
  }

  /** The member of an address; empty for 127.0.0.1, behind which is whichever member is there. */
  private Optional<String> member(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? Optional.ofNullable(byAddress.get(inet.getAddress().getHostAddress()))
        : Optional.empty();
  }

  private static @Nullable SocketAddress localAddress(HttpContext context) {
    EndpointDetails endpoint = HttpCoreContext.cast(context).getEndpointDetails();
    return endpoint == null ? null : endpoint.getLocalAddress();
  }

  private void handle(
      HttpRequest request, String body, ResponseTrigger response, HttpContext context) {
    Optional<String> member = member(localAddress(context));
    if (faults.silent(member) || member.filter(name -> !api.answers(name)).isPresent()) {
      return;
    }
    Duration delay = faults.delay(member);
    try {
      // The answer itself reports what goes wrong with it.
      ScheduledFuture<?> unused =
          workers.schedule(
              () -> answer(request, body, member, response, context),
              delay.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      LOG.log(Level.DEBUG, "closing; {0} gets no reply", request.getRequestUri());
    }
  }

  private void answer(
      HttpRequest request,
      String body,
      Optional<String> member,
      ResponseTrigger response,
      HttpContext context) {
    Outgoing outgoing =
        Outgoing.of(
            reply(request, body, member),
            faults,
            String.valueOf(ParsedUri.header(request, "Accept-Encoding")).contains("gzip"));
    try {
      response.submitResponse(
          new BasicResponseProducer(
              outgoing.head(clock.wall().plus(member.map(api::skew).orElse(Duration.ZERO))),
              outgoing.entity()),
          context);
    } catch (HttpException | IOException gone) {
      LOG.log(Level.DEBUG, "nobody waits any more for the reply to {0}", request.getRequestUri());
    }
  }

  private PveReply reply(HttpRequest request, String body, Optional<String> member) {
    try {
      ParsedUri uri = ParsedUri.of(request, body);
      Optional<Formatter> formatter = Formatter.of(uri.path());
      if (formatter.isEmpty()) {
        return PveReply.bare(404, "Not Found");
      }
      return api.answer(
          new PveRequest(
              formatter.get(),
              request.getMethod(),
              formatter.get().below(uri.path()),
              ParsedUri.header(request, "Authorization"),
              uri.parameters(),
              member));
    } catch (URISyntaxException malformed) {
      return PveReply.bare(400, "Bad Request");
    } catch (RuntimeException bug) {
      LOG.log(
          Level.ERROR,
          "the lab failed on " + request.getMethod() + " " + request.getRequestUri(),
          bug);
      return PveReply.bare(500, "the lab failed; its log says why");
    }
  }
}
