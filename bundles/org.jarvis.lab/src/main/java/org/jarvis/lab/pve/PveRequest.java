package org.jarvis.lab.pve;

import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over HTTP.
 *
 * @param formatter how to write the reply
 * @param method the verb
 * @param path below the formatter's root, decoded, beginning with a slash
 * @param authorization the header, if any
 * @param parameters of query and form together
 * @param member whose address was called; empty where it does not matter who answers
 */
public record PveRequest(
    Formatter formatter,
    String method,
    String path,
    Optional<String> authorization,
    Map<String, String> parameters,
    Optional<String> member) {

  /** A request to whichever member answers, in plain JSON. */
  public PveRequest(
      String method, String path, Optional<String> authorization, Map<String, String> parameters) {
    this(Formatter.JSON, method, path, authorization, parameters, Optional.empty());
  }

  /** Copies the parameters. */
  public PveRequest {
    parameters = Map.copyOf(parameters);
  }
}
