package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jarvis.gateway.ClientNetwork;
import org.jarvis.gateway.guard.Traffic.Kind;

/**
 * One request as it is counted, from when it comes in until it is answered. Whoever presents what
 * was found good before is counted under that alone, also where it is not asked for: what strangers
 * do must not keep them out, though all of them come by one proxy. Used by one thread.
 */
final class Visit implements AutoCloseable {
  private static final String LIVE_CHANNELS = "/ws/";

  private final HttpServletRequest request;
  private final Traffic traffic;
  private final ProvenCredentials proven;
  private final Optional<Presented> presented;
  private final String network;
  private final boolean open;
  private final boolean known;
  private final boolean channel;
  private Traffic.Passage passage;
  private Traffic.Passage body = () -> {};

  /**
   * A request comes in.
   *
   * @param open whether it needs no login
   * @param health whether it asks how Jarvis is
   * @throws org.jarvis.api.error.JarvisException with {@code THROTTLED}
   */
  Visit(
      HttpServletRequest request,
      boolean open,
      boolean health,
      Traffic traffic,
      ProvenCredentials proven) {
    this.request = request;
    this.open = open;
    this.traffic = traffic;
    this.proven = proven;
    this.presented = Presented.by(request);
    this.network = ClientNetwork.of(request.getRemoteAddr());
    this.channel =
        request.getMethod().equals("GET") && request.getRequestURI().startsWith(LIVE_CHANNELS);
    Optional<String> credential = presented.flatMap(proven::credential);
    this.known = credential.isPresent();
    if (credential.isPresent()) {
      passage = traffic.enter(kindOfProven(), credential.get());
    } else if (presented.isPresent() && !open) {
      passage = traffic.enter(channel ? Kind.UNPROVEN_CHANNEL : Kind.UNPROVEN, network);
    } else if (health
        && ClientNetwork.isThisMachine(request.getRemoteAddr(), request.getLocalAddr())) {
      passage = traffic.enter(Kind.HEALTH, network);
    } else {
      passage = traffic.enter(Kind.STRANGER, network);
    }
  }

  /**
   * Who sends it.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code UNAUTHENTICATED}, {@code
   *     PART_MISSING}, or {@code THROTTLED}
   */
  Caller caller(Credentials credentials) {
    Presented shown = presented.orElseThrow(Caller::unauthenticated);
    Optional<Caller> found = credentials.check(shown, request);
    if (found.isEmpty()) {
      proven.remove(shown);
      throw Caller.unauthenticated();
    }
    Caller caller = found.get();
    String credential = caller.principal().credential();
    proven.add(shown, credential);
    if (!known) {
      Traffic.Passage next = traffic.enter(kindOfProven(), credential);
      passage.close();
      passage = next;
    }
    return caller;
  }

  private Kind kindOfProven() {
    return channel ? Kind.PROVEN_CHANNEL : Kind.PROVEN;
  }

  /**
   * The request with a bounded body. What needs no login has one of a few places until its body is
   * there: each holds a thread of the server meanwhile.
   */
  HttpServletRequest withBody() {
    HttpServletRequest bounded = BodyRule.check(request, this::bodyEnded);
    if (open) {
      body = traffic.enter(Kind.STRANGERS_BODY, network);
    }
    return bounded;
  }

  private void bodyEnded() {
    body.close();
  }

  @Override
  public void close() {
    body.close();
    passage.close();
  }
}
