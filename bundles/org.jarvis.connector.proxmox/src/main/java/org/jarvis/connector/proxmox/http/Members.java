package org.jarvis.connector.proxmox.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.NodeName;
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
  private final List<Member> all = new CopyOnWriteArrayList<>();

  /** What the names of the configured members stand for; empty while that is looked up. */
  private final Map<String, Set<String>> resolved = new ConcurrentHashMap<>();

  private final int named;
  private volatile Member preferred;
  private volatile Set<NodeName> online = Set.of();

  /**
   * The configured members.
   *
   * @param maker makes a member of an address, and whether it is configured
   * @param background looks up their names
   */
  Members(List<URI> addresses, BiFunction<URI, Boolean, Member> maker, Executor background) {
    this.maker = maker;
    for (URI address : addresses) {
      all.add(maker.apply(address, true));
    }
    this.named = all.size();
    this.preferred = all.get(0);
    for (URI address : addresses) {
      background.execute(() -> resolved.put(address.getHost(), lookUp(address.getHost())));
    }
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
    if (resolved.size() < named(all)) {
      return;
    }
    discovery.addresses().forEach((node, ip) -> discover(node, ip, teller.address()));
    all.removeIf(
        member ->
            !member.configured()
                && member.node() != null
                && !discovery.addresses().containsKey(member.node())
                && !discovery.addresses().isEmpty());
    wakeThoseThatCameBack(discovery.online());
  }

  private static int named(List<Member> members) {
    return (int)
        members.stream()
            .filter(Member::configured)
            .map(member -> member.address().getHost())
            .distinct()
            .count();
  }

  private void discover(NodeName node, String ip, URI teller) {
    if (!isPlausible(ip, teller)) {
      return;
    }
    for (Member member : all) {
      String host = member.address().getHost();
      boolean same =
          node.equals(member.node())
              || host.equals(ip)
              || host.equals("[" + ip + "]")
              || resolved.getOrDefault(host, Set.of()).contains(ip);
      if (same && (member.node() == null || node.equals(member.node()))) {
        member.is(node);
        return;
      }
    }
    if (all.size() - named >= DISCOVERED_LIMIT) {
      return;
    }
    try {
      URI address = new URI("https", null, ip, teller.getPort(), null, null, null);
      if (all.stream().noneMatch(member -> member.address().equals(address))) {
        Member found = maker.apply(address, false);
        found.is(node);
        all.add(found);
      }
    } catch (URISyntaxException unusable) {
      // What the cluster says is no address; it is a stranger's text.
      return;
    }
  }

  /** An address of this very machine is one only where the configuration says so, too. */
  private static boolean isPlausible(String ip, URI teller) {
    if (!IP.matcher(ip).matches()) {
      return false;
    }
    try {
      InetAddress address = InetAddress.getByName(ip);
      boolean here = address.isLoopbackAddress();
      return !address.isAnyLocalAddress()
          && !address.isMulticastAddress()
          && !address.isLinkLocalAddress()
          && here == InetAddress.getByName(teller.getHost()).isLoopbackAddress();
    } catch (UnknownHostException unusable) {
      return false;
    }
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
