package org.jarvis.lab.pve;

import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over HTTP.
 *
 * @param method the verb
 * @param path below {@code /api2/json}, decoded, beginning with a slash
 * @param authorization the header, if any
 * @param parameters of query and form together
 */
public record PveRequest(
    String method, String path, Optional<String> authorization, Map<String, String> parameters) {

  /** Copies the parameters. */
  public PveRequest {
    parameters = Map.copyOf(parameters);
  }
}
