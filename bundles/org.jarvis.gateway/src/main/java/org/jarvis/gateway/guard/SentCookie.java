package org.jarvis.gateway.guard;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Secret;

/** The value of a cookie that a request sends. */
final class SentCookie {
  private SentCookie() {}

  /** Its value; empty where none is sent, or two of them: one may have been planted. */
  static Optional<Secret> value(HttpServletRequest request, String name) {
    List<Secret> values = new ArrayList<>();
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(name)) {
          values.add(Secret.of(cookie.getValue()));
        }
      }
    }
    return values.size() == 1 && !values.get(0).isEmpty()
        ? Optional.of(values.get(0))
        : Optional.empty();
  }
}
