package org.jarvis.connector.proxmox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jspecify.annotations.Nullable;

/**
 * One member of a cluster, as an address that answers the API. Whatever it is asked tells its
 * breaker how it does. Safe from any thread.
 */
final class Member {
  private static final ApiPath VERSION = ApiPath.of("version");
  private static final int SAYS_WHY_SINCE = 9;
  private static final Pattern MAJOR = Pattern.compile("([0-9]{1,3})(?:[.-].*)?");

  private final URI address;
  private final String label;
  private final Supplier<HttpClient> http;
  private final Access access;
  private final ConsentedCertificates consents;
  private final ApiToken token;
  private final Timeouts timeouts;
  private final ErrorReplies errors;
  private final ConnectionFailures failures;
  private final Traffic traffic;
  private final Breaker breaker;
  private final Clock clock;
  private final MemberClock itsClock = new MemberClock();
  private final boolean configured;
  private final AtomicLong heard = new AtomicLong();
  private volatile @Nullable NodeName node;
  private volatile @Nullable Formatter ofWrites;

  /**
   * A member.
   *
   * @param configured whether the operator named it; otherwise the cluster did
   * @param http the client of the moment
   */
  Member(
      URI address,
      boolean configured,
      Supplier<HttpClient> http,
      Access access,
      ConsentedCertificates consents,
      Timeouts timeouts,
      Traffic traffic,
      Clock clock) {
    this.address = address;
    this.configured = configured;
    this.traffic = traffic;
    this.breaker = new Breaker(clock);
    this.clock = clock;
    this.label = address.getHost();
    this.http = http;
    this.access = access;
    this.consents = consents;
    this.token = access.token();
    this.timeouts = timeouts;
    this.errors = new ErrorReplies(access);
    this.failures = new ConnectionFailures(access);
  }

  /** Where it answers. */
  URI address() {
    return address;
  }

  /** Whether the operator named it. */
  boolean configured() {
    return configured;
  }

  /** How it does. */
  Breaker breaker() {
    return breaker;
  }

  /** Which node it is, {@code null} while unknown. */
  @Nullable NodeName node() {
    return node;
  }

  /** Says which node it is. */
  void is(NodeName name) {
    node = name;
  }

  /** Grows with every answer that begins. */
  long heard() {
    return heard.get();
  }

  /** What is known of it. */
  ConnectionDetail.Member standing() {
    JarvisException reason = breaker.reason();
    return new ConnectionDetail.Member(
        address.toString(),
        node,
        configured,
        breaker.state(),
        breaker.lastAnswer(),
        breaker.nextAttempt(),
        reason == null ? null : reason.getMessage(),
        itsClock.offset(),
        access.pinned(label) || consents.of(label, address.getPort()) != null);
  }

  /** The time that it tells; {@code null} while it has told none, or does not answer. */
  @Nullable ToldTime time() {
    Duration ahead = itsClock.offset();
    return ahead == null || !breaker.well()
        ? null
        : new ToldTime(node, label, ahead, itsClock.wrong());
  }

  /**
   * A read under way.
   *
   * @param answer what it comes to; fails with a typed error where the member itself fails
   * @param hasBegun whether the answer has begun
   */
  record Attempt(CompletableFuture<Answer> answer, AtomicBoolean hasBegun) {
    boolean begun() {
      return hasBegun.get();
    }
  }

  /** Reads a path. */
  Attempt get(ApiPath path, Lane lane) {
    AtomicBoolean begun = new AtomicBoolean();
    long heardBefore = heard();
    HttpRequest request = reading(Formatter.JSON, path);
    CompletableFuture<Answer> answer =
        exchange(request, path, Formatter.JSON, timeouts.whole(), lane, begun)
            .thenCompose(
                reply -> {
                  if (reply.oversized() || reply.succeeded() || reply.explained()) {
                    return CompletableFuture.completedFuture(reply);
                  }
                  return explanation(path, lane).thenApply(reply::with);
                })
            .thenApply(reply -> judged(reply, path))
            .whenComplete(
                (reply, failure) -> {
                  if (failure == null) {
                    breaker.answered();
                  } else {
                    judge(path, typed(failure), heard() - heardBefore - (begun.get() ? 1 : 0));
                  }
                });
    return new Attempt(answer, begun);
  }

