package org.jarvis.connector.proxmox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * The API of one cluster, through whichever of its members answers. Safe from any thread.
 *
 * <p>A read that fails at one member is repeated at the next; the one that answered last is asked
 * first. What changes something is sent once, to a member that has just answered.
 */
public final class ApiClient implements AutoCloseable {
  private static final ApiPath VERSION = ApiPath.of("version");
  private static final long IDLE_SECONDS = 10;

  private final List<Member> members;
  private final AtomicLong requests = new AtomicLong();
  private final Map<Long, CompletableFuture<?>> pending = new ConcurrentHashMap<>();
  private volatile Member preferred;
  private volatile boolean closed;

  /**
   * A client; it connects when it is first used.
   *
   * @param name of its threads
   * @param addresses of the members, at least one, in the order in which to try them
   * @param access who Jarvis is to them, and they to it
   * @param timeouts how long to wait
   */
  public ApiClient(String name, List<URI> addresses, Access access, Timeouts timeouts) {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(timeouts.connect())
            // A redirect could lead the token elsewhere, and so could the system's proxy.
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .sslContext(ServerTrust.context(access.pins()))
            .executor(workers(name))
            .build();
    this.members =
        addresses.stream().map(address -> new Member(address, http, access, timeouts)).toList();
    this.preferred = members.get(0);
  }

  /** Threads that end by themselves when idle: the JDK's client cannot be closed before 21. */
  private static Executor workers(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = Executors.defaultThreadFactory().newThread(task);
          thread.setName(name + "-http");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Reads a path's data, waiting for it. */
  public JsonNode get(ApiPath path) {
    return await(read(path));
  }

  /** Reads a path's data. Fails with a {@link JarvisException}, maybe wrapped; see await. */
  public CompletableFuture<JsonNode> read(ApiPath path) {
    return answer(path).thenApply(Answer::data);
  }

  /** Posts a form, once, and waits for its data. */
  public JsonNode post(ApiPath path, Map<String, String> form) {
    return send("POST", path, form);
  }

  /** Puts a form, once, and waits for its data. */
  public JsonNode put(ApiPath path, Map<String, String> form) {
    return send("PUT", path, form);
  }

  /**
   * Deletes, once, and waits for its data. Parameters go into the path's query: Proxmox VE refuses
   * a DELETE that has a body.
   */
  public JsonNode delete(ApiPath path) {
    return send("DELETE", path, Map.of());
  }

  private JsonNode send(String verb, ApiPath path, Map<String, String> form) {
    Member member;
    try {
      // Finds a member that is alive, and a connection that is, while it still costs nothing to be
      // wrong: a request lost on a stale connection could not be sent again.
      member = await(answer(VERSION)).member();
    } catch (JarvisException failure) {
      throw new JarvisException(
          beforeSending(failure.code()), failure.getMessage() + " Nothing was changed.", failure);
    }
    return await(registered(member.send(verb, path, form)));
  }

  private static ErrorCode beforeSending(ErrorCode code) {
    return switch (code) {
      case TIMED_OUT, UNREACHABLE, BAD_REPLY -> ErrorCode.NOT_SENT;
      default -> code;
    };
  }

  private CompletableFuture<Answer> answer(ApiPath path) {
    List<Member> order = new ArrayList<>(members);
    Member first = preferred;
    order.remove(first);
    order.add(0, first);
    return registered(answer(path, order, new ArrayList<>()));
  }

  private CompletableFuture<Answer> answer(
      ApiPath path, List<Member> order, List<JarvisException> failures) {
    Member member = order.get(failures.size());
    if (closed) {
      return CompletableFuture.failedFuture(left());
    }
    return member
        .get(path)
        .thenApply(
            data -> {
              preferred = member;
              return new Answer(member, data);
            })
        .exceptionallyCompose(
            failure -> {
              JarvisException typed = Member.typed(failure);
              if (!worthAsking(typed.code())) {
                return CompletableFuture.failedFuture(typed);
              }
              failures.add(typed);
              return failures.size() < order.size()
                  ? answer(path, order, failures)
                  : CompletableFuture.failedFuture(ConnectionFailures.together(failures));
            });
  }

  /** Whether another member may answer better. */
  private static boolean worthAsking(ErrorCode failure) {
    return failure == ErrorCode.UNREACHABLE
        || failure == ErrorCode.TIMED_OUT
        || failure == ErrorCode.CERTIFICATE_UNTRUSTED
        || failure == ErrorCode.BAD_REPLY;
  }

  /** The same request, which ends early when this client is closed. */
  private <T> CompletableFuture<T> registered(CompletableFuture<T> request) {
    Long key = requests.incrementAndGet();
    CompletableFuture<T> registered = request.whenComplete((reply, end) -> pending.remove(key));
    pending.put(key, registered);
    if (request.isDone()) {
      pending.remove(key);
    }
    if (closed) {
      registered.completeExceptionally(left());
    }
    return registered;
  }

  /**
   * Waits for a reply.
   *
   * @throws JarvisException what the reply failed with
   */
  public static <T> T await(CompletableFuture<T> reply) {
    try {
      return reply.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new JarvisException(
          ErrorCode.UNREACHABLE,
          "Jarvis stopped waiting for Proxmox VE's answer, because it was told to.",
          interrupted);
    } catch (ExecutionException failed) {
      throw Member.typed(failed);
    }
  }

  private static JarvisException left() {
    return new JarvisException(
        ErrorCode.UNREACHABLE,
        "The connector of this cluster is leaving. It is back when it is installed and configured.");
  }

  /** Fails what is under way and whatever is asked from now on. */
  @Override
  public void close() {
    closed = true;
    for (CompletableFuture<?> request : pending.values()) {
      request.completeExceptionally(left());
    }
  }

  private record Answer(Member member, JsonNode data) {}
}
