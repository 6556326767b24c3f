package org.jarvis.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A session of a client, which belongs to the token it was opened with. Safe from any thread. */
final class ClientSession {
  /** How many requests of one session may be under way. */
  static final int MOST_CALLS = 32;

  private final Client client;
  private final @Nullable Instant expiresAt;
  private final McpStreamableServerSession protocol;
  private final LongSupplier nanos;
  private final Map<Object, Call> calls = new ConcurrentHashMap<>();
  private volatile long lastUsed;
  private volatile @Nullable ListeningStream stream;
  private boolean closed;

  /**
   * A session that is opened now.
   *
   * @param client who opens it
   * @param expiresAt when its token ends
   * @param protocol the session as the MCP library knows it
   */
  ClientSession(
      Client client,
      @Nullable Instant expiresAt,
      McpStreamableServerSession protocol,
      LongSupplier nanos) {
    this.client = client;
    this.expiresAt = expiresAt;
    this.protocol = protocol;
    this.nanos = nanos;
    this.lastUsed = nanos.getAsLong();
  }

  String id() {
    return protocol.getId();
  }

  Client client() {
    return client;
  }

  McpStreamableServerSession protocol() {
    return protocol;
  }

  /** A request came. */
  void touch() {
    lastUsed = nanos.getAsLong();
  }

  /** For how long nothing was heard of it; nothing while it listens. */
  long idleNanos() {
    return listens() ? 0 : nanos.getAsLong() - lastUsed;
  }

  /** Whether its client listens at this moment. */
  boolean listens() {
    ListeningStream listening = stream;
    return listening != null && listening.isOpen();
  }

  /** Whether its token has ended by then. */
  boolean expiredAt(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** It listens by this stream from now on, and by no other; not at all once it has ended. */
  void listen(ListeningStream listening) {
    boolean late;
    synchronized (this) {
      late = closed;
      if (!late) {
        stream = listening;
        protocol.listeningStream(listening);
      }
    }
    if (late) {
      listening.close();
    }
  }

  /** Tells the client something, if it listens. */
  void tell(String method) {
    ListeningStream listening = stream;
    if (listening != null && listening.isOpen()) {
      listening.sendMessage(new McpSchema.JSONRPCNotification(method)).block();
    }
  }

  /** Tells proxies and the server that the stream lives. */
  void beat() {
    ListeningStream listening = stream;
    if (listening != null) {
      listening.beat();
    }
  }

  /**
   * A request is under way; false where too many are, or one of this id is.
   *
   * @param id the client's id for it
   */
  boolean begin(Object id, Call call) {
    return calls.size() < MOST_CALLS && calls.putIfAbsent(id, call) == null;
  }

  /** A request is answered. */
  void end(Object id, Call call) {
    calls.remove(id, call);
  }

  /** Takes back a request of this session; any other id means nothing. */
  void cancel(Object id) {
    Call call = calls.get(id);
    if (call != null) {
      call.cancel();
    }
  }

  /** Ends it, with its stream. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    protocol.close();
  }
}
