package org.jarvis.gateway.guard;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.GatewayConfiguration;
import org.jarvis.gateway.Opening;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.problem.Problem;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * The one gate in front of everything that is served, in every servlet context: REST, WebSocket
 * upgrades, the page, and what extensions bring. In this order: security headers, path, query,
 * traffic, Host, Origin, login, audience, CSRF, scope, body. What no rule makes public needs a
 * login, also what does not exist.
 */
@Component(
    service = Filter.class,
    configurationPid = "org.jarvis.gateway",
    property = "service.ranking:Integer=1000000")
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=*)")
@HttpWhiteboardFilterAsyncSupported
@Designate(ocd = GatewayConfiguration.class)
public final class RequestGuard implements Filter {
  private static final Set<String> READING = Set.of("GET", "HEAD");
  // Not TRACE: servlets answer it by themselves with everything that the request held.
  private static final Set<String> KNOWN =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final String CSRF_HEADER = "X-CSRF-Token";

  private final HostRule hosts;
  private final OriginRule origins;
  private final Credentials credentials;
  private final Traffic traffic;
  private final Opening opening;
  private final ProvenCredentials proven = new ProvenCredentials(System::nanoTime);

  /** A guard that asks the login's bundle who somebody is. */
  @Activate
  public RequestGuard(
      @Reference Parts parts,
      @Reference Traffic traffic,
      @Reference Opening opening,
      GatewayConfiguration configuration) {
    this(
        parts,
        traffic,
        opening,
        words(configuration.allowed_hosts()),
        words(configuration.allowed_origins()));
  }

  RequestGuard(
      Parts parts,
      Traffic traffic,
      Opening opening,
      Set<String> allowedHosts,
      Set<String> allowedOrigins) {
    this.traffic = traffic;
    this.opening = opening;
    this.hosts = new HostRule(allowedHosts);
    this.origins = new OriginRule(allowedOrigins);
    this.credentials = new Credentials(parts.authenticator());
  }

  private static Set<String> words(String[] values) {
    Set<String> words = new TreeSet<>();
    for (String value : values) {
      // A .cfg file has one text for the whole list.
      for (String word : value.split(",", -1)) {
        if (!word.isBlank()) {
          words.add(word.trim().toLowerCase(Locale.ROOT));
        }
      }
    }
    return words;
  }

  @Override
  public void doFilter(ServletRequest plain, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) plain;
    HttpServletResponse response =
        new ProblemResponse((HttpServletResponse) answer, request.getRequestURI(), opening);
    SecurityHeaders.apply(response);
    try {
      RequestPath path = RequestPath.of(request.getRequestURI());
      RequestQuery.check(request.getQueryString());
      boolean open = PublicRoutes.includes(request.getMethod(), path);
      boolean health = PublicRoutes.isHealth(request.getMethod(), path);
      try (Visit visit = new Visit(request, open, health, traffic, proven)) {
        pass(admit(visit, request, path, open), chain, response);
      }
    } catch (BodyRule.UnsupportedMediaType unsupported) {
      refuse(request, response, unsupported.problem());
    } catch (RuntimeException | ServletException failure) {
      refuse(request, response, Problem.of(failure));
    } finally {
      traffic.answered(response.getStatus());
    }
  }

  /**
   * Nobody waits for the body of what is refused, so the client is told that the connection ends.
   * One that is too large is read past, or the answer would be lost on the way.
   */
  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (BodyRule.isThere(request) && !response.isCommitted()) {
      response.setHeader("Connection", "close");
    }
    problem.send(response);
    // Only for whoever is known: it may hold a thread for a while.
    if (problem.status() == TOO_LARGE
        && request.getAttribute(Authentication.REQUEST_ATTRIBUTE) != null) {
      response.flushBuffer();
      BodyRule.discard(request);
    }
  }

  private static void pass(
      HttpServletRequest request, FilterChain chain, HttpServletResponse response)
      throws IOException, ServletException {
    if (KNOWN.contains(request.getMethod())) {
      chain.doFilter(request, response);
    } else {
      response.sendError(METHOD_NOT_ALLOWED);
    }
    BodyRule.finish(request);
  }

  /** The request as it may go on. */
  private HttpServletRequest admit(
      Visit visit, HttpServletRequest request, RequestPath path, boolean open) {
    boolean reading = READING.contains(request.getMethod());
    boolean upgrade = request.getHeader("Upgrade") != null;
    String host = hosts.check(request);
    // A page that reads MCP's stream would read along with the client.
    if (!reading || upgrade || path.isMcp()) {
      origins.check(request, host);
    }
    if (!open) {
      Caller caller = visit.caller(credentials);
      AudienceRule.check(caller, path);
      checkCsrf(request, caller, reading);
      ScopeRule.check(caller, path, reading);
      caller.markOn(request);
    }
    // Also where nobody wants a body: it is read to its end all the same, to keep the connection.
    return reading && !BodyRule.isThere(request) ? request : visit.withBody();
  }

  private static void checkCsrf(HttpServletRequest request, Caller caller, boolean reading) {
    if (reading || !caller.principal().isPerson()) {
      return;
    }
    String sent = request.getHeader(CSRF_HEADER);
    if (sent == null || caller.csrf().filter(Secret.of(sent)::matches).isEmpty()) {
      throw new JarvisException(
          ErrorCode.CSRF_INVALID,
          "The header "
              + CSRF_HEADER
              + " is missing or wrong. It is what login answered as csrfToken, and what"
              + " /api/auth/me tells again.");
    }
  }
}
