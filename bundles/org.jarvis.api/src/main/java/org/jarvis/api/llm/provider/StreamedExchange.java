package org.jarvis.api.llm.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jspecify.annotations.Nullable;

/** One exchange: a request, the stream of its reply, and the alarms that end it. */
final class StreamedExchange implements ModelExchange {
  /** Far more than any event of any protocol has. */
  private static final int MOST_BYTES_OF_AN_EVENT = 4 << 20;

  private static final long MOST_BYTES = 64L << 20;

  /** How long a connection may take to end by itself after an answer, so that it can be reused. */
  private static final Duration REST = Duration.ofSeconds(2);

  private static final int MOST_BYTES_OF_THE_REST = 64 << 10;

  private final EventReader reader;
  private final EventQueue queue;
  private final Credential credential;
  private final Patience patience;
  private final Duration time;
  private final ScheduledExecutorService alarms;
  private final SilenceAlarm silence;
  private final Clock clock;
  private final Consumer<StreamedExchange> whenOver;

  // Guarded by this.
  private @Nullable CompletableFuture<?> reply;
  private @Nullable Subscription subscription;
  private @Nullable Future<?> lastAlarm;
  private boolean aborted;

  StreamedExchange(
      EventReader reader,
      Consumer<AnswerEvent> events,
      Credential credential,
      Patience patience,
      Duration time,
      ScheduledExecutorService alarms,
      Clock clock,
      Consumer<StreamedExchange> whenOver) {
    this.reader = reader;
    this.queue = new EventQueue(events, this::abandon);
    this.credential = credential;
    this.patience = patience;
    this.time = time;
    this.alarms = alarms;
    this.silence = new SilenceAlarm(alarms, System::nanoTime);
    this.clock = clock;
    this.whenOver = whenOver;
  }

  void start(HttpClient http, HttpRequest request) {
    synchronized (this) {
      lastAlarm = after(time, () -> end(Kind.TIMED_OUT, "The answer took too long in all."));
    }
    await(patience.first(), "The server did not begin to answer in time.");
    CompletableFuture<HttpResponse<Void>> sent = http.sendAsync(request, this::body);
    synchronized (this) {
      reply = sent;
      if (aborted) {
        sent.cancel(true);
      }
    }
    CompletableFuture<?> unused =
        sent.whenComplete(
            (response, failure) -> {
              if (failure != null) {
                lost(failure);
              }
            });
  }

  @Override
  public void cancel() {
    end(Kind.CANCELLED, "It was stopped.");
  }

  private void abandon() {
    end(Kind.CANCELLED, "Whoever listened failed.");
  }

  /** Ends it without an answer, from outside of the stream. */
  void end(Kind kind, String message) {
    if (fail(ModelFailure.of(kind, message), true)) {
      abort();
    }
  }

  private boolean fail(ModelFailure failure, boolean dropWaiting) {
    ModelFailure safe =
        new ModelFailure(
            failure.kind(),
            credential.removedFrom(failure.message()),
            failure.retriable(),
            failure.retryAfter(),
            failure.requestId() == null ? null : credential.removedFrom(failure.requestId()));
    return finish(new AnswerEvent.Failed(safe, reader.usage()), dropWaiting);
  }

  private boolean finish(AnswerEvent last, boolean dropWaiting) {
    boolean first = queue.finish(last, dropWaiting);
    if (first) {
      whenOver.accept(this);
    }
    return first;
  }

  private void abort() {
    CompletableFuture<?> request;
    Subscription stream;
    synchronized (this) {
      aborted = true;
      request = reply;
      stream = subscription;
    }
    quiet();
    if (stream != null) {
      stream.cancel();
    }
    if (request != null) {
      request.cancel(true);
    }
  }

  private void lost(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean begun;
    synchronized (this) {
      begun = subscription != null;
    }
    if (isDistrust(cause)) {
      end(Kind.UNREACHABLE, "The server's certificate is not trusted.");
    } else if (cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnresolvedAddressException) {
      end(Kind.UNREACHABLE, "The server cannot be reached.");
    } else if (cause instanceof IOException && begun) {
      end(Kind.BROKEN_ANSWER, "The connection broke off in the middle of the answer.");
    } else if (cause instanceof IOException) {
      end(Kind.UNREACHABLE, "The connection broke off before the server answered.");
    } else {
      end(Kind.BROKEN_ANSWER, "The answer could not be read.");
    }
  }

