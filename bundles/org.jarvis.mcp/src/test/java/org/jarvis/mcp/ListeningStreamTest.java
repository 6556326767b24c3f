package org.jarvis.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ListeningStreamTest {
  private final AtomicInteger completed = new AtomicInteger();
  private final Output output = new Output();

  /** A client's connection that takes in what it is told to. */
  private static final class Output extends ServletOutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private boolean ready;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      // The test says itself when there is room.
    }

    @Override
    public void write(int value) {
      assertThat(ready).isTrue();
      taken.write(value);
    }
  }

  private ListeningStream stream() throws Exception {
    Object response = answering(ServletResponse.class, "getOutputStream", () -> output);
    AsyncContext context =
        (AsyncContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("complete")) {
                    completed.incrementAndGet();
                  }
                  return method.getName().equals("getResponse") ? response : null;
                });
    ListeningStream stream = new ListeningStream(context);
    stream.begin();
    return stream;
  }

  private static Object answering(Class<?> type, String method, Supplier<Object> answer) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, called, arguments) -> called.getName().equals(method) ? answer.get() : null);
  }

  @Test
  void neverWaitsForAClientAndLetsOneGoThatTakesNothingIn() throws Exception {
    ListeningStream stream = stream();
    for (int i = 1; i < ListeningStream.MOST_WAITING; i++) {
      stream.beat();
    }
    assertThat(stream.isOpen()).isTrue();
    stream.beat();
    assertThat(stream.isOpen()).isFalse();
    assertThat(completed).hasValue(1);
    stream.close();
    assertThat(completed).hasValue(1);
  }

  @Test
  void opensNoMoreOnceItsSessionHasEnded() throws Exception {
    try (HouseServer server = new HouseServer()) {
      server.open(HouseServer.READ);
      ClientSession session = server.sessions.all().get(0);
      server.sessions.endOf(HouseServer.READ);
      ListeningStream late = stream();
      session.listen(late);
      assertThat(late.isOpen()).isFalse();
    }
  }

  @Test
  void writesWhatWaitedWhenThereIsRoom() throws Exception {
    ListeningStream stream = stream();
    stream.beat();
    assertThat(output.taken.size()).isZero();
    output.ready = true;
    stream.onWritePossible();
    assertThat(output.taken.toString(StandardCharsets.UTF_8)).isEqualTo(": \n\n: \n\n");
    stream.onError(new IllegalStateException("gone"));
    assertThat(stream.isOpen()).isFalse();
    stream.beat();
    assertThat(output.taken.size()).isEqualTo(8);
  }
}
