package org.jarvis.api.llm.provider;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.TokenUsage;

/**
 * Posts requests whose replies are server-sent events, over HTTP/1.1: there a cancelled exchange is
 * a closed connection, which every server of models understands. Follows no redirect and no proxy
 * of the system, since either could lead the key elsewhere.
 *
 * <p>Keeps to {@link org.jarvis.api.llm.ModelProvider#converse}: one at a time, exactly one last
 * event, nothing after a cancel. Safe for several threads.
 */
public final class EventStreamClient implements AutoCloseable {
  private static final int IDLE_SECONDS = 10;
  private static final String LEFT = "The provider left while it was answering.";

  private final HttpClient http;
  private final ThreadPoolExecutor workers;
  private final ScheduledThreadPoolExecutor alarms;
  private final Patience patience;
  private final Clock clock;
  private final Set<StreamedExchange> running = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  /**
   * A client; it connects when it is first used.
   *
   * @param name of its threads
   * @param patience how long to wait
   * @param clock what dates in replies are compared with
   */
  public EventStreamClient(String name, Patience patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
    this.workers = workers(name);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(workers)
            .build();
    this.alarms = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name + "-alarm"));
    alarms.setRemoveOnCancelPolicy(true);
    alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Threads that end by themselves when idle: the JDK's client cannot be closed before 21. */
  private static ThreadPoolExecutor workers(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> daemon(task, name));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = Executors.defaultThreadFactory().newThread(task);
    thread.setName(name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins an exchange.
   *
   * @param address where to post
   * @param headers what to say beside the usual
   * @param credential the key
   * @param json the request
   * @param time how long it may take in all
   * @param reader what the events mean
   * @param events takes what comes
   */
  public ModelExchange post(
      URI address,
      Map<String, String> headers,
      Credential credential,
      String json,
      Duration time,
      EventReader reader,
      Consumer<AnswerEvent> events) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("content-type", "application/json")
            .header("accept", "text/event-stream, application/json")
            .POST(BodyPublishers.ofString(json));
    headers.forEach(request::header);
    if (!credential.key().isEmpty()) {
      request.header(credential.header(), credential.prefix() + credential.key().reveal());
    }
    if (closed) {
      return refuse(ModelFailure.of(Kind.PROVIDER_LEFT, "The provider is leaving."), events);
    }
    StreamedExchange exchange =
        new StreamedExchange(
            reader, events, credential, patience, time, alarms, clock, running::remove);
    running.add(exchange);
    exchange.start(http, request.build());
    if (closed) {
      exchange.end(Kind.PROVIDER_LEFT, LEFT);
    }
    return exchange;
  }

  /** Tells a failure as the last and only event of an exchange that does not begin. */
  public ModelExchange refuse(ModelFailure failure, Consumer<AnswerEvent> events) {
    workers.execute(() -> events.accept(new AnswerEvent.Failed(failure, TokenUsage.UNKNOWN)));
    return () -> {
      // It is over already.
    };
  }

  /** Ends what is under way, and whatever is asked from now on. */
  @Override
  public void close() {
    closed = true;
    for (StreamedExchange exchange : running) {
      exchange.end(Kind.PROVIDER_LEFT, LEFT);
    }
    alarms.shutdown();
  }
}
