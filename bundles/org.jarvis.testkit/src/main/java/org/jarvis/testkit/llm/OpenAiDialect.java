package org.jarvis.testkit.llm;

import java.util.ArrayList;
import java.util.List;

/** OpenAI's chat completions API. */
public final class OpenAiDialect implements Dialect {
  private static final int OVERLOADED = 503;

  @Override
  public String says(List<String> pieces) {
    StringBuilder body = new StringBuilder(start());
    pieces.forEach(piece -> body.append(words(piece)));
    return body + end("stop");
  }

  @Override
  public String asks(String words, List<Asked> calls) {
    StringBuilder body = new StringBuilder(start()).append(words(words));
    for (int i = 0; i < calls.size(); i++) {
      body.append(callStart(i, calls.get(i)));
    }
    // Side by side, as the protocol allows.
    List<List<String>> fragments = new ArrayList<>();
    calls.forEach(call -> fragments.add(SampleJson.pieces(call.arguments())));
    int most = fragments.stream().mapToInt(List::size).max().orElse(0);
    for (int piece = 0; piece < most; piece++) {
      for (int i = 0; i < calls.size(); i++) {
        if (piece < fragments.get(i).size()) {
          body.append(fragment(i, fragments.get(i).get(piece)));
        }
      }
    }
    return body + end("tool_calls");
  }

  @Override
  public String cutWithin(Asked call) {
    String half = call.arguments().substring(0, call.arguments().length() / 2);
    return start() + call(new Asked(call.id(), call.name(), half)) + end("length");
  }

  @Override
  public String refusedAfter(String words, Asked call) {
    return start() + words(words) + call(call) + end("content_filter");
  }

  @Override
  public String endedOddlyAfter(Asked call) {
    return start() + call(call) + end("a_reason_of_next_year");
  }

  @Override
  public String begins(String words) {
    return start() + words(words);
  }

  @Override
  public String failsAfter(String words) {
    return begins(words)
        + data(
            """
            {"error":{"message":"Overloaded","type":"server_error","param":null,"code":503}}""");
  }

  @Override
  public String neverEndsAfter(Asked call) {
    return start() + call(call);
  }

  @Override
  public String signOfLife() {
    return ": keep-alive\n\n";
  }

  @Override
  public String error(int status, String message) {
    return """
        {"error":{"message":%s,"type":"stub_error","param":null,"code":null}}"""
        .formatted(SampleJson.quoted(message));
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
    return chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
  }

  private static String words(String text) {
    return chunk("{\"content\":" + SampleJson.quoted(text) + "}", "null");
  }

  private static String call(Asked call) {
    StringBuilder body = new StringBuilder(callStart(0, call));
    SampleJson.pieces(call.arguments()).forEach(piece -> body.append(fragment(0, piece)));
    return body.toString();
  }

  private static String callStart(int index, Asked call) {
    return chunk(
        """
        {"tool_calls":[{"index":%d,"id":%s,"type":"function",\
        "function":{"name":%s,"arguments":""}}]}"""
            .formatted(index, SampleJson.quoted(call.id()), SampleJson.quoted(call.name())),
        "null");
  }

  private static String fragment(int index, String json) {
    return chunk(
        """
        {"tool_calls":[{"index":%d,"function":{"arguments":%s}}]}"""
            .formatted(index, SampleJson.quoted(json)),
        "null");
  }

  private static String end(String reason) {
    return chunk("{}", "\"" + reason + "\"")
        + data(
            """
            {"id":"stub","object":"chat.completion.chunk","created":1,"model":"gpt-stub",\
            "choices":[],"usage":{"prompt_tokens":11,"completion_tokens":6,"total_tokens":17,\
            "prompt_tokens_details":null}}""")
        + data("[DONE]");
  }

  private static String chunk(String delta, String reason) {
    return data(
        """
        {"id":"stub","object":"chat.completion.chunk","created":1,"model":"gpt-stub",\
        "system_fingerprint":"fp_stub","choices":[{"index":0,"delta":%s,"logprobs":null,\
        "finish_reason":%s}],"usage":null}"""
            .formatted(delta, reason));
  }

  private static String data(String json) {
    return "data: " + json + "\n\n";
  }
}
