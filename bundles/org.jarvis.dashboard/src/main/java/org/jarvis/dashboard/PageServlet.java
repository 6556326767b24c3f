package org.jarvis.dashboard;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves the page and its assets to everybody; they hold nothing but code. */
final class PageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PageAssets assets;

  PageServlet(PageAssets assets) {
    this.assets = assets;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean head = request.getMethod().equals("HEAD");
    if (!head && !request.getMethod().equals("GET")) {
      response.setHeader("Allow", "GET, HEAD");
      problem(response, 405, "method-not-allowed", "The page can only be read.");
      return;
    }
    Optional<Asset> found = assets.find(request.getRequestURI());
    if (found.isPresent()) {
      send(found.get(), request, response, head);
    } else {
      problem(response, 404, "not-found", "The page has no such file.");
    }
  }

  private static void send(
      Asset asset, HttpServletRequest request, HttpServletResponse response, boolean head)
      throws IOException {
    boolean gzip = asset.hasCompressed() && accepts(request.getHeader("Accept-Encoding"), "gzip");
    response.setHeader("Cache-Control", asset.cacheControl());
    response.setHeader("ETag", asset.tag(gzip));
    if (asset.hasCompressed()) {
      response.setHeader("Vary", "Accept-Encoding");
    }
    if (accepts(request.getHeader("If-None-Match"), asset.tag(gzip))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    byte[] bytes = asset.bytes(gzip);
    response.setContentType(asset.type());
    response.setContentLength(bytes.length);
    if (gzip) {
      response.setHeader("Content-Encoding", "gzip");
    }
    if (!head) {
      response.getOutputStream().write(bytes);
    }
  }

  /** Whether a list header names this value; one with {@code q=0} is refused, not accepted. */
  private static boolean accepts(@Nullable String header, String value) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(String::trim)
            .anyMatch(
                entry ->
                    entry.equals(value)
                        || entry.equals("W/" + value)
                        || (entry.startsWith(value + ";") && !entry.matches(".*;\\s*q=0(\\.0*)?")));
  }

  private static void problem(HttpServletResponse response, int status, String code, String detail)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/problem+json");
    String title = status == HttpServletResponse.SC_NOT_FOUND ? "Not found" : "Method not allowed";
    response
        .getOutputStream()
        .write(
            """
            {"type":"about:blank","title":"%s","status":%d,"code":"%s","detail":"%s"}"""
                .formatted(title, status, code, detail)
                .getBytes(StandardCharsets.UTF_8));
  }
}
