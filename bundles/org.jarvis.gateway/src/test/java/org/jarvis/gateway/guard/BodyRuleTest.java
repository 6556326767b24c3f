package org.jarvis.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.Test;

class BodyRuleTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong ends = new AtomicLong();

  @Test
  void takesABodyThatTakesAWhile() throws IOException {
    InputStream body = admitted("{\"a\":1}");
    assertThat(body.read()).isEqualTo('{');
    nanos.addAndGet(Duration.ofSeconds(29).toNanos());

    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("\"a\":1}");
  }

  @Test
  void refusesABodyThatIsDrippedInOverLong() throws IOException {
    InputStream body = admitted("{\"a\":1}");
    assertThat(body.read()).isEqualTo('{');
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());

    assertThatThrownBy(body::read)
        .isInstanceOfSatisfying(
            JarvisException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST));
  }

  @Test
  void tellsWhenAllOfTheBodyIsThere() throws IOException {
    InputStream body = admitted("{}");
    assertThat(List.of(body.read(), body.read())).containsExactly((int) '{', (int) '}');
    assertThat(ends).hasValue(0);

    assertThat(body.read()).isNegative();

    assertThat(ends).hasPositiveValue();
  }

  private InputStream admitted(String body) throws IOException {
    return BodyRule.check(request(body), ends::incrementAndGet, nanos::get).getInputStream();
  }

  private static HttpServletRequest request(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            BodyRuleTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getContentLengthLong" -> (long) bytes.length;
                  case "getContentType" -> "application/json";
                  case "getInputStream" -> new Bytes(bytes);
                  default -> null;
                });
  }

  private static final class Bytes extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Bytes(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return bytes.read(buffer, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
