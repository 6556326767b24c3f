package org.jarvis.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.jakartars.runtime.JakartarsServiceRuntime;
import org.osgi.service.jakartars.runtime.dto.ApplicationDTO;
import org.osgi.service.jakartars.runtime.dto.ResourceDTO;
import org.osgi.service.jakartars.runtime.dto.ResourceMethodInfoDTO;
import org.osgi.service.jakartars.runtime.dto.RuntimeDTO;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.ServletContextDTO;
import org.osgi.service.servlet.runtime.dto.ServletDTO;

/**
 * Asks the running framework what it serves, whoever brought it, so that no route can be forgotten:
 * each needs a login but the few that are public, and each of REST is described.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RoutesIT {
  private static final Set<String> PUBLIC =
      Set.of("GET /api/health", "POST /api/auth/setup", "POST /api/auth/login");
  private static final Pattern DESCRIBED_PATH = Pattern.compile("^ {4}\"(/[^\"]*)\": \\{");
  private static final Pattern DESCRIBED_METHOD =
      Pattern.compile("^ {6}\"(get|put|post|patch|delete)\": \\{");

  @Inject private BundleContext context;
  @Inject private JakartarsServiceRuntime rest;
  @Inject private HttpServiceRuntime http;

  @Configuration
  public Option[] configuration() {
    return DistributionUnderTest.configuration();
  }

  @Test
  public void everyRouteOfRestNeedsALoginButThePublicOnes() throws Exception {
    // Not before all have come: one that comes late would not be looked at.
    Set<String> routes = Patience.await(this::routes, described()::equals);
    assertTrue("all public routes exist in " + routes, routes.containsAll(PUBLIC));
    for (String route : routes) {
      String[] parts = route.split(" ", 2);
      int status = settledStatus(parts[0], parts[1].replaceAll("\\{[^}]*}", "some"));
      if (PUBLIC.contains(route)) {
        assertTrue(route + " is public but answers " + status, status != 401 && status != 404);
      } else {
        assertEquals(route, 401, status);
      }
    }
  }

  @Test
  public void everyRouteOfRestIsDescribedAndEveryDescribedOneExists() throws Exception {
    Set<String> described = described();
    assertEquals(described, Patience.await(this::routes, described::equals));
  }

  @Test
  public void everyServletAndEveryWebSocketNeedsALogin() throws Exception {
    Set<String> patterns =
        Patience.await(
            this::patterns, found -> found.containsAll(Set.of("/ws/events", "/metrics", "/mcp")));
    for (String pattern : patterns) {
      if (pattern.startsWith("/api")) {
        continue;
      }
      // What is public is so by its exact path; below it, and besides it, nothing is.
      String path = pathOf(pattern);
      if (!isStaticAsset(path)) {
        assertEquals(pattern, 401, status("GET", path, ""));
        assertEquals(pattern + " as a WebSocket", 401, status("GET", path, UPGRADE));
        assertEquals(pattern, 401, status("POST", path, ""));
      }
    }
  }

  private static final String UPGRADE =
      """
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
      """;

  /** A path that a servlet with this pattern serves. */
  private static String pathOf(String pattern) {
    String path = pattern.replace("*", "some");
    return path.startsWith("/") ? path : "/" + path;
  }

  private static boolean isStaticAsset(String path) {
    return Set.of("/", "/index.html", "/icon.svg", "/favicon.ico").contains(path)
        || path.startsWith("/assets/")
        || path.startsWith("/licenses/");
  }

  private Set<String> patterns() {
    Set<String> patterns = new TreeSet<>();
    for (ServletContextDTO servlets : http.getRuntimeDTO().servletContextDTOs) {
      for (ServletDTO servlet : servlets.servletDTOs) {
        patterns.addAll(Arrays.asList(servlet.patterns));
      }
    }
    return patterns;
  }

  private Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    RuntimeDTO runtime = rest.getRuntimeDTO();
    List<ApplicationDTO> applications = new ArrayList<>(Arrays.asList(runtime.applicationDTOs));
    applications.add(runtime.defaultApplication);
    for (ApplicationDTO application : applications) {
      add(routes, application.resourceMethods);
      for (ResourceDTO resource : application.resourceDTOs) {
        add(routes, resource.resourceMethods);
      }
    }
    return routes;
  }

  private static void add(Set<String> routes, ResourceMethodInfoDTO[] methods) {
    if (methods != null) {
      for (ResourceMethodInfoDTO method : methods) {
        String path = ("/api/" + method.path).replaceAll("/+", "/").replaceAll("/$", "");
        routes.add(method.method + " " + path);
      }
    }
  }

  /** The document is formatted by a fixed rule, so that it can be read without a library. */
  private Set<String> described() throws IOException {
    Bundle gateway =
        Arrays.stream(context.getBundles())
            .filter(bundle -> bundle.getSymbolicName().equals("org.jarvis.gateway"))
            .findFirst()
            .orElseThrow();
    URL document = gateway.getEntry("org/jarvis/gateway/rest/openapi.json");
    Set<String> described = new TreeSet<>();
    String path = "";
    try (InputStream in = document.openStream()) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        Matcher place = DESCRIBED_PATH.matcher(line);
        Matcher method = DESCRIBED_METHOD.matcher(line);
        if (place.find()) {
          path = place.group(1);
        } else if (method.find()) {
          described.add(method.group(1).toUpperCase(Locale.ROOT) + " /api" + path);
        }
      }
    }
    return described;
  }

  /** While resources register, all of REST is away for moments, in which nothing is served. */
  private int settledStatus(String method, String path) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    int status = status(method, path, "");
    while ((status == 404 || status == 503) && System.nanoTime() < deadline) {
      new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
      status = status(method, path, "");
    }
    return status;
  }

  private int status(String method, String path, String headers) throws IOException {
    int port = Integer.parseInt(context.getProperty(DistributionUnderTest.PORT_PROPERTY));
    String body = method.equals("GET") || method.equals("DELETE") ? "" : "{}";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              (method
                      + " "
                      + path
                      + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                      + (headers.isEmpty() ? "Connection: close\r\n" : headers)
                      + "Content-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(12);
      return Integer.parseInt(new String(start, StandardCharsets.US_ASCII).substring(9));
    }
  }
}
