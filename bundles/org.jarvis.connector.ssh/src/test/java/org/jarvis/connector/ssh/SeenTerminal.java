package org.jarvis.connector.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.TerminalRequest;
import org.jspecify.annotations.Nullable;

/** Keeps what a terminal prints. */
final class SeenTerminal implements TerminalOutput {
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final CountDownLatch ended = new CountDownLatch(1);
  volatile @Nullable Integer exitStatus;
  volatile @Nullable String reason;

  static TerminalRequest request() {
    return new TerminalRequest(80, 24, null);
  }

  @Override
  public synchronized void output(byte[] bytes, int length) {
    seen.write(bytes, 0, length);
  }

  synchronized String text() {
    return seen.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void ended(@Nullable Integer status, @Nullable String why) {
    exitStatus = status;
    reason = why;
    ended.countDown();
  }

  void awaitText(String wanted) {
    for (int i = 0; i < 400 && !text().contains(wanted); i++) {
      RealServer.pause(25);
    }
    if (!text().contains(wanted)) {
      throw new AssertionError("The terminal printed: " + text());
    }
  }

  boolean awaitEnd() throws InterruptedException {
    return ended.await(10, TimeUnit.SECONDS);
  }
}
