package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.function.BiConsumer;

/** The headers that every response carries. */
public final class SecurityHeaders {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; font-src 'self'; object-src 'none'; frame-ancestors 'none';"
              + " base-uri 'none'; form-action 'self'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
          // What shows the state of a cluster is not kept by browsers and proxies; static assets
          // say otherwise themselves.
          "Cache-Control",
          "no-store");

  private SecurityHeaders() {}

  /** Each header's name and value. */
  public static void forEach(BiConsumer<String, String> header) {
    HEADERS.forEach(header);
  }

  static void apply(HttpServletResponse response) {
    forEach(response::setHeader);
  }
}
