package org.jarvis.core.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * What is typed and was not taken by the host yet. Whoever types never waits for a host that does
 * not read: what acknowledges its output comes the same way, and would wait along. Safe from any
 * thread.
 */
final class InputQueue {
  /** A paste that is larger is more than anybody could mean. */
  static final int MOST = 1024 * 1024;

  private final Executor workers;
  private final Consumer<byte[]> host;
  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private boolean typing;
  private boolean closed;

  /**
   * A queue to a host.
   *
   * @param workers types; its threads may block
   * @param host takes what is typed, in its order; may block
   */
  InputQueue(Executor workers, Consumer<byte[]> host) {
    this.workers = workers;
    this.host = host;
  }

  /**
   * Types this.
   *
   * @throws JarvisException with {@code THROTTLED} where too much waits already
   */
  void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      if (closed) {
        return;
      }
      if (waiting.size() + bytes.length > MOST) {
        throw new JarvisException(
            ErrorCode.THROTTLED,
            "What was typed before is not taken by the host. This was not typed.");
      }
      waiting.writeBytes(bytes);
      if (typing) {
        return;
      }
      typing = true;
    }
    workers.execute(this::type);
  }

  private void type() {
    byte[] next = take();
    while (next.length > 0) {
      host.accept(next);
      next = take();
    }
  }

  private synchronized byte[] take() {
    byte[] next = closed ? new byte[0] : waiting.toByteArray();
    waiting = new ByteArrayOutputStream();
    typing = next.length > 0;
    return next;
  }

  synchronized void close() {
    closed = true;
    waiting = new ByteArrayOutputStream();
  }
}
