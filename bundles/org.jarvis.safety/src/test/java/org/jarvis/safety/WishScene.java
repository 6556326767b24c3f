package org.jarvis.safety;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;

/**
 * Two clusters in which a person chats: "home" with media (VM 101), web (CT 102) and home-assistant
 * (VM 103), the node pve3 off; "cabin" with a guest of the same name and one of the same number.
 */
final class WishScene {
  static final Guest MEDIA = guest(Home.ID, 101, GuestType.QEMU, "media");
  static final Guest WEB = guest(Home.ID, 102, GuestType.LXC, "web");
  static final Guest ASSISTANT = guest(Home.ID, 103, GuestType.QEMU, "home-assistant");
  static final Node ASLEEP = Home.node("pve3", Node.Status.OFFLINE);
  private static final ClusterId CABIN = new ClusterId("cabin");

  final Home home = new Home();
  final FakeLiveState state = new FakeLiveState();
  final AliasBook aliases = Records.aliases();
  final OriginPolicy policy = new OriginPolicy(aliases);
  final List<Guest> elsewhere = new ArrayList<>();
  Cluster.Connection elsewhereSeen = Cluster.Connection.LIVE;
  Principal principal = Home.PERSON;
  Origin origin = Origin.CHAT;
  private List<SafetyPolicy> all =
      List.of(
          new TierPolicy(new NeverTools("delete_vm")),
          new ProtectionPolicy(Registers.with("pve:home:guest:103")),
          new WhereaboutsPolicy(Registers.nowhere()),
          new QuorumPolicy(),
          new KnowledgePolicy(),
          policy);

  WishScene() {
    home.guests.clear();
    home.guests.addAll(
        List.of(
            MEDIA,
            WEB,
            ASSISTANT,
            guest(Home.ID, 105, GuestType.QEMU, "twin"),
            guest(Home.ID, 106, GuestType.QEMU, "solo")));
    home.nodes.set(2, ASLEEP);
    elsewhere.add(guest(CABIN, 205, GuestType.QEMU, "twin"));
    elsewhere.add(guest(CABIN, 106, GuestType.QEMU, "other"));
    policy.setLiveState(state);
    aliases.setLiveState(state);
    show();
  }

  static Guest guest(ClusterId cluster, int id, GuestType type, String name) {
    return new Guest(
        cluster,
        new GuestId(id),
        type,
        name,
        new NodeName("pve1"),
        Guest.Status.STOPPED,
        false,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Home.SEEN);
  }

  /** Takes over what the test changed. */
  void show() {
    Map<GuestId, Guest> guests = new HashMap<>();
    elsewhere.forEach(guest -> guests.put(guest.id(), guest));
    Cluster cabin =
        new Cluster(
            CABIN,
            "cabin",
            Cluster.Status.ONLINE,
            elsewhereSeen,
            null,
            "9.2",
            true,
            1,
            1,
            0,
            0,
            new Whereabouts.Outside(),
            Home.SEEN);
    state.show(home.snapshot(), new ClusterSnapshot(cabin, Map.of(), guests, Map.of()));
  }

  /** Protects these as well, and asks about the rest as before. */
  void protect(String... entries) {
    all =
        all.stream()
            .map(
                one ->
                    one instanceof ProtectionPolicy
                        ? new ProtectionPolicy(Registers.with(entries))
                        : one)
            .toList();
  }

  /** What such a tool is asked to do in this scene. */
  static PolicyRequest.Target usual(String tool) {
    return switch (tool) {
      case "start_container" -> new PolicyRequest.Target(WEB, Touch.TENDS);
      case "wake_node" -> new PolicyRequest.Target(ASLEEP, Touch.TENDS);
      case "restart_service" ->
          new PolicyRequest.Target(Home.node("pve1"), Touch.TENDS, "pveproxy");
      case "start_service" -> new PolicyRequest.Target(Home.node("pve1"), Touch.TENDS, "pvestatd");
      case "run_replication" -> new PolicyRequest.Target(Home.node("pve1"), Touch.TENDS, "101-0");
      case "start_zfs_scrub" ->
          new PolicyRequest.Target(Home.node("pve1"), Touch.TENDS, "disk:rpool");
      default -> new PolicyRequest.Target(MEDIA, Touch.TENDS);
    };
  }

  /** A small use that only tends this. */
  static ToolUse small() {
    return new ToolUse("Do it", Effect.CHANGES, Tier.YELLOW, Consent.CLICK, List.of());
  }

  PolicyRequest request(
      String tool,
      String typed,
      ToolUse use,
      Arguments arguments,
      PolicyRequest.Target... targets) {
    return new PolicyRequest(
        tool,
        arguments,
        use,
        principal,
        origin,
        List.of(targets),
        state.clusters().subList(0, 1),
        typed);
  }

  /** Whether the typed words alone let the usual use of this tool run. */
  boolean lets(String tool, String typed) {
    return lets(request(tool, typed, small(), Arguments.none(), usual(tool)));
  }

  /** Whether they let it start this resource. */
  boolean letsStart(Resource resource, String typed) {
    String tool =
        resource instanceof Guest guest && guest.type() == GuestType.LXC
            ? "start_container"
            : "start_vm";
    return lets(
        request(
            tool,
            typed,
            small(),
            Arguments.none(),
            new PolicyRequest.Target(resource, Touch.TENDS)));
  }

  /** Whether the policy, and all policies together, let it run without asking anybody. */
  boolean lets(PolicyRequest request) {
    boolean alone = !(policy.decide(request) instanceof Decision.RequireApproval);
    Decision strictest = strictest(request);
    return alone
        && (strictest instanceof Decision.AllowAndRecord || strictest instanceof Decision.Allow);
  }

  /** What all policies together say. */
  Decision strictest(PolicyRequest request) {
    return all.stream()
        .map(one -> one.decide(request))
        .max(Comparator.comparingInt(Decision::severity))
        .orElseThrow();
  }

  /** The lines of a file of the tests that are no remarks. */
  static List<String> lines(String file) throws IOException {
    try (InputStream stream = Objects.requireNonNull(WishScene.class.getResourceAsStream(file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  /** The injections, each as it stands in a cluster. */
  static List<String> injections() throws IOException {
    return lines("/corpora/shared/injections.txt").stream()
        .map(line -> line.substring(line.indexOf('\t') + 1).translateEscapes())
        .toList();
  }

  /** A resource of the clusters by its name. */
  Optional<Guest> named(String name) {
    return home.guests.stream().filter(guest -> guest.name().equals(name)).findFirst();
  }
}
