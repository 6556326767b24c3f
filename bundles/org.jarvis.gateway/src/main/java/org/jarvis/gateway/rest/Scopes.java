package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jarvis.api.auth.Scope;

/** Scopes as words, the narrowest first. */
final class Scopes {
  /** The word of each. */
  static final List<String> WORDS = Arrays.stream(Scope.values()).map(Scope::word).toList();

  private Scopes() {}

  static Set<Scope> of(Collection<String> words) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (Scope scope : Scope.values()) {
      if (words.contains(scope.word())) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  static ArrayNode encode(Set<Scope> scopes) {
    ArrayNode words = JsonNodeFactory.instance.arrayNode();
    scopes.stream().sorted().map(Scope::word).forEach(words::add);
    return words;
  }
}
