package org.jarvis.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolCatalogue;
import org.jspecify.annotations.Nullable;

/**
 * {@code tools/call}. Every call is a request to the one gate, of the origin MCP and of the
 * identity that the guard found: nothing that the client says is read as consent, and what needs a
 * person is answered at once as pending.
 */
final class ToolCalls {
  private static final Duration SLICE = Duration.ofSeconds(1);

  private final CoreParts core;
  private final ToolShelf shelf;
  private final ActionViews views;
  private final Duration patience;
  private final LongSupplier nanos;
  private final WaitingRoom waiting;

  /**
   * Calls that wait for the end of an action at most this long.
   *
   * @param waiting where they wait; without a seat an action is told as it stands
   */
  ToolCalls(
      CoreParts core,
      ToolShelf shelf,
      ActionViews views,
      Duration patience,
      WaitingRoom waiting,
      LongSupplier nanos) {
    this.core = core;
    this.shelf = shelf;
    this.views = views;
    this.patience = patience;
    this.waiting = waiting;
    this.nanos = nanos;
  }

  McpSchema.CallToolResult call(McpAsyncServerExchange exchange, Params params) {
    Asking asking = Asking.of(exchange);
    String name = params.text("name");
    Arguments arguments = arguments(params.object("arguments"));
    if (name.equals(ToolShelf.GET_ACTION)) {
      return getAction(arguments, asking.client());
    }
    ToolCatalogue.Entry entry = shelf.find(name).orElseThrow(() -> unknown(name));
    if (!entry.definition().observes() && !asking.client().operates()) {
      return refusal(
          ErrorCode.INSUFFICIENT_SCOPE,
          "The tool " + name + " can change something; that needs a token with the scope operate.",
          List.of());
    }
    if (entry.unavailable() != null) {
      return refusal(ErrorCode.PART_MISSING, entry.unavailable(), List.of());
    }
    try {
      return run(
          new ActionRequest(name, arguments, asking.client().principal(), Origin.MCP),
          asking,
          exchange,
          params);
    } catch (JarvisException failure) {
      if (failure.code() == ErrorCode.UNKNOWN_TOOL) {
        throw unknown(name);
      }
      return refusal(failure.code(), failure.getMessage(), failure.fields());
    }
  }

  private McpSchema.CallToolResult run(
      ActionRequest request, Asking asking, McpAsyncServerExchange exchange, Params params) {
    ActionGate gate = core.gate();
    Action action = gate.submit(request);
    asking.call().began(action, gate);
    Object token = params.object("_meta").token("progressToken").orElse(null);
    return outcome(await(gate, action, asking, exchange, token), asking.client());
  }

  /** The action when it has ended or needs a person, or as it is when patience ends. */
  private Action await(
      ActionGate gate,
      Action begun,
      Asking asking,
      McpAsyncServerExchange exchange,
      @Nullable Object token) {
    if (begun.state() != ActionState.RUNNING || !waiting.enter(asking.client().credential())) {
      return begun;
    }
    Action action = begun;
    long begin = nanos.getAsLong();
    long passed = 0;
    try {
      while (action.state() == ActionState.RUNNING && passed < patience.toNanos()) {
        Duration rest = patience.minusNanos(passed);
        action = gate.await(action.id(), rest.compareTo(SLICE) < 0 ? rest : SLICE);
        passed = nanos.getAsLong() - begin;
        if (token != null && action.state() == ActionState.RUNNING) {
          tell(exchange, token, passed, action.phase());
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.leave(asking.client().credential());
    }
    return action;
  }

  private static void tell(
      McpAsyncServerExchange exchange, Object token, long passed, String phase) {
    double seconds = passed / (double) Duration.ofSeconds(1).toNanos();
    exchange
        .progressNotification(
            McpSchema.ProgressNotification.builder(token, seconds).message(phase).build())
        .block();
  }

  private McpSchema.CallToolResult getAction(Arguments arguments, Client client) {
    Map<String, @Nullable Object> values = arguments.values();
    if (values.size() != 1 || !(values.get("id") instanceof String id)) {
      return refusal(
          ErrorCode.INVALID_ARGUMENTS,
          "get_action takes the id of an action and nothing else.",
          List.of(new FieldError("id", "must be a text")));
    }
    return views
        .find(id, client)
        .map(action -> told(action, client, false))
        .orElseGet(
            () ->
                refusal(
                    ErrorCode.NOT_FOUND,
                    "There is no such action, or this token may not see it.",
                    List.of()));
  }

  private static McpSchema.CallToolResult outcome(Action action, Client client) {
    boolean error =
        switch (action.state()) {
          case AWAITING_APPROVAL, RUNNING, SUCCEEDED -> false;
          case REFUSED, FAILED, REJECTED, EXPIRED, CANCELLED, UNKNOWN -> true;
        };
    return told(action, client, error);
  }

  private static McpSchema.CallToolResult told(Action action, Client client, boolean error) {
    ObjectNode content = Json.object();
    content.set("action", ActionText.encode(action, client.page()));
    return result(ActionText.words(action, client.page()), content, error);
  }

  private static McpSchema.CallToolResult refusal(
      ErrorCode code, String message, List<FieldError> fields) {
    StringBuilder text = new StringBuilder(message);
    ObjectNode content = Json.object();
    ObjectNode error = content.putObject("error").put("code", code.code()).put("message", message);
    if (!fields.isEmpty()) {
      ArrayNode errors = error.putArray("errors");
      for (FieldError field : fields) {
        text.append("\n- ").append(field.field()).append(": ").append(field.message());
        errors.addObject().put("field", field.field()).put("message", field.message());
      }
    }
    return result(text.toString(), content, true);
  }

  /** Once in words, and once as JSON for clients that know no structured content. */
  private static McpSchema.CallToolResult result(String text, ObjectNode content, boolean error) {
    return McpSchema.CallToolResult.builder()
        .addTextContent(text)
        .addTextContent(content.toString())
        .structuredContent(content)
        .isError(error)
        .build();
  }

  private static Arguments arguments(Params params) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    params.members().forEach((name, value) -> values.put(String.valueOf(name), value));
    return new Arguments(values);
  }

  private static RuntimeException unknown(String name) {
    return Params.invalid("Unknown tool: " + name);
  }
}
