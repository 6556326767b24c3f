package org.jarvis.lab.pve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checked parameters of one call, those of the path among them. */
final class Arguments {

  private static final Set<String> TRUE = Set.of("1", "on", "yes", "true");

  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /** Checks values against a schema; every mistake is reported, not only the first. */
  static Arguments checked(Map<String, String> values, List<Parameter> schema) throws PveError {
    Map<String, String> errors = new LinkedHashMap<>();
    Map<String, Parameter> known = new LinkedHashMap<>();
    schema.forEach(parameter -> known.put(parameter.name(), parameter));
    values.forEach(
        (name, value) -> {
          Parameter parameter = known.get(name);
          if (parameter == null) {
            // Of what there can be several, such as net0 and net1, the schema names the form.
            parameter = known.get(name.replaceFirst("\\d+$", "[n]"));
          }
          if (parameter == null) {
            errors.put(
                name,
                "property is not defined in schema and the schema does not allow additional properties");
          } else {
            parameter.complaint(value).ifPresent(complaint -> errors.put(name, complaint));
          }
        });
    for (Parameter parameter : schema) {
      if (parameter.required() && !values.containsKey(parameter.name())) {
        errors.put(parameter.name(), "property is missing and it is not optional");
      }
    }
    if (!errors.isEmpty()) {
      throw PveError.parameters(errors);
    }
    return new Arguments(values);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A parameter that the path or the schema guarantees. */
  String required(String name) {
    return text(name)
        .orElseThrow(() -> new IllegalStateException("parameter " + name + " is not in the path"));
  }

  int vmid() {
    return Integer.parseInt(required("vmid"));
  }

  long whole(String name, long otherwise) {
    return text(name).map(Long::parseLong).orElse(otherwise);
  }

  boolean flag(String name) {
    return text(name).filter(TRUE::contains).isPresent();
  }

  /** All of them but these. */
  Map<String, String> others(Set<String> excluded) {
    Map<String, String> others = new LinkedHashMap<>(values);
    others.keySet().removeAll(excluded);
    return others;
  }
}
