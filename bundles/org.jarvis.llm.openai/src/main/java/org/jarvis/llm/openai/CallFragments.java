package org.jarvis.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.llm.provider.AnswerDraft;

/**
 * Calls that come in fragments, as servers differ about it: whole or in many pieces, interleaved by
 * index, all of them under index 0 but each with an id of its own, the name or the id repeated in
 * every piece, the id within the function, or no id at all.
 */
final class CallFragments {
  private final List<Fragments> calls = new ArrayList<>();
  private final Map<Integer, Fragments> byIndex = new HashMap<>();

  /** Takes a fragment; the name of the call that begins with it, if one does. */
  Optional<String> add(JsonNode fragment) {
    JsonNode function = fragment.path("function");
    String given = Json.text(fragment, "id");
    String id = given.isEmpty() ? Json.text(function, "id") : given;
    String name = Json.text(function, "name");
    int index = fragment.path("index").asInt(Math.max(0, calls.size() - 1));
    Fragments call = byIndex.get(index);
    if (call == null || differ(id, call.id) || differ(name, call.name)) {
      call = new Fragments();
      calls.add(call);
      byIndex.put(index, call);
    }
    boolean named = !call.name.isEmpty();
    call.id = call.id.isEmpty() ? id : call.id;
    call.name = named ? call.name : name;
    JsonNode arguments = function.path("arguments");
    call.arguments.append(
        arguments.isObject() ? arguments.toString() : Json.text(function, "arguments"));
    return named || name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private static boolean differ(String told, String known) {
    return !told.isEmpty() && !known.isEmpty() && !told.equals(known);
  }

  void addTo(AnswerDraft draft) {
    for (Fragments call : calls) {
      draft.call(call.id, call.name, Json.arguments(call.arguments.toString()));
    }
  }

  private static final class Fragments {
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";
    private String name = "";
  }
}
