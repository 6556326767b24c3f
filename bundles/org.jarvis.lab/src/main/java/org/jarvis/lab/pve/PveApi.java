package org.jarvis.lab.pve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Node;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.Troubles;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests as a member of a Proxmox VE cluster does, in its order: token, path, privilege,
 * the node's reachability, parameters, and only then the call itself. Thread-safe.
 */
public final class PveApi {

  private static final Pattern TOKEN = Pattern.compile("PVEAPIToken[= ]([^=\\s]+)=(\\S+)");

  private final SimulatedCluster cluster;
  private final List<ApiToken> tokens;
  private final BooleanSupplier tokensRevoked;
  private final List<Endpoint> endpoints;
  private final Release release;
  private final ReleaseView view;

  /**
   * An API over a cluster.
   *
   * @param tokens the tokens that it accepts
   * @param tokensRevoked asked at every request: whether it accepts none of them for now
   * @param certificates of its members
   * @param release which version it claims to be
   */
  public PveApi(
      SimulatedCluster cluster,
      List<ApiToken> tokens,
      BooleanSupplier tokensRevoked,
      MemberCertificates certificates,
      Release release) {
    this.cluster = cluster;
    this.tokens = List.copyOf(tokens);
    this.tokensRevoked = tokensRevoked;
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new ClusterEndpoints(cluster, certificates, release).all());
    all.addAll(new NodeEndpoints(cluster, release).all());
    all.addAll(new GuestEndpoints(cluster).all());
    all.addAll(new TaskEndpoints(cluster).all());
    all.addAll(new HistoryEndpoints(cluster).all());
    all.addAll(new BackupEndpoints(cluster).all());
    all.addAll(new StorageEndpoints(cluster).all());
    all.addAll(new HaEndpoints(cluster, release).all());
    all.addAll(new LogEndpoints(cluster).all());
    all.addAll(new DiskEndpoints(cluster).all());
    all.addAll(new NodeDetailEndpoints(cluster, certificates).all());
    all.addAll(new PoolEndpoints(cluster).all());
    all.addAll(new GuestDetailEndpoints(cluster).all());
    all.addAll(new GuestWriteEndpoints(cluster).all());
    all.addAll(new GuestSettingEndpoints(cluster).all());
    all.addAll(new BackupWriteEndpoints(cluster).all());
    all.addAll(new NodeWriteEndpoints(cluster).all());
    this.release = release;
    this.view = new ReleaseView(release);
    this.endpoints = List.copyOf(view.of(all));
  }

  /** Whether a member answers by itself: it is there, and its daemon runs. */
  public boolean answers(String member) {
    return !cluster.troubles().on(Troubles.Kind.API_DOWN, member)
        && cluster.snapshot().nodes().stream()
            .anyMatch(node -> node.name().equals(member) && node.online());
  }

  /** How far a member's clock is ahead of the others'. */
  public Duration skew(String member) {
    return cluster.skew(member);
  }

  /** Everything that it knows to answer. */
  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Answers one request; never fails. */
  public PveReply answer(PveRequest request) {
    try {
      return call(request);
    } catch (PveError error) {
      return error.reply(request.formatter(), release);
    }
  }

  private PveReply call(PveRequest request) throws PveError {
    Caller caller = authenticate(request);
    List<String> path = Endpoint.segments(request.path());
    for (Endpoint endpoint : endpoints) {
      Optional<Map<String, String>> inPath = endpoint.match(path);
      if (inPath.isPresent() && endpoint.method().equals(request.method())) {
        return call(endpoint, inPath.get(), request, caller);
      }
    }
    throw PveError.notImplemented(request.method(), request.path());
  }

  private PveReply call(
      Endpoint endpoint, Map<String, String> inPath, PveRequest request, Caller caller)
      throws PveError {
    Endpoint.Permission permission = endpoint.permission();
    if (permission != null) {
      permission.demand(caller, path -> filledIn(path, inPath));
    }
    String node = inPath.get("node");
    if (node != null) {
      checkNode(node, endpoint.onNode());
    }
    Map<String, String> values = new LinkedHashMap<>(request.parameters());
    values.putAll(inPath);
    Object data =
        view.of(endpoint.handler().answer(Arguments.checked(values, endpoint.schema()), caller));
    if (data instanceof Endpoint.Compressed stream) {
      return new PveReply(200, "OK", stream.json(), true, endpoint.throughWorker());
    }
    Formatter formatter = request.formatter();
    return data instanceof Endpoint.WithTotal listing
        ? formatter.ok(listing.data(), Map.of("total", listing.total()), endpoint.throughWorker())
        : formatter.ok(data, Map.of(), endpoint.throughWorker());
  }

  private Caller authenticate(PveRequest request) throws PveError {
    if (request.authorization().isEmpty()) {
      throw PveError.unauthorized("No ticket");
    }
    Matcher matcher = TOKEN.matcher(request.authorization().get());
    ApiToken token = matcher.matches() ? find(matcher.group(1), matcher.group(2)) : null;
    if (token == null || tokensRevoked.getAsBoolean()) {
      throw PveError.unauthorized("Authentication failed!");
    }
    return new Caller(token, request.member());
  }

  private @Nullable ApiToken find(String id, String secret) {
    for (ApiToken token : tokens) {
      boolean proved =
          MessageDigest.isEqual(
              token.secret().getBytes(StandardCharsets.UTF_8),
              secret.getBytes(StandardCharsets.UTF_8));
      if (token.id().equals(id) && proved) {
        return token;
      }
    }
    return null;
  }

  private void checkNode(String name, boolean mustAnswer) throws PveError {
    ClusterSnapshot snapshot = cluster.snapshot();
    Node node =
        snapshot.nodes().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(() -> PveError.unknownNode(name));
    if (mustAnswer && !node.online()) {
      throw PveError.unreachable("No route to host");
    }
    if (mustAnswer && cluster.troubles().on(Troubles.Kind.API_DOWN, name)) {
      throw PveError.unreachable("Connection refused");
    }
  }

  private static String filledIn(String path, Map<String, String> values) {
    String filled = path;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }
}
