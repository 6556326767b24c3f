package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Scope;

/** Scopes and audiences as words. */
final class Scopes {
  /** The word of each scope, the narrowest first. */
  static final List<String> WORDS = Arrays.stream(Scope.values()).map(Scope::word).toList();

  /** The word of each audience, the usual one first. */
  static final List<String> AUDIENCES =
      Arrays.stream(Audience.values()).map(Audience::word).toList();

  private Scopes() {}

  /** The audience of this word; the narrow one for any other word. */
  static Audience audience(String word) {
    return Audience.API.word().equals(word) ? Audience.API : Audience.MCP;
  }

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
