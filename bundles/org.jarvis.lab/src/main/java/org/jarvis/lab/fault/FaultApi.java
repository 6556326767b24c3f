package org.jarvis.lab.fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The switches over HTTP, on a port of their own so that they can be reached whatever the faults do
 * to the Proxmox VE API:
 *
 * <pre>
 * GET    /faults                       the kinds that there are, and the faults that are on
 * POST   /faults/guest-crash?vmid=101  switches on
 * DELETE /faults/guest-crash?vmid=101  switches off
 * DELETE /faults                       switches everything off
 * </pre>
 *
 * <p>Every request carries {@code Authorization: Bearer <token>}, so that no web page that happens
 * to be open in a browser on this machine can use them. Every answer is the same list as that of
 * {@code GET}, or {@code {"error": "…"}}.
 */
public final class FaultApi {

  private final FaultSwitches switches;
  private final String token;

  /** An API to these switches for whoever holds this token. */
  public FaultApi(FaultSwitches switches, String token) {
    this.switches = switches;
    this.token = token;
  }

  /** An answer: a status code and what becomes JSON. */
  public record Answer(int status, String reason, Map<String, Object> body) {}

  /** Answers one request; never fails. */
  public Answer answer(
      String method, String path, Optional<String> authorization, Map<String, String> parameters) {
    if (!proved(authorization)) {
      return error(
          401, "Unauthorized", "send the lab's fault token as Authorization: Bearer <token>");
    }
    List<String> segments = List.of(path.split("/"));
    if (segments.size() < 2 || segments.size() > 3 || !segments.get(1).equals("faults")) {
      return error(404, "Not Found", "there is only /faults and /faults/<kind>");
    }
    try {
      return segments.size() == 2 ? all(method) : one(method, segments.get(2), parameters);
    } catch (IllegalArgumentException mistake) {
      return error(400, "Bad Request", String.valueOf(mistake.getMessage()));
    }
  }

  private Answer all(String method) {
    switch (method) {
      case "GET" -> {
        return list();
      }
      case "DELETE" -> {
        switches.allOff();
        return list();
      }
      default -> {
        return error(405, "Method Not Allowed", "use GET or DELETE on /faults");
      }
    }
  }

  private Answer one(String method, String word, Map<String, String> parameters) {
    Optional<FaultKind> kind = FaultKind.named(word);
    if (kind.isEmpty()) {
      return error(404, "Not Found", "there is no fault " + word + "; GET /faults lists them");
    }
    Fault fault = kind.get().with(parameters);
    switch (method) {
      case "POST" -> {
        switches.on(fault);
        return list();
      }
      case "DELETE" -> {
        switches.off(fault);
        return list();
      }
      default -> {
        return error(
            405, "Method Not Allowed", "use POST to switch a fault on, DELETE to switch it off");
      }
    }
  }

  private Answer list() {
    Map<String, Object> kinds = new LinkedHashMap<>();
    for (FaultKind kind : FaultKind.values()) {
      kinds.put(kind.word(), kind.parameters());
    }
    List<Map<String, Object>> active = new ArrayList<>();
    for (Fault fault : switches.active()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("fault", FaultKind.of(fault).word());
      entry.putAll(fault.parameters());
      active.add(entry);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("kinds", kinds);
    body.put("active", active);
    return new Answer(200, "OK", body);
  }

  private boolean proved(Optional<String> authorization) {
    String value = authorization.orElse("");
    String scheme = "bearer ";
    return value.regionMatches(true, 0, scheme, 0, scheme.length())
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8),
            value.substring(scheme.length()).getBytes(StandardCharsets.UTF_8));
  }

  private static Answer error(int status, String reason, String text) {
    return new Answer(status, reason, Map.of("error", text));
  }
}
