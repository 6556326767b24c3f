package org.jarvis.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import io.modelcontextprotocol.spec.McpTransportException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The reply to one request: plain JSON, or an event stream where something is told before the
 * answer. Written by the thread of the request alone; closing it is safe from any thread.
 */
final class PostReply implements McpStreamableServerTransport {
  private final HttpServletResponse response;
  private final Call call;
  private final Runnable ended;
  private boolean streaming;
  private boolean answered;
  private volatile boolean closed;

  /**
   * A reply.
   *
   * @param ended what is to happen before the answer leaves: whoever has it may ask again at once
   */
  PostReply(HttpServletResponse response, Call call, Runnable ended) {
    this.response = response;
    this.call = call;
    this.ended = ended;
  }

  @Override
  public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message, @Nullable String messageId) {
    return Mono.fromRunnable(() -> send(message));
  }

  @Override
  public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
    return sendMessage(message, null);
  }

  private void send(McpSchema.JSONRPCMessage message) {
    boolean answer = message instanceof McpSchema.JSONRPCResponse;
    // Who takes a request back wants no answer to it.
    if (closed || (answer && call.cancelled())) {
      return;
    }
    answered |= answer;
    if (answer) {
      ended.run();
    }
    try {
      if (answer && !streaming) {
        byte[] body = Json.text(message).getBytes(StandardCharsets.UTF_8);
        response.setContentType(McpServlet.JSON);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
      } else {
        stream();
        response.getOutputStream().write(EventText.of(message));
        response.flushBuffer();
      }
    } catch (IOException gone) {
      closed = true;
      throw new McpTransportException("The client has gone.", gone);
    }
  }

  /** An empty stream where nothing was answered: it was taken back, or its session has ended. */
  void finish() {
    if (!answered) {
      stream();
    }
  }

  private void stream() {
    if (!streaming) {
      streaming = true;
      response.setContentType(EventText.MEDIA_TYPE);
    }
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return Json.MAPPER.convertValue(data, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(this::close);
  }

  @Override
  public void close() {
    closed = true;
  }
}
