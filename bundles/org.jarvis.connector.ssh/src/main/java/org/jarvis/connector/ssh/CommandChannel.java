package org.jarvis.connector.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.PtyChannelConfiguration;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * One command on a connection. It knows whether the host can have begun it: a command is asked for
 * only once its channel stands, and one that was given up before is never asked for.
 */
final class CommandChannel extends ChannelExec {
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.NEW);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean refused;

  /** How far it came. */
  enum Stage {
    /** Nothing was sent that could run. */
    NEW,
    /** Given up before it was asked for; it never will be. */
    GIVEN_UP,
    /** Asked for: it may run. */
    ASKED
  }

  CommandChannel(String command) {
    super(command.getBytes(StandardCharsets.UTF_8), new PtyChannelConfiguration(), Map.of());
    addCloseFutureListener(ended -> closed.countDown());
  }

  @Override
  protected void doOpen() throws IOException {
    if (!stage.compareAndSet(Stage.NEW, Stage.ASKED)) {
      throw new IOException("given up before it began");
    }
    super.doOpen();
  }

  @Override
  public void handleFailure() throws IOException {
    refused = true;
    super.handleFailure();
    close(true);
  }

  /** Sees to it that it does not begin; whether it surely never did. */
  boolean giveUp() {
    return stage.compareAndSet(Stage.NEW, Stage.GIVEN_UP) || stage.get() == Stage.GIVEN_UP;
  }

  /** Whether the server said that it does not run commands. */
  boolean isRefused() {
    return refused;
  }

  /** Why the server opened no channel, by its number; zero where it did not say. */
  int openFailureReason() {
    return openFailureReason;
  }

  /** Waits for its end; whether it came in that time. */
  boolean awaitClosed(Duration patience) throws InterruptedException {
    return closed.await(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** Sends a signal, such as {@code TERM}, to what runs, where the server knows how. */
  void signal(String name) throws IOException {
    Session session = getSession();
    Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, name.length() + 32);
    buffer.putUInt(getRecipient());
    buffer.putString("signal");
    buffer.putBoolean(false);
    buffer.putString(name);
    writePacket(buffer);
  }
}
