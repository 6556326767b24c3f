package org.jarvis.connector.proxmox.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.ConnectionDetail.Member.State;
import org.jspecify.annotations.Nullable;

/**
 * The members of a cluster that can be asked: those that the operator named, and others of which
 * the cluster told. Safe from any thread.
 */
final class Members {
  /** More doors than this make a cluster no safer to reach. */
  private static final int DISCOVERED_LIMIT = 16;

  // Nothing that would be looked up as a name.
  private static final Pattern IP =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|(?=.*:.*:)[0-9A-Fa-f:.]{2,45}");

  private final BiFunction<URI, Boolean, Member> maker;
  private final Access access;
  private final List<Member> all = new CopyOnWriteArrayList<>();

  /** What the names of the configured members stand for. */
  private final Map<String, Set<String>> resolved = new ConcurrentHashMap<>();

  private final CompletableFuture<Void> namesLookedUp;

  /** Those that the cluster names and that are not used, with the reason. */
  private volatile List<ConnectionDetail.Member> unused = List.of();

  private final int named;
  private volatile Member preferred;
  private volatile Set<NodeName> online = Set.of();

  /**
   * The configured members.
   *
   * @param maker makes a member of an address, and whether it is configured
   * @param access which of the others may be trusted
   * @param background looks up their names
   */
  Members(
      List<URI> addresses,
      BiFunction<URI, Boolean, Member> maker,
      Access access,
      Executor background) {
    this.maker = maker;
    this.access = access;
    for (URI address : addresses) {
      all.add(maker.apply(address, true));
    }
    this.named = all.size();
    this.preferred = all.get(0);
    this.namesLookedUp =
        CompletableFuture.allOf(
            addresses.stream()
                .map(URI::getHost)
                .map(
                    host ->
                        CompletableFuture.runAsync(
                            () -> resolved.put(host, lookUp(host)), background))
                .toArray(CompletableFuture<?>[]::new));
  }

