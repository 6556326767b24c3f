package org.jarvis.connector.proxmox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jarvis.api.connector.MemberCertificate;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jspecify.annotations.Nullable;

/**
 * The API of one cluster, through whichever of its members answers. Safe from any thread.
 *
 * <p>A read that a member does not begin to answer within a moment, or fails at, is repeated at the
 * next; the one that answered last is asked first. A member that fails again and again rests. What
 * changes something is sent once, to a member that has just answered.
 */
public final class ApiClient implements AutoCloseable {
  private static final ApiPath VERSION = ApiPath.of("version");
  private static final long IDLE_SECONDS = 10;
  private static final Duration MOMENT = Duration.ofMillis(800);

  private final Access access;
  private final Timeouts timeouts;
  private final ThreadPoolExecutor workers;
  private final ConsentedCertificates consents = new ConsentedCertificates();
  private final Members members;
  private final Traffic traffic;
  private final Executor afterAMoment;
  private final AtomicLong requests = new AtomicLong();
  private final Map<Long, CompletableFuture<?>> pending = new ConcurrentHashMap<>();
  private volatile HttpClient http;
  private volatile boolean closed;

  // Guarded by this: the one attempt that all wait for while every member rests.
  private @Nullable CompletableFuture<Answer> recovery;

  /** A client by the system's clock. */
  public ApiClient(String name, List<URI> addresses, Access access, Timeouts timeouts) {
    this(name, addresses, access, timeouts, MOMENT, Clock.systemUTC());
  }

  /**
   * A client; it connects when it is first used.
   *
   * @param name of its threads
   * @param addresses of the members, at least one, in the order in which to try them
   * @param access who Jarvis is to them, and they to it
   * @param timeouts how long to wait
   * @param moment how long a member has to begin to answer before another is asked, too
   * @param clock tells how long members rest, and what the last minute is
   */
  public ApiClient(
      String name,
      List<URI> addresses,
      Access access,
      Timeouts timeouts,
      Duration moment,
      Clock clock) {
    this.access = access;
    this.timeouts = timeouts;
    this.workers = workers(name);
    this.http = connect();
    this.traffic = new Traffic(clock);
    this.afterAMoment =
        CompletableFuture.delayedExecutor(moment.toMillis(), TimeUnit.MILLISECONDS, workers);
    this.members =
        new Members(
            addresses,
            (address, configured) ->
                new Member(
                    address, configured, () -> http, access, consents, timeouts, traffic, clock),
            access,
            workers);
  }

  private HttpClient connect() {
    return HttpClient.newBuilder()
        .connectTimeout(timeouts.connect())
        // A redirect could lead the token elsewhere, and so could the system's proxy.
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .sslContext(ServerTrust.context(access, consents))
        .executor(workers)
        .build();
  }

  /** What the members show at this moment. */
  public List<MemberCertificate> certificates() {
    CertificateLook look = new CertificateLook(access, consents, timeouts, connect());
    List<CompletableFuture<MemberCertificate>> looks =
        members.all().stream().map(look::at).map(this::registered).toList();
    return looks.stream().map(ApiClient::await).toList();
  }

  /** Whether a member is trusted because a person consented to its certificate. */
  public boolean isByConsent(URI address) {
    return !access.pinned(address.getHost())
        && consents.of(address.getHost(), address.getPort()) != null;
  }

  /**
   * What people consented to; see {@link org.jarvis.api.connector.ClusterTrust}. Connections that
   * stand go on with what was asked by them, and nothing more is.
   */
  public void consent(Map<String, String> fingerprints) {
    if (consents.replace(fingerprints)) {
      http = connect();
      members.all().stream().map(Member::breaker).forEach(Breaker::wake);
    }
  }

  /** Threads that end by themselves when idle: the JDK's client cannot be closed before 21. */
  private static ThreadPoolExecutor workers(String name) {
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

  /** Reads a path's data for somebody who waits for it. */
  public JsonNode get(ApiPath path) {
    return get(path, Lane.DEMANDED);
  }

  /** Reads a path's data, waiting for it. */
  public JsonNode get(ApiPath path, Lane lane) {
    return await(read(path, lane));
  }

  /** Reads a path's data. Fails with a {@link JarvisException}, maybe wrapped; see await. */
  public CompletableFuture<JsonNode> read(ApiPath path) {
    return read(path, Lane.DEMANDED);
  }

  /** The same on another's behalf. */
  public CompletableFuture<JsonNode> read(ApiPath path, Lane lane) {
    return answer(path, lane).thenApply(Answer::dataOrThrow);
  }

  /** The same, with the address of the member that answered. */
  public CompletableFuture<Told> ask(ApiPath path, Lane lane) {
    return answer(path, lane).thenApply(answer -> new Told(answer.address(), answer.dataOrThrow()));
  }

  /**
   * What a member told.
   *
   * @param address which member
   * @param data the reply's data
   */
  public record Told(URI address, JsonNode data) {}

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
    Formatter formatter;
    try {
      // Finds a member that is alive, and a connection that is, while it still costs nothing to be
      // wrong: a request lost on a stale connection could not be sent again.
      Answer answer = await(answer(VERSION, Lane.DEMANDED));
      member = members.at(answer.address());
      formatter = await(registered(member.formatterOfWrites(answer.dataOrThrow())));
    } catch (JarvisException failure) {
      throw new JarvisException(
          beforeSending(failure.code()), failure.getMessage() + " Nothing was changed.", failure);
    }
    return await(registered(member.send(verb, path, form, formatter)));
  }

