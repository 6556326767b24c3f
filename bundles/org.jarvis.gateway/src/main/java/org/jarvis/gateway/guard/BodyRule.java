package org.jarvis.gateway.guard;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies are JSON, of bounded size, and come within a bounded time: whoever sends byte by byte
 * would hold a thread of the server for as long as the connection is not quite idle.
 */
final class BodyRule {
  private static final long MAX_BYTES = 1024L * 1024;
  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  /** How much of a body that is too large is read all the same, so that its sender hears so. */
  private static final long MAX_DISCARDED = 8 * MAX_BYTES;

  /** How long its sender may pause before nobody waits for the rest. */
  private static final Duration MAX_SILENCE = Duration.ofMillis(100);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  private static final Pattern JSON =
      Pattern.compile("application/json(?:\\s*;\\s*charset=\"?utf-8\"?)?");

  private static final Logger LOG = LoggerFactory.getLogger(BodyRule.class);

  private BodyRule() {}

  /**
   * The request with a body that cannot be read past the limit.
   *
   * @param ended runs when all of the body is there; perhaps several times
   * @throws JarvisException with {@code TOO_LARGE}
   * @throws UnsupportedMediaType for a body that is no JSON
   */
  static HttpServletRequest check(HttpServletRequest request, Runnable ended) {
    return check(request, ended, System::nanoTime);
  }

  /** The same by another clock, which counts nanoseconds. */
  static HttpServletRequest check(HttpServletRequest request, Runnable ended, LongSupplier nanos) {
    if (request.getContentLengthLong() > MAX_BYTES) {
      throw tooLarge();
    }
    String type = request.getContentType();
    if (isThere(request)
        && (type == null || !JSON.matcher(type.trim().toLowerCase(Locale.ROOT)).matches())) {
      throw new UnsupportedMediaType();
    }
    return new BoundedRequest(request, ended, nanos);
  }

  /** Whether a request says that it has a body. */
  static boolean isThere(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /**
   * Reads what nobody read. The server closes a connection with a body left on it, and a client
   * that has the answer already would send its next request into the void.
   */
  static void finish(HttpServletRequest request) {
    if (!isThere(request) || request.isAsyncStarted()) {
      return;
    }
    byte[] buffer = new byte[8 * 1024];
    try {
      while (request.getInputStream().read(buffer) >= 0) {
        // Only that it is gone matters.
      }
    } catch (IOException | RuntimeException unreadable) {
      // Then the connection ends, as it would have.
      LOG.debug("The rest of a body cannot be read.", unreadable);
    }
  }

  /**
   * Reads past a body that is too large, within bounds and for as long as it keeps coming, once the
   * answer is on its way. Where the connection ends with bytes left on it, a sender who is still
   * sending often sees only that, and never the answer.
   */
  static void discard(HttpServletRequest request) {
    byte[] buffer = new byte[64 * 1024];
    long begin = System.nanoTime();
    long heard = begin;
    long left = MAX_DISCARDED;
    try {
      ServletInputStream stream = request.getInputStream();
      while (left > 0
          && !stream.isFinished()
          && System.nanoTime() - begin < MAX_TIME.toNanos()
          && System.nanoTime() - heard < MAX_SILENCE.toNanos()) {
        if (stream.available() > 0) {
          left -= stream.read(buffer);
          heard = System.nanoTime();
        } else {
          LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      LOG.debug("The rest of a body that is too large cannot be read.", unreadable);
    }
  }

  private static JarvisException tooLarge() {
    return new JarvisException(
        ErrorCode.TOO_LARGE, "The body is larger than " + MAX_BYTES + " bytes.");
  }

  /** A body came that is no JSON. */
  static final class UnsupportedMediaType extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Problem problem() {
      return Problem.of(
          415,
          "unsupported-media-type",
          "Send the body as JSON in UTF-8, with the header Content-Type: application/json.");
    }
  }

  private static final class BoundedRequest extends HttpServletRequestWrapper {
    private final Runnable ended;
    private final LongSupplier nanos;

    BoundedRequest(HttpServletRequest request, Runnable ended, LongSupplier nanos) {
      super(request);
      this.ended = ended;
      this.nanos = nanos;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new BoundedStream(super.getInputStream(), ended, nanos);
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class BoundedStream extends ServletInputStream {
    private final ServletInputStream stream;
    private final Runnable ended;
    private final LongSupplier nanos;
    private final long begin;
    private long count;

    BoundedStream(ServletInputStream stream, Runnable ended, LongSupplier nanos) {
      this.stream = stream;
      this.ended = ended;
      this.nanos = nanos;
      this.begin = nanos.getAsLong();
    }

    @Override
    public int read() throws IOException {
      int read = stream.read();
      counted(read < 0 ? -1 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = stream.read(buffer, offset, length);
      counted(read);
      return read;
    }

    private void counted(int read) {
      if (read < 0) {
        ended.run();
      }
      count += Math.max(0, read);
      if (count > MAX_BYTES) {
        throw tooLarge();
      }
      if (nanos.getAsLong() - begin > MAX_TIME.toNanos()) {
        throw new JarvisException(
            ErrorCode.MALFORMED_REQUEST,
            "The body took longer than " + MAX_TIME.toSeconds() + " s. Send it without pauses.");
      }
    }

    @Override
    public boolean isFinished() {
      return stream.isFinished();
    }

    @Override
    public boolean isReady() {
      return stream.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      stream.setReadListener(listener);
    }
  }
}
