package org.jarvis.core.action;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.safety.StandardPolicies;
import org.junit.jupiter.api.Test;

/**
 * Measures a decision by the gate with all standard policies in a cluster of 50 nodes and 5,000
 * guests, and prints it; it asserts nothing.
 */
class DecisionBenchmark {
  private static final ClusterId ID = new ClusterId("large");
  private static final Observation SEEN =
      new Observation("pve:large", Instant.EPOCH, Duration.ofSeconds(10));
  private static final int NODES = 50;
  private static final int GUESTS = 5_000;
  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 20_000;

  @Test
  void printFigures() {
    ExecutorService workers = Executors.newCachedThreadPool();
    try {
      PolicyRegistry policies = new PolicyRegistry();
      StandardPolicies.make().forEach(policy -> policies.add(policy, "org.jarvis.safety"));
      Decider decider =
          new Decider(new Restraint(OperatingMode.NORMAL, new Unchanging()), policies, workers);
      ClusterSnapshot cluster = cluster();
      Guest guest = cluster.guests().get(new GuestId(2_600));
      Node node = cluster.nodes().get(new NodeName("node-20"));
      Storage storage = cluster.storages().values().iterator().next();
      measure("start a guest", decider, request(Effect.CHANGES, Touch.TENDS, guest, cluster));
      measure("stop a guest", decider, request(Effect.DISRUPTS, Touch.TAKES_DOWN, guest, cluster));
      measure("reboot a node", decider, request(Effect.DISRUPTS, Touch.TAKES_DOWN, node, cluster));
      measure(
          "remove a shared storage",
          decider,
          request(Effect.DESTROYS, Touch.REMOVES, storage, cluster));
    } finally {
      workers.shutdownNow();
    }
  }

  private static void measure(String what, Decider decider, PolicyRequest request) {
    long[] nanos = new long[ROUNDS];
    Ruling ruling = decider.decide(request);
    for (int i = 0; i < WARM_UP; i++) {
      ruling = decider.decide(request);
    }
    for (int i = 0; i < ROUNDS; i++) {
      long began = System.nanoTime();
      ruling = decider.decide(request);
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "decision, %s (%s, %d verdicts): p50 %.3f ms, p99 %.3f ms, most %.3f ms%n",
        what,
        ruling.strictest().verdict(),
        ruling.verdicts().size(),
        nanos[ROUNDS / 2] / 1e6,
        nanos[ROUNDS / 100 * 99] / 1e6,
        nanos[ROUNDS - 1] / 1e6);
  }

  private static PolicyRequest request(
      Effect effect, Touch touch, Resource target, ClusterSnapshot cluster) {
    Tier tier = effect == Effect.CHANGES ? Tier.YELLOW : Tier.RED;
    Consent consent = effect == Effect.CHANGES ? Consent.CLICK : Consent.HOLD;
    return new PolicyRequest(
        "some_tool",
        Arguments.none(),
        new ToolUse("Do it", effect, tier, consent, List.of()),
        new Principal("ada", PrincipalKind.PERSON, "session"),
        Origin.BROWSER,
        List.of(new PolicyRequest.Target(target, touch)),
        List.of(cluster));
  }

  private static ClusterSnapshot cluster() {
    List<Node> nodes =
        IntStream.range(0, NODES)
            .mapToObj(
                i ->
                    new Node(
                        ID,
                        name(i),
                        Node.Status.ONLINE,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        SEEN))
            .toList();
    List<Storage> storages =
        IntStream.range(0, NODES)
            .mapToObj(
                i ->
                    new Storage(
                        ID,
                        name(i),
                        "nas",
                        Storage.Status.AVAILABLE,
                        "nfs",
                        true,
                        List.of("images"),
                        null,
                        null,
                        SEEN))
            .toList();
    List<Guest> guests = IntStream.range(0, GUESTS).mapToObj(DecisionBenchmark::guest).toList();
    Cluster cluster =
        new Cluster(
            ID,
            "large",
            Cluster.Status.ONLINE,
            Cluster.Connection.LIVE,
            null,
            "9.2",
            true,
            NODES,
            NODES,
            NODES,
            NODES,
            new Whereabouts.Outside(),
            SEEN);
    return new ClusterSnapshot(
        cluster, byKey(nodes, Node::node), byKey(guests, Guest::id), byKey(storages, Storage::ref));
  }

  private static NodeName name(int index) {
    return new NodeName("node-" + index);
  }

  private static Guest guest(int index) {
    return new Guest(
        ID,
        new GuestId(100 + index),
        GuestType.QEMU,
        "guest-" + index,
        name(index % NODES),
        Guest.Status.RUNNING,
        false,
        // The last one is protected, so that whoever looks for it looks at all.
        index == GUESTS - 1 ? List.of("jarvis-protected") : List.of("web"),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        SEEN);
  }

  private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }

  /** The guardrails of a new installation. */
  private static final class Unchanging implements GuardrailSettings {
    @Override
    public Guardrails current() {
      return Guardrails.INITIAL;
    }

    @Override
    public boolean change(Guardrails next, Principal principal, String address) {
      throw new UnsupportedOperationException("nobody changes them here");
    }
  }
}
