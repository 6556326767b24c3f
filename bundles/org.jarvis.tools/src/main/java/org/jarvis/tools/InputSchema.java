package org.jarvis.tools;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON Schemas of the tools' arguments, put together from the properties that several share. */
final class InputSchema {
  static final String CLUSTER =
      """
      "cluster": {
        "type": "string",
        "pattern": "^[a-z][a-z0-9-]{0,31}$",
        "description": "The cluster's short name in Jarvis, such as home. Needed only where several clusters are connected."
      }""";

  static final String NODE =
      """
      "node": {
        "type": "string",
        "pattern": "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",
        "description": "The name of a node, such as pve1."
      }""";

  static final String LIMIT =
      """
      "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 500,
        "default": 100,
        "description": "How many entries to list at most. The result says how many there are in all."
      }""";

  private InputSchema() {}

  /** The number of a guest. */
  static String vmid(String description) {
    return """
    "vmid": {
      "type": "integer",
      "minimum": 100,
      "maximum": 999999999,
      "description": "%s"
    }"""
        .formatted(description);
  }

  /** An object of these properties and no others. */
  static String of(List<String> required, String... properties) {
    return """
    {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": false,
    "required": [%s],
    "properties": {
    %s
    }
    }
    """
        .formatted(
            required.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ")),
            Stream.of(properties).collect(Collectors.joining(",\n")));
  }
}