  private Answer judged(Reply reply, ApiPath path) {
    String call = path.toString();
    if (reply.oversized()) {
      // Whoever is in a guest can make its answers long; the member does well all the same.
      return new Answer(
          address,
          null,
          new JarvisException(
              ErrorCode.BAD_REPLY,
              label + ": its reply to " + call + " is larger than makes sense."),
          false);
    }
    try {
      return new Answer(address, dataOf(reply, call), null, false);
    } catch (JarvisException failure) {
      if (reply.isOfTheMember(failure.code(), path)) {
        throw failure;
      }
      return new Answer(address, null, failure, reply.relayed());
    }
  }

  /**
   * Says to the breaker that the member failed, unless it was another node, or no more than what it
   * says of one detail is odd.
   *
   * @param heardMeanwhile how many other answers have begun since it was asked
   */
  private void judge(ApiPath path, JarvisException failure, long heardMeanwhile) {
    String about = path.node();
    NodeName own = node;
    boolean ofAnother = about != null && (own == null || !about.equals(own.value()));
    if (failure.code() == ErrorCode.TIMED_OUT && ofAnother && heardMeanwhile > 0) {
      // It passes the question on and waits itself; what it answers alone, it answers.
      return;
    }
    if (failure.code() == ErrorCode.BAD_REPLY && !path.isCore()) {
      // Another may say it better, so it is asked; whether this one is well, the core tells.
      return;
    }
    breaker.failed(failure);
  }

