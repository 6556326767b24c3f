package org.example.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.StopReason;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.llm.provider.EventQueue;

/** One question, by one process. Whatever ends the one ends the other, and what it has started. */
final class CommandExchange implements ModelExchange {
  /** Hardly a word of any language has more in a token. */
  private static final int CHARACTERS_OF_A_TOKEN = 8;

  private static final int MOST_OF_A_COMPLAINT = 2000;

  private final Settings settings;
  private final ModelRequest request;
  private final EventQueue events;

  /** Whoever completes it first has the say; all others come too late. */
  private final CompletableFuture<AnswerEvent> last = new CompletableFuture<>();

  private volatile Process process;

  CommandExchange(
      Settings settings,
      ModelRequest request,
      Consumer<AnswerEvent> consumer,
      Consumer<CommandExchange> whenOver) {
    this.settings = settings;
    this.request = request;
    this.events = new EventQueue(consumer, this::cancel);
    last.thenAccept(
        event -> {
          stop();
          events.finish(event, event instanceof AnswerEvent.Failed);
          whenOver.accept(this);
        });
  }

  @Override
  public void cancel() {
    fail(Kind.CANCELLED, "It was stopped.");
  }

  void leave() {
    fail(Kind.PROVIDER_LEFT, "It was taken away.");
  }

  /** Runs to the end of the process; whatever ends the exchange before, does so from elsewhere. */
  void run() {
    Duration time = request.limits().time();
    time = time.compareTo(settings.time()) < 0 ? time : settings.time();
    String late = settings.program() + " took longer than " + time.toSeconds() + " s.";
    last.copy()
        .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyAsync(timeout -> fail(Kind.TIMED_OUT, late), CommandExchange::inBackground);
    try {
      Process begun = start();
      process = begun;
      if (last.isDone()) {
        // It was ended while there was no process yet that could have been ended with it.
        stop();
        return;
      }
      inBackground(() -> ask(begun));
      CompletableFuture<String> complaint =
          CompletableFuture.supplyAsync(() -> complaint(begun), CommandExchange::inBackground);
      listen(begun, complaint);
    } catch (IOException notThere) {
      fail(Kind.UNREACHABLE, settings.program() + " cannot be run. Is it there, and executable?");
    }
  }

  /** No shell is involved: each argument reaches the program as it is written. */
  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(settings.command());
    // Jarvis may have been given keys by its environment, which are none of the command's.
    builder.environment().keySet().retainAll(Set.of("PATH", "LANG"));
    return builder.start();
  }

  private void ask(Process begun) {
    try (OutputStream input = begun.getOutputStream()) {
      input.write(Transcript.of(request).getBytes(UTF_8));
    } catch (IOException unread) {
      // It may well answer, or fail, without having read to the end.
    }
  }

  private void listen(Process begun, CompletableFuture<String> complaint) throws IOException {
    int tokens =
        Math.min(
            request.limits().outputTokens(), settings.definition().capabilities().outputTokens());
    long most = (long) tokens * CHARACTERS_OF_A_TOKEN;
    StringBuilder words = new StringBuilder();
    char[] piece = new char[1024];
    // Not a BufferedReader: this one hands out what is there, and never half of a character.
    Reader output = new InputStreamReader(begun.getInputStream(), UTF_8);
    while (!last.isDone() && words.length() < most) {
      int length = output.read(piece);
      if (length < 0) {
        judge(begun.onExit().join().exitValue(), words.toString(), complaint);
        return;
      }
      words.append(piece, 0, length);
      events.tell(new AnswerEvent.TextDelta(new String(piece, 0, length)));
    }
    complete(words.toString(), StopReason.LENGTH);
  }

  private void judge(int exitCode, String words, CompletableFuture<String> complaint) {
    if (exitCode == 0) {
      complete(words, StopReason.END);
    } else {
      String failed = settings.program() + " failed with exit code " + exitCode + ". ";
      fail(Kind.SERVER_ERROR, failed + complaint.join());
    }
  }

  private void complete(String words, StopReason stop) {
    List<AnswerPart> parts = words.isEmpty() ? List.of() : List.of(new AnswerPart.Text(words));
    String model = settings.definition().model();
    last.complete(
        new AnswerEvent.Completed(new Answer(parts, stop, TokenUsage.UNKNOWN, model, null)));
  }

  /**
   * Ends it without an answer. The same command would hardly do better in a second try, so the next
   * provider is asked at once. The failure makes the message fit for people, whatever is in it.
   */
  private AnswerEvent fail(Kind kind, String message) {
    ModelFailure failure = new ModelFailure(kind, message, false, null, null);
    last.complete(new AnswerEvent.Failed(failure, TokenUsage.UNKNOWN));
    return null;
  }

  /** The last line of what it wrote to its standard error stream, read to the end and not kept. */
  private static String complaint(Process begun) {
    StringBuilder end = new StringBuilder();
    char[] piece = new char[1024];
    try (Reader errors = new InputStreamReader(begun.getErrorStream(), UTF_8)) {
      for (int length = errors.read(piece); length >= 0; length = errors.read(piece)) {
        end.append(piece, 0, length);
        end.delete(0, Math.max(0, end.length() - MOST_OF_A_COMPLAINT));
      }
    } catch (IOException gone) {
      // What was heard until then is all there is.
    }
    return end.toString().strip().lines().reduce("It did not say why.", (before, line) -> line);
  }

  private void stop() {
    Process begun = process;
    if (begun != null) {
      // All are listed before any is ended: a child whose parent is gone is found no more.
      Stream.concat(Stream.of(begun.toHandle()), begun.descendants())
          .toList()
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** A thread of its own, since what it does is to wait; it ends with the process. */
  static void inBackground(Runnable task) {
    Thread thread = new Thread(task, "model-by-command");
    thread.setDaemon(true);
    thread.start();
  }
}
