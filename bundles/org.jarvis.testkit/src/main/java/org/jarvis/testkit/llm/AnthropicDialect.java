package org.jarvis.testkit.llm;

import java.util.List;

/** Anthropic's Messages API, as of version 2023-06-01. */
public final class AnthropicDialect implements Dialect {
  private static final int OVERLOADED = 529;

  @Override
  public String says(List<String> pieces) {
    return start() + text(0, pieces) + end("end_turn");
  }

  @Override
  public String asks(String words, List<Asked> calls) {
    StringBuilder body = new StringBuilder(start()).append(text(0, List.of(words)));
    for (int i = 0; i < calls.size(); i++) {
      body.append(call(i + 1, calls.get(i))).append(stop(i + 1));
    }
    return body + end("tool_use");
  }

  @Override
  public String cutWithin(Asked call) {
    String half = call.arguments().substring(0, call.arguments().length() / 2);
    return start() + call(0, new Asked(call.id(), call.name(), half)) + end("max_tokens");
  }

  @Override
  public String refusedAfter(String words, Asked call) {
    return start() + text(0, List.of(words)) + call(1, call) + stop(1) + end("refusal");
  }

  @Override
  public String endedOddlyAfter(Asked call) {
    return start() + call(0, call) + stop(0) + end("a_reason_of_next_year");
  }

  @Override
  public String begins(String words) {
    return start() + textStart(0) + delta(0, words);
  }

  @Override
  public String failsAfter(String words) {
    return begins(words)
        + event(
            "error",
            """
            {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""");
  }

  @Override
  public String neverEndsAfter(Asked call) {
    return start() + call(0, call) + stop(0);
  }

  @Override
  public String signOfLife() {
    return event("ping", "{\"type\": \"ping\"}");
  }

  @Override
  public String error(int status, String message) {
    return """
        {"type":"error","error":{"type":"%s","message":%s},"request_id":"req_stub"}"""
        .formatted(kind(status), SampleJson.quoted(message));
  }

  private static String kind(int status) {
    return switch (status) {
      case 400 -> "invalid_request_error";
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case OVERLOADED -> "overloaded_error";
      default -> "api_error";
    };
  }

  @Override
  public int overloaded() {
    return OVERLOADED;
  }

  @Override
  public long inputTokens() {
    return 11;
  }

  @Override
  public long outputTokens() {
    return 6;
  }

  private static String start() {
    return event(
        "message_start",
        """
        {"type":"message_start","message":{"id":"msg_stub","type":"message","role":"assistant",\
        "content":[],"model":"claude-stub","stop_reason":null,"stop_sequence":null,\
        "usage":{"input_tokens":11,"cache_creation_input_tokens":null,\
        "cache_read_input_tokens":0,"output_tokens":1}}}""");
  }

  private static String text(int index, List<String> pieces) {
    StringBuilder body = new StringBuilder(textStart(index));
    pieces.forEach(piece -> body.append(delta(index, piece)));
    return body.append(stop(index)).toString();
  }

  private static String textStart(int index) {
    return event(
            "content_block_start",
            """
            {"type":"content_block_start","index":%d,"content_block":{"type":"text","text":""}}"""
                .formatted(index))
        + event("ping", "{\"type\": \"ping\"}");
  }

  private static String delta(int index, String text) {
    return event(
        "content_block_delta",
        """
        {"type":"content_block_delta","index":%d,"delta":{"type":"text_delta","text":%s}}"""
            .formatted(index, SampleJson.quoted(text)));
  }

  private static String call(int index, Asked call) {
    StringBuilder body =
        new StringBuilder(
            event(
                "content_block_start",
                """
                {"type":"content_block_start","index":%d,"content_block":{"type":"tool_use",\
                "id":%s,"name":%s,"caller":{"type":"direct"},"input":{}}}"""
                    .formatted(
                        index, SampleJson.quoted(call.id()), SampleJson.quoted(call.name()))));
    body.append(fragment(index, ""));
    SampleJson.pieces(call.arguments()).forEach(piece -> body.append(fragment(index, piece)));
    return body.toString();
  }

  private static String fragment(int index, String json) {
    return event(
        "content_block_delta",
        """
        {"type":"content_block_delta","index":%d,"delta":{"type":"input_json_delta",\
        "partial_json":%s}   }"""
            .formatted(index, SampleJson.quoted(json)));
  }

  private static String stop(int index) {
    return event(
        "content_block_stop", "{\"type\":\"content_block_stop\",\"index\":%d }".formatted(index));
  }

  private static String end(String reason) {
    return event(
            "message_delta",
            """
            {"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},\
            "usage":{"output_tokens":6}}"""
                .formatted(reason))
        + event("message_stop", "{\"type\":\"message_stop\"}");
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}