  /**
   * How to send it what changes something, so that it says why it refuses: a refusal cannot be
   * asked about afterwards, as a read can. Reads its version by the other formatter, once, because
   * what only resembles a Proxmox VE may not have that one.
   *
   * @param version what it answers to {@code /version}
   */
  CompletableFuture<Formatter> formatterOfWrites(JsonNode version) {
    Matcher major = MAJOR.matcher(version.path("version").asText(""));
    if (!major.matches() || Integer.parseInt(major.group(1)) >= SAYS_WHY_SINCE) {
      return CompletableFuture.completedFuture(Formatter.JSON);
    }
    Formatter known = ofWrites;
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return getByExtjs(VERSION, Lane.DEMANDED)
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                return Formatter.JSON;
              }
              boolean has = reply.succeeded() && reply.json().path("data").has("version");
              Formatter found = has ? Formatter.EXTJS : Formatter.JSON;
              ofWrites = found;
              return found;
            });
  }

  /**
   * Sends a request that changes something, once. Where it cannot be known whether it arrived, the
   * error's code is {@code TIMED_OUT} or {@code UNREACHABLE}.
   */
  CompletableFuture<JsonNode> send(
      String verb, ApiPath path, Map<String, String> form, Formatter formatter) {
    String body = ApiPath.form(form);
    HttpRequest request =
        request(formatter, path, timeouts.write())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(verb, BodyPublishers.ofString(body))
            .build();
    return exchange(request, path, formatter, timeouts.write(), Lane.DEMANDED, new AtomicBoolean())
        .thenApply(reply -> dataOfWrite(reply, path));
  }

  /**
   * Asks for a packed reply: a fifth of the bytes to send and to decrypt, which costs a small
   * machine more than unpacking them.
   */
  private HttpRequest reading(Formatter formatter, ApiPath path) {
    return request(formatter, path, timeouts.answer())
        .header("Accept-Encoding", "gzip")
        .GET()
        .build();
  }

  private HttpRequest.Builder request(Formatter formatter, ApiPath path, Duration patience) {
    return HttpRequest.newBuilder(address.resolve(formatter.root() + path.encoded()))
        .timeout(patience)
        .header("Authorization", token.header())
        .header("Accept", "application/json");
  }

  private CompletableFuture<Reply> exchange(
      HttpRequest request,
      ApiPath path,
      Formatter formatter,
      Duration patience,
      Lane lane,
      AtomicBoolean answering) {
    Traffic.UnderWay counted = traffic.began(lane);
    boolean writes = !request.method().equals("GET");
    int limit = writes ? BodyLimits.WRITE : BodyLimits.of(path);
    Instant asked = clock.instant();
    CompletableFuture<HttpResponse<ReceivedBody>> sent =
        http.get()
            .sendAsync(
                request,
                head -> {
                  answering.set(true);
                  heard.incrementAndGet();
                  compareClocks(head, path, asked);
                  return new BoundedBody(limit);
                });
    // The request's own time-out ends with the reply's first byte; this one with its last.
    CompletableFuture<HttpResponse<ReceivedBody>> bounded =
        sent.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    return bounded.handle(
        (response, failure) -> {
          if (failure == null) {
            Reply reply = read(response, formatter, limit);
            counted.ended(reply.status() >= 400, response.body().size());
            return reply;
          }
          counted.ended(true, 0);
          sent.cancel(true);
          if (!writes && limit < BodyLimits.LARGEST && ConnectionFailures.tooLarge(failure)) {
            return Reply.tooLarge(Reply.OK);
          }
          JarvisException known = failures.of(label, failure, answering.get());
          if (!configured) {
            known = failures.discovered(label, known);
          }
          throw writes && !ConnectionFailures.neverSent(failure) ? unknown(known) : known;
        });
  }

  /** What is about another node may come from there, date and all; errors, from what is between. */
  private void compareClocks(HttpResponse.ResponseInfo head, ApiPath path, Instant asked) {
    if (path.node() == null && head.statusCode() == Reply.OK) {
      head.headers()
          .firstValue("Date")
          .ifPresent(date -> itsClock.heard(date, asked, clock.instant()));
    }
  }

  /** Why a read failed, from a member that does not say so in plain JSON. */
  private CompletableFuture<JsonNode> explanation(ApiPath path, Lane lane) {
    return getByExtjs(path, lane)
        .handle((reply, failure) -> failure == null ? reply.json() : ErrorReplies.none());
  }

  private CompletableFuture<Reply> getByExtjs(ApiPath path, Lane lane) {
    HttpRequest request = reading(Formatter.EXTJS, path);
    return exchange(request, path, Formatter.EXTJS, timeouts.whole(), lane, new AtomicBoolean());
  }

  /** The proxy packs what is longer than 1 kB, where asked to; the journal comes packed anyway. */
  private static Reply read(HttpResponse<ReceivedBody> response, Formatter formatter, int limit) {
    int status = response.statusCode();
    InputStream body = response.body().open();
    try (InputStream in = isPacked(response) ? new UnpackedBody(body, limit) : body) {
      JsonNode json = ReplyTree.read(in);
      return formatter.reply(status, json == null ? ErrorReplies.none() : json);
    } catch (UnpackedBody.TooLargeException beyond) {
      return Reply.tooLarge(status);
    } catch (IOException malformed) {
      return formatter.reply(status, ErrorReplies.none());
    }
  }

  private static boolean isPacked(HttpResponse<ReceivedBody> response) {
    return response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
  }

  private JsonNode dataOf(Reply reply, String call) {
    if (!reply.succeeded()) {
      throw errors.of(label, call, reply.status(), reply.json());
    }
    if (!reply.json().has("data")) {
      throw new JarvisException(
          ErrorCode.BAD_REPLY,
          label
              + ": answered "
              + call
              + " with something that is not the JSON of a Proxmox VE API."
              + " Check that addresses name the API itself (port 8006), not a page before it.");
    }
    return reply.json().get("data");
  }

  private JsonNode dataOfWrite(Reply reply, ApiPath path) {
    String call = path.toString();
    if (reply.neverArrived()) {
      throw new JarvisException(
          ErrorCode.NOT_SENT,
          errors.of(label, call, reply.status(), reply.json()).getMessage()
              + " Nothing was changed.");
    }
    if (reply.lostOnTheWay()) {
      throw unknown(errors.of(label, call, reply.status(), reply.json()));
    }
    if (!reply.conclusive()) {
      throw unknown(
          new JarvisException(
              ErrorCode.UNREACHABLE,
              label
                  + ": answered "
                  + call
                  + " with HTTP "
                  + reply.status()
                  + " and nothing that can be understood."));
    }
    return dataOf(reply, call);
  }

  private static JarvisException unknown(JarvisException failure) {
    ErrorCode code =
        failure.code() == ErrorCode.TIMED_OUT ? ErrorCode.TIMED_OUT : ErrorCode.UNREACHABLE;
    return new JarvisException(
        code,
        failure.getMessage()
            + " The request had been sent, so whether it took effect is unknown; it is not sent"
            + " again.",
        failure);
  }

  /** What a request failed with, out of its wrapping. */
  static JarvisException typed(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException || cause instanceof ExecutionException) {
      Throwable inner = cause.getCause();
      if (inner == null) {
        break;
      }
      cause = inner;
    }
    return cause instanceof JarvisException known
        ? known
        : new JarvisException(
            ErrorCode.INTERNAL, "A request to Proxmox VE failed: " + cause, cause);
  }
}
