package org.jarvis.lab.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jarvis.lab.shell.Interpreter;
import org.jarvis.lab.shell.Job;
import org.jarvis.lab.shell.Login;

/** One command that was sent over a channel, without a terminal. */
final class ExecChannel implements Command {

  private static final int HANGUP = 1;
  private static final Map<Signal, Integer> DEADLY =
      Map.of(Signal.HUP, HANGUP, Signal.INT, 2, Signal.QUIT, 3, Signal.KILL, 9, Signal.TERM, 15);

  private final Login login;
  private final String line;
  private final Executor threads;
  private final BooleanSupplier silent;
  private final Job job = new Job();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private OutputStream err = OutputStream.nullOutputStream();
  private ExitCallback exit = (status, message, immediately) -> {};

  ExecChannel(Login login, String line, Executor threads, BooleanSupplier silent) {
    this.login = login;
    this.line = line;
    this.threads = threads;
    this.silent = silent;
  }

  @Override
  public void setInputStream(InputStream newIn) {
    in = newIn;
  }

  @Override
  public void setOutputStream(OutputStream newOut) {
    out = newOut;
  }

  @Override
  public void setErrorStream(OutputStream newErr) {
    err = newErr;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    environment.addSignalListener(
        (of, signal) -> {
          Integer number = DEADLY.get(signal);
          if (number != null) {
            job.cancel(number);
          }
        });
    try {
      threads.execute(() -> run(channel, environment));
    } catch (RejectedExecutionException full) {
      throw new IOException("too many commands run on the lab's hosts", full);
    }
  }

  private void run(ChannelSession channel, Environment environment) {
    Map<String, String> given = new HashMap<>();
    environment
        .getEnv()
        .forEach(
            (name, value) -> {
              if (name.equals("LANG") || name.startsWith("LC_")) {
                given.put(name, value);
              }
            });
    int status =
        new Interpreter(login, given)
            .run(
                line,
                "bash: ",
                job,
                in,
                new GuardedOutput(out, silent, job),
                new GuardedOutput(err, silent, job));
    try {
      out.flush();
      err.flush();
      if (job.signal() > 0) {
        signalled(channel);
      }
    } catch (IOException gone) {
      // Nobody is there any more who could be told.
    }
    exit.onExit(status);
  }

  /** Tells by which signal it ended, before the channel tells the status of the shell. */
  private void signalled(ChannelSession channel) throws IOException {
    String name =
        DEADLY.entrySet().stream()
            .filter(entry -> entry.getValue() == job.signal())
            .map(entry -> entry.getKey().name())
            .findFirst()
            .orElse("TERM");
    if (!channel.isOpen()) {
      return;
    }
    Buffer buffer = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
    buffer.putUInt(channel.getRecipient());
    buffer.putString("exit-signal");
    buffer.putBoolean(false);
    buffer.putString(name);
    buffer.putBoolean(false);
    buffer.putString("");
    buffer.putString("");
    channel.writePacket(buffer);
  }

  @Override
  public void destroy(ChannelSession channel) {
    job.cancel(HANGUP);
  }
}