  private static Set<String> lookUp(String host) {
    Set<String> found = new HashSet<>();
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        found.add(address.getHostAddress());
      }
    } catch (UnknownHostException unknown) {
      // Whoever connects to it says so.
      found.add(host);
    }
    return found;
  }

  /** All of them, the configured ones first. */
  List<Member> all() {
    return List.copyOf(all);
  }

  /** How all of them stand, and those that are not used. */
  List<ConnectionDetail.Member> standings() {
    return Stream.concat(all.stream().map(Member::standing), unused.stream()).toList();
  }

  /** Ends when it is known what the names of the configured members stand for. */
  CompletableFuture<Void> namesLookedUp() {
    return namesLookedUp.copy();
  }

  /** Whether there is one that answered when it was last asked. */
  boolean somebodyAnswers() {
    return all.stream()
        .map(Member::breaker)
        .anyMatch(breaker -> breaker.closed() && breaker.well() && breaker.lastAnswer() != null);
  }

  /** The member at this address. */
  Member at(URI address) {
    return all.stream()
        .filter(member -> member.address().equals(address))
        .findFirst()
        .orElseGet(() -> preferred);
  }

  /**
   * Those that do not rest, in the order in which to ask them: the one that answered last, then the
   * others that are well, then those that just failed or never answered.
   */
  List<Member> inOrder() {
    Member first = preferred;
    List<Member> well = new ArrayList<>();
    List<Member> doubtful = new ArrayList<>();
    for (Member member : all) {
      if (!member.breaker().closed()) {
        continue;
      }
      boolean tried = member.configured() || member.breaker().lastAnswer() != null;
      if (!member.breaker().well() || !tried) {
        doubtful.add(member);
      } else if (member.equals(first)) {
        well.add(0, member);
      } else {
        well.add(member);
      }
    }
    well.addAll(doubtful);
    return well;
  }

  /** This member answers. */
  void answered(URI address) {
    if (!preferred.address().equals(address)) {
      preferred = at(address);
    }
  }

  /** Why nobody answers, as the last attempts told. */
  JarvisException whyNobodyAnswers() {
    List<JarvisException> reasons =
        all.stream()
            .filter(Member::configured)
            .map(member -> member.breaker().reason())
            .filter(Objects::nonNull)
            .toList();
    return reasons.isEmpty()
        ? new JarvisException(
            ErrorCode.UNREACHABLE, "No member of the cluster answers. Jarvis goes on trying.")
        : ConnectionFailures.together(reasons);
  }

  /** The member that is the node which a path is about, if it is another than was asked. */
  @Nullable Member ownOf(ApiPath path, URI asked) {
    String node = path.node();
    return node == null
        ? null
        : inOrder().stream()
            .filter(member -> member.node() != null && node.equals(member.node().value()))
            .filter(member -> !member.address().equals(asked))
            .findFirst()
            .orElse(null);
  }

  /** Takes note of what a member says of all members. */
  synchronized void discover(Discovery discovery) {
    Member teller = at(discovery.teller());
    if (discovery.local() != null && teller.address().equals(discovery.teller())) {
      teller.is(discovery.local());
    }
    if (!namesLookedUp.isDone()) {
      return;
    }
    List<ConnectionDetail.Member> notUsed = new ArrayList<>();
    new TreeMap<>(discovery.addresses())
        .forEach((node, ip) -> discover(node, ip, teller.address()).ifPresent(notUsed::add));
    unused = notUsed.stream().limit(DISCOVERED_LIMIT).toList();
    all.removeIf(
        member ->
            !member.configured()
                && member.node() != null
                && !discovery.addresses().containsKey(member.node())
                && !discovery.addresses().isEmpty());
    wakeThoseThatCameBack(discovery.online());
  }

  /** Uses it if that is safe, or says why not. */
  private Optional<ConnectionDetail.Member> discover(NodeName node, String ip, URI teller) {
    Optional<InetAddress> told = literal(ip);
    if (told.isEmpty()) {
      return Optional.empty();
    }
    Vicinity vicinity = Vicinity.of(told.get());
    for (Member member : all) {
      String host = member.address().getHost();
      boolean same =
          node.equals(member.node())
              || host.equals(ip)
              || host.equals("[" + ip + "]")
              || resolved.getOrDefault(host, Set.of()).contains(told.get().getHostAddress());
      if (same && (member.node() == null || node.equals(member.node()))) {
        if (vicinity.reachableFrom(vicinitiesOf(teller))) {
          member.is(node);
        }
        return Optional.empty();
      }
    }
    URI address;
    try {
      address = new URI("https", null, ip, teller.getPort(), null, null, null);
    } catch (URISyntaxException unusable) {
      // What the cluster says is no address; it is a stranger's text.
      return Optional.empty();
    }
    String reason = whyNotUsed(ip, address, vicinity, teller);
    if (reason != null) {
      return Optional.of(
          new ConnectionDetail.Member(
              address.toString(), node, false, State.UNTRIED, null, null, reason));
    }
    if (all.size() - named < DISCOVERED_LIMIT
        && all.stream().noneMatch(member -> member.address().equals(address))) {
      Member found = maker.apply(address, false);
      found.is(node);
      all.add(found);
    }
    return Optional.empty();
  }

  private static Optional<InetAddress> literal(String ip) {
    return IP.matcher(ip).matches()
        ? parsed(ip)
            .filter(address -> !address.isAnyLocalAddress() && !address.isMulticastAddress())
        : Optional.empty();
  }

  private static Optional<InetAddress> parsed(String ip) {
    try {
      return Optional.of(InetAddress.getByName(ip));
    } catch (UnknownHostException unusable) {
      return Optional.empty();
    }
  }

  /** The token goes only where the operator would expect it to, whatever the cluster says. */
  private @Nullable String whyNotUsed(String ip, URI address, Vicinity vicinity, URI teller) {
    Set<Vicinity> from = vicinitiesOf(teller);
    String cure =
        " If it is right all the same, add "
            + address
            + " to addresses in "
            + access.configuredIn();
    if (!vicinity.reachableFrom(from)) {
      String why =
          switch (vicinity) {
            case THIS_MACHINE -> "it is the machine itself, for a node and for Jarvis alike";
            case LINK -> "it holds on one link alone";
            case PRIVATE, PUBLIC -> "Jarvis asks at an address of its own machine, as of a tunnel";
          };
      return ip
          + ": the cluster names this address of a member, which need not mean the same from here ("
          + why
          + "), so Jarvis does not use it."
          + cure
          + ".";
    }
    if (vicinity == Vicinity.PUBLIC && !from.contains(Vicinity.PUBLIC) && !access.pinned(ip)) {
      return ip
          + ": the cluster names this public address, but nothing says that it is a member's, so"
          + " Jarvis does not send its token there."
          + cure
          + ", or pin its certificate there.";
    }
    return null;
  }

  private Set<Vicinity> vicinitiesOf(URI member) {
    String host = member.getHost();
    Set<Vicinity> found = EnumSet.noneOf(Vicinity.class);
    for (String ip : resolved.getOrDefault(host, Set.of(host))) {
      // What cannot be looked up tells nothing about where others are.
      parsed(ip).map(Vicinity::of).ifPresent(found::add);
    }
    return found;
  }

  private void wakeThoseThatCameBack(Set<NodeName> now) {
    Set<NodeName> before = online;
    online = Set.copyOf(now);
    for (Member member : all) {
      NodeName node = member.node();
      if (node != null && now.contains(node) && !before.contains(node)) {
        member.breaker().wake();
      }
    }
  }
}
