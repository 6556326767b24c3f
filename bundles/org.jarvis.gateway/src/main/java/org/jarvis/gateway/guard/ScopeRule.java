package org.jarvis.gateway.guard;

import java.util.List;
import java.util.Set;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * What credentials have to cover: {@code read} to read, {@code operate} to write, and {@code admin}
 * for whatever administers Jarvis, to read it too. A person's session covers all of it. MCP reads
 * and writes by the same method; it needs {@code read} here, and judges each tool itself.
 */
final class ScopeRule {
  /** Below {@code /api}, with everything under them. */
  private static final Set<List<String>> ADMINISTRATION =
      Set.of(List.of("auth", "tokens"), List.of("auth", "sessions"), List.of("auth", "password"));

  private static final int DEPTH = 2;

  private ScopeRule() {}

  /**
   * Refuses what the credentials do not cover.
   *
   * @throws JarvisException with {@code INSUFFICIENT_SCOPE}
   */
  static void check(Caller caller, RequestPath path, boolean reading) {
    Scope needed =
        administers(path)
            ? Scope.ADMIN
            : reading || path.isMcp() || asksOnly(path) ? Scope.READ : Scope.OPERATE;
    if (!caller.authentication().scopes().contains(needed)) {
      throw new JarvisException(
          ErrorCode.INSUFFICIENT_SCOPE,
          "These credentials do not cover this; it needs the scope " + needed.word() + ".");
    }
  }

  /** A command's preview changes nothing; its question is only too long for an address. */
  private static boolean asksOnly(RequestPath path) {
    return path.segments().equals(List.of("api", "commands", "preview"));
  }

  private static boolean administers(RequestPath path) {
    List<String> segments = path.segments();
    return segments.size() > DEPTH
        && segments.get(0).equals("api")
        && ADMINISTRATION.contains(segments.subList(1, 1 + DEPTH));
  }
}
