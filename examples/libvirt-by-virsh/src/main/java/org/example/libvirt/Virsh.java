package org.example.libvirt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * Runs virsh, one process for each command. No shell is involved, and what comes from the machine
 * never becomes an argument, but for UUIDs that were parsed as such: no name of a domain can become
 * an option or a command. Safe from any thread.
 *
 * <p>Exit codes and messages are those of virsh (libvirt's tools/virsh.c): 0 for success, 1 for an
 * error that its standard error stream tells in lines that begin with "error: ".
 */
final class Virsh {
  private static final int MOST = 4 * 1024 * 1024;
  private static final int LONGEST_COMPLAINT = 300;
  private static final long GRACE_MILLIS = 1000;

  /** libvirt was never reached, so it was asked for nothing. */
  private static final String NEVER_CONNECTED = "failed to connect to the hypervisor";

  /** libvirt was reached, and went away before it had answered (src/rpc/virnetclient.c). */
  private static final Pattern LOST =
      Pattern.compile(
          "Disconnected from|End of file while reading data|Cannot (recv|write) data"
              + "|client socket is closed|keepalive timeout",
          Pattern.CASE_INSENSITIVE);

  private final Settings settings;

  Virsh(Settings settings) {
    this.settings = settings;
  }

  /** What virsh answers to a question. It is ended when the asking thread is interrupted. */
  String ask(String... words) {
    Process process = start(ErrorCode.UNREACHABLE, words);
    try {
      Ending ending = end(process);
      if (ending.exitCode == 0) {
        return ending.output;
      }
      throw new JarvisException(
          ending.neverConnected() || ending.lost() ? ErrorCode.UNREACHABLE : ErrorCode.REMOTE_ERROR,
          "virsh cannot tell how " + settings.cluster() + " is: " + complaint(ending));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Begins a change. */
  Process begin(String... words) {
    return start(ErrorCode.NOT_SENT, words);
  }

  /**
   * Waits for the end of a change. The process goes on when the waiting thread is interrupted.
   *
   * @return why it failed; empty when it succeeded
   * @throws JarvisException where it was not asked for, or nobody knows what came of it
   */
  String failure(Process change) {
    Ending ending = end(change);
    if (ending.exitCode == 0) {
      return "";
    }
    if (ending.neverConnected()) {
      throw new JarvisException(
          ErrorCode.NOT_SENT, "libvirt could not be reached: " + complaint(ending));
    }
    if (ending.lost()) {
      throw new JarvisException(
          ErrorCode.UNREACHABLE,
          "The connection to libvirt was lost, so what came of it is unknown: "
              + complaint(ending));
    }
    return complaint(ending);
  }

  private Process start(ErrorCode otherwise, String... words) {
    List<String> command = new ArrayList<>(settings.command());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Jarvis may have been given keys by its environment, which are none of the command's.
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      // Whoever waits may be gone by then, so this does not depend on anybody.
      process
          .onExit()
          .orTimeout(settings.time().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS)
          .exceptionally(late -> process.destroyForcibly());
      return process;
    } catch (IOException notThere) {
      throw new JarvisException(otherwise, "virsh cannot be run. Is it there, and executable?");
    }
  }

  private Ending end(Process process) {
    CompletableFuture<String> output = reading(process, process.getInputStream());
    CompletableFuture<String> errors = reading(process, process.getErrorStream());
    try {
      if (!process.waitFor(settings.time().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new JarvisException(
            ErrorCode.TIMED_OUT, "virsh took longer than " + settings.time().toSeconds() + " s.");
      }
      return new Ending(process.exitValue(), all(output), all(errors));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new JarvisException(
          ErrorCode.UNREACHABLE, "virsh is not waited for any more; what came of it is unknown.");
    }
  }

  /** All that it said: half a list would make guests vanish. */
  private static String all(CompletableFuture<String> words) throws InterruptedException {
    try {
      return words.get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException cut) {
      throw new JarvisException(
          ErrorCode.BAD_REPLY, "virsh said too much, or did not say all of it.", cut);
    }
  }

  /** On a thread of its own, since a process that is not read stands still. It ends with it. */
  private static CompletableFuture<String> reading(Process process, InputStream from) {
    CompletableFuture<String> all = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (from) {
                byte[] bytes = from.readNBytes(MOST);
                if (bytes.length == MOST) {
                  throw new IOException("too much");
                }
                all.complete(new String(bytes, UTF_8));
              } catch (IOException cut) {
                process.destroyForcibly();
                all.completeExceptionally(cut);
              }
            },
            "libvirt-by-virsh-output");
    thread.setDaemon(true);
    thread.start();
    return all;
  }

  /** The last line that it complains in, without what the configuration holds. */
  private String complaint(Ending ending) {
    String last =
        ending
            .errors
            .lines()
            .map(line -> line.replaceFirst("^error: ", "").strip())
            .filter(line -> !line.isEmpty())
            .reduce("It did not say why.", (before, line) -> line);
    for (String word : settings.command().subList(1, settings.command().size())) {
      last = word.isEmpty() ? last : last.replace(word, "…");
    }
    return last.length() > LONGEST_COMPLAINT ? last.substring(0, LONGEST_COMPLAINT) + "…" : last;
  }

  private record Ending(int exitCode, String output, String errors) {
    boolean neverConnected() {
      return errors.contains(NEVER_CONNECTED);
    }

    /** Also where it was ended by a signal, or by whoever runs it, such as ssh. */
    boolean lost() {
      return exitCode > 128 || LOST.matcher(errors).find();
    }
  }
}
