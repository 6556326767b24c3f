package org.jarvis.gateway.metrics;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.problem.Severity;
import org.jarvis.gateway.HealthBoard;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.guard.Traffic;
import org.jarvis.gateway.socket.LiveFeeds;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics}: Jarvis's own health and the clusters' figures, for Prometheus. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/metrics")
public final class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(MetricsServlet.class);

  private final transient Parts parts;
  private final transient HealthBoard board;
  private final transient LiveFeeds feeds;
  private final transient Traffic traffic;

  /** A servlet that tells of these. */
  @Activate
  public MetricsServlet(
      @Reference Parts parts,
      @Reference HealthBoard board,
      @Reference LiveFeeds feeds,
      @Reference Traffic traffic) {
    this.parts = parts;
    this.board = board;
    this.feeds = feeds;
    this.traffic = traffic;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Caller.of(request);
    Exposition out = new Exposition();
    for (ComponentHealth component : board.components()) {
      for (ComponentHealth.Status status : ComponentHealth.Status.values()) {
        out.gauge(
            "jarvis_component_status",
            "1 for the state that a part of Jarvis is in, 0 for the others.",
            ClusterFigures.bit(component.status() == status),
            "component",
            component.name(),
            "status",
            status.name().toLowerCase(Locale.ROOT));
      }
    }
    ProcessFigures.add(out);
    traffic
        .answered()
        .forEach(
            (status, count) ->
                out.counter(
                    "jarvis_http_requests_total", "Requests answered.", count, "status", status));
    feeds
        .open()
        .forEach(
            (channel, count) ->
                out.gauge("jarvis_sockets", "Open WebSockets.", count, "channel", channel));
    out.counter(
        "jarvis_sockets_dropped_total",
        "WebSockets closed because their client was too slow.",
        feeds.dropped());
    addCore(out);
    byte[] body = out.toString().getBytes(StandardCharsets.UTF_8);
    response.setContentType(Exposition.MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Whatever is away has no figures; that it is away is among the components. */
  private void addCore(Exposition out) {
    parts
        .events()
        .find()
        .ifPresent(
            events -> {
              try {
                out.counter("jarvis_event_head", "The number of the newest event.", events.head());
              } catch (JarvisException away) {
                LOG.debug("The newest event cannot be told at the moment.", away);
              }
            });
    parts
        .gate()
        .find()
        .ifPresent(
            gate ->
                out.gauge(
                    "jarvis_actions_awaiting_approval",
                    "Actions that wait for a person.",
                    gate.awaitingApproval().size()));
    parts.problems().find().ifPresent(problems -> addProblems(out, problems));
    parts.modelUsage().find().ifPresent(store -> addModels(out, store));
    ClusterFigures figures = new ClusterFigures(out, Instant.now());
    parts.liveState().find().ifPresent(state -> state.clusters().forEach(figures::add));
  }

  private static void addModels(Exposition out, ConversationStore store) {
    try {
      new ModelFigures(out, Instant.now(), ZoneId.systemDefault()).add(store);
    } catch (JarvisException away) {
      LOG.debug("What asking models took cannot be told at the moment.", away);
    }
  }

  private static void addProblems(Exposition out, Problems problems) {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    problems.open().forEach(problem -> counts.merge(problem.severity(), 1, Integer::sum));
    for (Severity severity : Severity.values()) {
      out.gauge(
          "jarvis_problems",
          "Problems that are open.",
          counts.getOrDefault(severity, 0),
          "severity",
          severity.word());
    }
  }
}
