package org.jarvis.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.provider.HttpRefusal;

/**
 * What a server says of an error. OpenAI's form is an object {@code error} with message, type and
 * code; Ollama's own is a text, vLLM's older one has the members without the object.
 *
 * @param message in words
 * @param type what kind
 * @param code a word, or the HTTP status as a number
 */
record ErrorBody(String message, String type, String code) {
  /** Nothing that makes sense. */
  static final ErrorBody NONE = new ErrorBody("", "", "");

  static ErrorBody of(JsonNode body) {
    JsonNode error = body.path("error");
    if (error.isTextual()) {
      return new ErrorBody(error.textValue(), "", "");
    }
    JsonNode members = error.isObject() ? error : body;
    String message = Json.text(members, "message");
    return new ErrorBody(
        message.isEmpty() ? Json.text(members, "detail") : message,
        Json.text(members, "type"),
        members.path("code").asText(""));
  }

  /** What it means, as far as it says more than the status. */
  Kind kind(Kind otherwise) {
    if (code.equals("context_length_exceeded") || type.equals("exceed_context_size_error")) {
      return Kind.TOO_LARGE;
    }
    if (code.equals("insufficient_quota")) {
      return Kind.BILLING;
    }
    // How llama-server says, as a failure of its own, that it was started without what tools need.
    if (message.contains("--jinja") || message.contains("Cannot use tools with stream")) {
      return Kind.INVALID_REQUEST;
    }
    if (type.equals("unavailable_error")) {
      return Kind.OVERLOADED;
    }
    return otherwise == Kind.SERVER_ERROR && code.matches("[45][0-9]{2}")
        ? HttpRefusal.kindOf(Integer.parseInt(code))
        : otherwise;
  }
}
