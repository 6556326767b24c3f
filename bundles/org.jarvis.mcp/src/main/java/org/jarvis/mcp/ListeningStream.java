package org.jarvis.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The stream by which a client listens between its requests, as server-sent events. Nothing here
 * ever waits for a client: what it does not take in is kept up to a bound, and past that the stream
 * ends. Safe from any thread.
 */
final class ListeningStream implements McpStreamableServerTransport, WriteListener, AsyncListener {
  /** How many messages may wait for a client. */
  static final int MOST_WAITING = 64;

  private static final Logger LOG = LoggerFactory.getLogger(ListeningStream.class);
  private static final byte[] BEAT = ": \n\n".getBytes(StandardCharsets.US_ASCII);

  private final AsyncContext context;
  private final ServletOutputStream output;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private boolean writable;
  private boolean unflushed;
  private boolean open = true;

  /** A stream that answers this request; it takes care of the rest of it. */
  ListeningStream(AsyncContext context) throws IOException {
    this.context = context;
    this.output = context.getResponse().getOutputStream();
  }

  /** Begins to write. */
  void begin() {
    beat();
    context.addListener(this);
    output.setWriteListener(this);
  }

  synchronized boolean isOpen() {
    return open;
  }

  /** Says that the stream lives, in a form that clients skip. */
  void beat() {
    offer(BEAT);
  }

  @Override
  public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message, @Nullable String messageId) {
    return Mono.fromRunnable(() -> offer(EventText.of(message)));
  }

  @Override
  public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
    return sendMessage(message, null);
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
    synchronized (this) {
      if (!open) {
        return;
      }
      open = false;
      waiting.clear();
    }
    try {
      context.complete();
    } catch (IllegalStateException over) {
      LOG.debug("The stream was over already.", over);
    }
  }

  private void offer(byte[] event) {
    boolean full;
    synchronized (this) {
      if (!open) {
        return;
      }
      full = waiting.size() >= MOST_WAITING;
      if (!full) {
        waiting.add(event);
      }
    }
    if (full) {
      LOG.debug("A client that takes nothing in is let go.");
      close();
    } else {
      drain();
    }
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      writable = true;
    }
    drain();
  }

  private void drain() {
    try {
      write();
    } catch (IOException | IllegalStateException gone) {
      LOG.debug("A client has gone.", gone);
      close();
    }
  }

  private synchronized void write() throws IOException {
    // Once isReady says no, the server calls onWritePossible when there is room again.
    while (open && writable && (unflushed || !waiting.isEmpty()) && output.isReady()) {
      byte[] next = waiting.poll();
      if (next == null) {
        unflushed = false;
        output.flush();
      } else {
        unflushed = true;
        output.write(next);
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    LOG.debug("A client has gone.", failure);
    close();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    synchronized (this) {
      open = false;
      waiting.clear();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    close();
  }

  @Override
  public void onError(AsyncEvent event) {
    close();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // It is started once and never again.
  }
}
