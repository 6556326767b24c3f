package org.jarvis.mcp;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.auth.SessionListener;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.tool.ToolCatalogue;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /mcp}: puts the parts together, keeps them going, and ends sessions with the tokens that
 * they belong to. The core's parts come and go while sessions stay open.
 */
@Component(service = {Servlet.class, SessionListener.class})
@HttpWhiteboardServletPattern("/mcp")
@HttpWhiteboardServletAsyncSupported
public final class McpEndpoint implements Servlet, SessionListener {
  private static final Logger LOG = LoggerFactory.getLogger(McpEndpoint.class);
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final int SEATS = 32;
  private static final int SEATS_OF_ONE = 16;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration BEAT = Duration.ofSeconds(15);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ToolCatalogue catalogue;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ActionGate gate;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable LiveState state;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Problems problems;

  private final SessionTable sessions;
  private final McpServlet servlet;
  private final ScheduledExecutorService keeper;

  @Activate
  public McpEndpoint(BundleContext bundle) {
    Clock clock = Clock.systemUTC();
    CoreParts core = new CoreParts(() -> catalogue, () -> gate, () -> state, () -> problems);
    ToolShelf shelf = new ToolShelf(core);
    ActionViews views = new ActionViews(core);
    ToolCalls calls =
        new ToolCalls(
            core, shelf, views, PATIENCE, new WaitingRoom(SEATS, SEATS_OF_ONE), System::nanoTime);
    this.sessions = new SessionTable(clock);
    this.servlet =
        new McpServlet(
            new Protocol(
                shelf,
                calls,
                new StateResources(core, views, clock),
                new QuestionPrompts(core),
                bundle.getBundle().getVersion().toString()),
            sessions,
            System::nanoTime);
    this.keeper =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "jarvis-mcp-keeper");
              thread.setDaemon(true);
              return thread;
            });
    repeat(new CatalogueWatch(shelf, sessions::all)::look, LOOK);
    repeat(sessions::sweep, LOOK);
    repeat(() -> sessions.all().forEach(ClientSession::beat), BEAT);
  }

  private void repeat(Runnable work, Duration every) {
    Runnable safely =
        () -> {
          try {
            work.run();
          } catch (RuntimeException failure) {
            // A run that throws would be the last one.
            LOG.warn("Looking after the MCP sessions failed; it goes on.", failure);
          }
        };
    var unused =
        keeper.scheduleWithFixedDelay(
            safely, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Deactivate
  void deactivate() {
    keeper.shutdownNow();
    sessions.close();
  }

  @Override
  public void sessionEnded(String credential) {
    sessions.endOf(credential);
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    servlet.init(config);
  }

  @Override
  public ServletConfig getServletConfig() {
    return servlet.getServletConfig();
  }

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    servlet.service(request, response);
  }

  @Override
  public String getServletInfo() {
    return servlet.getServletInfo();
  }

  @Override
  public void destroy() {
    servlet.destroy();
  }
}
