package org.jarvis.lab.pve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One verb on one path.
 *
 * @param method the verb
 * @param path segments, those in braces being parameters
 * @param permission what it takes, or null where any token may call it
 * @param onNode whether the node of the path answers it, so that it must be reachable
 * @param throughWorker whether the privileged daemon answers it
 * @param parameters beyond those of the path
 * @param handler what it does
 */
record Endpoint(
    String method,
    List<String> path,
    @Nullable Permission permission,
    boolean onNode,
    boolean throughWorker,
    List<Parameter> parameters,
    Handler handler) {

  /**
   * What it takes to call: any of these privileges on any of these paths, which may contain the
   * same braces as the endpoint's.
   */
  record Permission(List<String> paths, List<String> privileges) {
    Permission {
      paths = List.copyOf(paths);
      privileges = List.copyOf(privileges);
    }

    /** Refuses a caller that has none, in the words of the real check. */
    void demand(Caller caller, UnaryOperator<String> filledIn) throws PveError {
      for (String path : paths) {
        for (String privilege : privileges) {
          if (caller.may(privilege, filledIn.apply(path))) {
            return;
          }
        }
      }
      // The real check of one path names it; an "or" of several checks says only that none held.
      throw paths.size() == 1
          ? PveError.forbidden(filledIn.apply(paths.get(0)), String.join("|", privileges))
          : PveError.forbidden();
    }
  }

  /** Answers a checked call with the data of its reply. */
  interface Handler {
    @Nullable Object answer(Arguments arguments, Caller caller) throws PveError;
  }

  /** Data with a sibling, as task lists and logs have. */
  record WithTotal(Object data, int total) {}

  /** A whole body that is sent compressed, as a stream from a program is. */
  record Compressed(String json) {}

  static Endpoint get(String path, Handler handler) {
    return new Endpoint(
        "GET", segments(path), null, path.startsWith("/nodes/{node}"), false, List.of(), handler);
  }

  static Endpoint post(String path, Handler handler) {
    return new Endpoint("POST", segments(path), null, true, true, List.of(), handler);
  }

  static Endpoint put(String path, Handler handler) {
    return new Endpoint("PUT", segments(path), null, true, true, List.of(), handler);
  }

  static Endpoint delete(String path, Handler handler) {
    return new Endpoint("DELETE", segments(path), null, true, true, List.of(), handler);
  }

  Endpoint needs(String privilege, String on) {
    return needsAny(List.of(privilege), on);
  }

  /** Any of these privileges will do. */
  Endpoint needsAny(List<String> privileges, String on) {
    return demanding(new Permission(List.of(on), privileges));
  }

  /** The privilege on any of these paths will do. */
  Endpoint needsOnAny(String privilege, List<String> on) {
    return demanding(new Permission(on, List.of(privilege)));
  }

  /** Any of these privileges on any of these paths will do. */
  Endpoint needsAnyOn(List<String> privileges, List<String> on) {
    return demanding(new Permission(on, privileges));
  }

  private Endpoint demanding(Permission needed) {
    return new Endpoint(method, path, needed, onNode, throughWorker, parameters, handler);
  }

  Endpoint byWorker() {
    return new Endpoint(method, path, permission, onNode, true, parameters, handler);
  }

  /** Answered by whichever member is asked, although the path names a node. */
  Endpoint byAnyMember() {
    return new Endpoint(method, path, permission, false, throughWorker, parameters, handler);
  }

  Endpoint takes(List<Parameter> more) {
    return new Endpoint(method, path, permission, onNode, throughWorker, more, handler);
  }

  Endpoint takes(Parameter... more) {
    return new Endpoint(method, path, permission, onNode, throughWorker, List.of(more), handler);
  }

  /**
   * The values of the braces, if the path fits. A volume at its end may hold slashes: the real call
   * takes all that is left of the path for it (its {@code fragmentDelimiter} is empty).
   */
  Optional<Map<String, String>> match(List<String> given) {
    List<String> actual = given;
    if (path.get(path.size() - 1).equals("{volume}") && given.size() > path.size()) {
      actual = new ArrayList<>(given.subList(0, path.size() - 1));
      actual.add(String.join("/", given.subList(path.size() - 1, given.size())));
    }
    if (actual.size() != path.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = path.get(i);
      if (segment.startsWith("{")) {
        values.put(segment.substring(1, segment.length() - 1), actual.get(i));
      } else if (!segment.equals(actual.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** The schema of a whole call: what the path demands, and the endpoint's own parameters. */
  List<Parameter> schema() {
    List<Parameter> schema = new ArrayList<>();
    for (String segment : path) {
      if (segment.equals("{vmid}")) {
        schema.add(Parameter.guestNumber("vmid", true));
      } else if (segment.startsWith("{")) {
        String name = segment.substring(1, segment.length() - 1);
        if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
          schema.add(Parameter.text(name));
        }
      }
    }
    schema.addAll(parameters);
    return schema;
  }

  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
    segments.remove(0);
    return segments;
  }
}
