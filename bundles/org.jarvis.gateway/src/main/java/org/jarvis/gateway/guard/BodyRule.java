package org.jarvis.gateway.guard;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.problem.Problem;

/** Bodies are JSON and of bounded size. */
final class BodyRule {
  private static final long MAX_BYTES = 1024L * 1024;
  private static final Pattern JSON =
      Pattern.compile("application/json(?:\\s*;\\s*charset=\"?utf-8\"?)?");

  private BodyRule() {}

  /**
   * The request with a body that cannot be read past the limit.
   *
   * @throws JarvisException with {@code TOO_LARGE}
   * @throws UnsupportedMediaType for a body that is no JSON
   */
  static HttpServletRequest check(HttpServletRequest request) {
    if (request.getContentLengthLong() > MAX_BYTES) {
      throw tooLarge();
    }
    boolean body =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    String type = request.getContentType();
    if (body && (type == null || !JSON.matcher(type.trim().toLowerCase(Locale.ROOT)).matches())) {
      throw new UnsupportedMediaType();
    }
    return new BoundedRequest(request);
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
    BoundedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new BoundedStream(super.getInputStream());
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class BoundedStream extends ServletInputStream {
    private final ServletInputStream stream;
    private long count;

    BoundedStream(ServletInputStream stream) {
      this.stream = stream;
    }

    @Override
    public int read() throws IOException {
      int read = stream.read();
      counted(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = stream.read(buffer, offset, length);
      counted(Math.max(0, read));
      return read;
    }

    private void counted(int read) {
      count += read;
      if (count > MAX_BYTES) {
        throw tooLarge();
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
