package org.jarvis.connector.proxmox.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The two ways in which Proxmox VE writes the same replies (PVE::APIServer::Formatter::Standard).
 */
enum Formatter {
  /**
   * The status tells whether it went well. Before version 9 the reason of an error is in the status
   * line alone, which the JDK's client does not show.
   */
  JSON("/api2/json"),
  /**
   * The status is always 200; the body has {@code success}, and for an error its {@code status} and
   * {@code message}.
   */
  EXTJS("/api2/extjs");

  private static final int INVALID = 400;
  private static final int FAILED = 500;

  private final String root;

  Formatter(String root) {
    this.root = root;
  }

  /** What its paths begin with. */
  String root() {
    return root;
  }

  /** The reply that came over the wire, with the status that it stands for. */
  Reply reply(int status, JsonNode json) {
    return new Reply(this == EXTJS && status == Reply.OK ? meant(json) : status, json, false);
  }

  private static int meant(JsonNode json) {
    JsonNode success = json.path("success");
    if (success.isMissingNode() || success.asText().matches("1|true")) {
      return Reply.OK;
    }
    // Numbers are sometimes strings.
    int said = json.path("status").asInt();
    if (said >= INVALID && said < 1000) {
      return said;
    }
    return json.path("errors").isObject() ? INVALID : FAILED;
  }
}