  private static boolean isDistrust(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof GeneralSecurityException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  private BodySubscriber<Void> body(ResponseInfo info) {
    String type = info.headers().firstValue("content-type").orElse("text/event-stream");
    boolean stream =
        info.statusCode() == 200 && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    HttpRefusal begin = new HttpRefusal(info.statusCode(), info.headers(), "", clock);
    if (stream) {
      reader.begin(begin.requestId());
      return new Body(new Events());
    }
    return new Body(new Refused(begin));
  }

  // Alarms.

  private void await(Duration wait, String message) {
    silence.set(wait, () -> end(Kind.TIMED_OUT, message));
  }

  private void quiet() {
    silence.end();
    takeYourTime();
  }

  private synchronized void takeYourTime() {
    if (lastAlarm != null) {
      lastAlarm.cancel(false);
      lastAlarm = null;
    }
  }

  private @Nullable Future<?> after(Duration wait, Runnable task) {
    try {
      return alarms.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The client is closing, which ends every exchange.
      return null;
    }
  }

  /** What is done with the bytes of a reply. */
  private interface Content {
    void take(ByteBuffer bytes);

    void end();
  }

  private final class Events implements Content {
    private final ServerSentEvents events =
        new ServerSentEvents(this::event, MOST_BYTES_OF_AN_EVENT);
    private long read;
    private long rest;

    @Override
    public void take(ByteBuffer bytes) {
      if (queue.isOver()) {
        rest += bytes.remaining();
        if (rest > MOST_BYTES_OF_THE_REST) {
          abort();
        }
        return;
      }
      read += bytes.remaining();
      if (read > MOST_BYTES) {
        throw new ServerSentEvents.TooLargeException();
      }
      events.feed(bytes);
    }

    private void event(String name, String data) {
      if (queue.isOver()) {
        return;
      }
      List<AnswerEvent> told = reader.read(name, data);
      for (AnswerEvent event : told) {
        tell(event);
      }
    }

    private void tell(AnswerEvent event) {
      if (event instanceof AnswerEvent.Failed failed) {
        fail(failed.failure(), false);
      } else if (event instanceof AnswerEvent.Completed) {
        finish(event, false);
      } else {
        queue.tell(event);
      }
    }

    @Override
    public void end() {
      events.end();
      if (!queue.isOver()) {
        tell(reader.end());
      }
    }
  }

  private final class Refused implements Content {
    private final HttpRefusal begin;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Refused(HttpRefusal begin) {
      this.begin = begin;
    }

    @Override
    public void take(ByteBuffer bytes) {
      byte[] taken = new byte[Math.min(bytes.remaining(), HttpRefusal.MOST_BYTES - body.size())];
      bytes.get(taken);
      body.writeBytes(taken);
      if (body.size() >= HttpRefusal.MOST_BYTES) {
        end();
        abort();
      }
    }

    @Override
    public void end() {
      if (!queue.isOver()) {
        fail(
            reader.refused(
                new HttpRefusal(
                    begin.status(),
                    begin.headers(),
                    body.toString(StandardCharsets.UTF_8),
                    begin.clock())),
            false);
      }
    }
  }

  private final class Body implements BodySubscriber<Void> {
    private final Content content;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean begun;

    Body(Content content) {
      this.content = content;
    }

    @Override
    public CompletionStage<Void> getBody() {
      return done;
    }

    @Override
    public void onSubscribe(Subscription given) {
      boolean unwanted;
      synchronized (StreamedExchange.this) {
        subscription = given;
        unwanted = aborted;
      }
      if (unwanted) {
        given.cancel();
        return;
      }
      demand(given);
    }

    private void demand(Subscription from) {
      if (queue.isOver()) {
        takeYourTime();
        silence.set(REST, StreamedExchange.this::abort);
      } else if (begun) {
        await(patience.silence(), "The server fell silent in the middle of the answer.");
      } else {
        // Servers send the headers at once, and then load the model or read the question.
        await(patience.first(), "The server did not begin to answer in time.");
      }
      from.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      // While a consumer thinks, the server cannot be blamed.
      silence.pause();
      begun = true;
      Subscription from;
      synchronized (StreamedExchange.this) {
        from = subscription;
      }
      try {
        buffers.forEach(content::take);
      } catch (ServerSentEvents.TooLargeException tooLarge) {
        StreamedExchange.this.end(Kind.BROKEN_ANSWER, "The answer is too large to make sense.");
      } catch (RuntimeException broken) {
        StreamedExchange.this.end(Kind.BROKEN_ANSWER, "The answer makes no sense.");
      }
      if (from != null) {
        demand(from);
      }
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      try {
        content.end();
      } catch (RuntimeException broken) {
        StreamedExchange.this.end(Kind.BROKEN_ANSWER, "The answer makes no sense.");
      }
      quiet();
      done.complete(null);
    }
  }
}