  private static ErrorCode beforeSending(ErrorCode code) {
    return switch (code) {
      case TIMED_OUT, UNREACHABLE, BAD_REPLY -> ErrorCode.NOT_SENT;
      default -> code;
    };
  }

  private CompletableFuture<Answer> answer(ApiPath path, Lane lane) {
    if (closed) {
      return CompletableFuture.failedFuture(left());
    }
    List<Member> order = members.inOrder();
    if (!order.isEmpty()) {
      return registered(hedged(path, lane, order));
    }
    if (lane == Lane.SLOW) {
      return CompletableFuture.failedFuture(members.whyNobodyAnswers());
    }
    return registered(recovered().thenCompose(any -> hedged(path, lane, members.inOrder())));
  }

  private CompletableFuture<Answer> hedged(ApiPath path, Lane lane, List<Member> order) {
    if (order.isEmpty()) {
      return CompletableFuture.failedFuture(members.whyNobodyAnswers());
    }
    return HedgedRead.of(path, lane, order, afterAMoment)
        .thenCompose(
            answer -> {
              members.answered(answer.address());
              Member own = answer.relayed() ? members.ownOf(path, answer.address()) : null;
              // The node may be cut off from that member alone.
              return own == null
                  ? CompletableFuture.completedFuture(answer)
                  : own.get(path, lane).answer().exceptionally(failure -> answer);
            });
  }

  /** Tries all members, because all rest: one attempt for everybody who waits. */
  private synchronized CompletableFuture<Answer> recovered() {
    CompletableFuture<Answer> running = recovery;
    if (running == null || running.isDone()) {
      running = HedgedRead.of(VERSION, Lane.HOT, members.all(), afterAMoment);
      recovery = running;
    }
    return running;
  }

  /**
   * Tries, by one request each, the members whose rest is over, and those of which nothing is known
   * or nothing good, so that it is known before they are needed. While a clock is wrong, all are
   * asked, since others may be as wrong, and whoever set them right is not to wait for long.
   * Returns at once.
   *
   * @return ends with these requests, whatever comes of them
   */
  public CompletableFuture<Void> tend() {
    List<CompletableFuture<?>> attempts = new ArrayList<>();
    List<Member> order = members.inOrder();
    boolean somebodyIsAsked = !order.isEmpty();
    boolean clocksAreWrong = times().stream().anyMatch(ToldTime::wrong);
    boolean somebodyAnswers = members.somebodyAnswers();
    for (Member member : closed ? List.<Member>of() : members.all()) {
      Breaker breaker = member.breaker();
      // The first in the order is asked for everything else anyway.
      boolean anyway = clocksAreWrong && somebodyIsAsked && !member.equals(order.get(0));
      if ((somebodyIsAsked && breaker.takeAttempt())
          || (somebodyAnswers && breaker.takeLook(anyway))) {
        attempts.add(member.get(VERSION, Lane.HOT).answer().handle((answer, failure) -> answer));
      }
    }
    return CompletableFuture.allOf(attempts.toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Ends when the names of the configured members are looked up, found or not. Before that nothing
   * is discovered, lest a member be known twice.
   */
  public CompletableFuture<Void> namesLookedUp() {
    return members.namesLookedUp();
  }

  /** Takes note of where the members are, as the cluster tells. */
  public void discover(Discovery discovery) {
    members.discover(discovery);
  }

  /**
   * How the members stand. Of those that the cluster names and Jarvis does not use, the state is
   * {@code UNTRIED} and the reason says why.
   */
  public List<ConnectionDetail.Member> members() {
    return members.standings();
  }

  /** The times that they tell, as far as they answer and were asked lately enough to be known. */
  public List<ToldTime> times() {
    return members.all().stream().map(Member::time).filter(Objects::nonNull).toList();
  }

  /** How far the clock of a node is ahead of Jarvis's; zero while that is not known. */
  public Duration clockOffset(NodeName node) {
    for (ToldTime time : times()) {
      if (node.equals(time.node())) {
        return time.ahead();
      }
    }
    return Duration.ZERO;
  }

  /** What was asked of them. */
  public Traffic traffic() {
    return traffic;
  }

  /** Reads a path from the member at this address and no other, whatever its breaker says. */
  public CompletableFuture<JsonNode> readFrom(URI address, ApiPath path) {
    return registered(members.at(address).get(path, Lane.DEMANDED).answer())
        .thenApply(Answer::dataOrThrow);
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
        "The connector of this cluster is leaving. It is back when it is installed and"
            + " configured.");
  }

  /** Fails what is under way and whatever is asked from now on. */
  @Override
  public void close() {
    closed = true;
    for (CompletableFuture<?> request : pending.values()) {
      request.completeExceptionally(left());
    }
    // What the client still has to do, it does on threads that end right after it.
    workers.setKeepAliveTime(0, TimeUnit.SECONDS);
  }
}
