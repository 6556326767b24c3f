package org.jarvis.llm.offline;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.problem.Growth;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.resource.detail.NodeUpdates;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.api.safety.Aliases;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.safety.ProtectionLedger;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.llm.offline.house.Sources;
import org.jarvis.testkit.problem.FakeProblems;
import org.jarvis.testkit.problem.SampleProblem;
import org.jspecify.annotations.Nullable;

/** A house with a guest of each kind, some problems, and services that can only be read. */
final class Homelab {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:05Z");
  private static final Observation SEEN =
      new Observation("pve:home", Instant.parse("2026-05-01T12:00:00Z"), Duration.ofSeconds(10));
  private static final long GIB = 1L << 30;
  private static final List<ProtectionLedger.Item> ITEMS =
      List.of(
          new ProtectionLedger.Item(
              ProtectionLedger.Source.CONFIGURATION,
              ResourceRef.parse("pve:home:guest:201").orElseThrow(),
              "pihole",
              "The operator marked it.",
              null));

  private final List<Guest> guests = new ArrayList<>();
  private final Map<ResourceRef, Details> details = new HashMap<>();
  private final List<String> clusters = new ArrayList<>(List.of("home"));
  private final List<Aliases.Alias> aliases = new ArrayList<>();
  private Observation seen = SEEN;

  Homelab() {
    guest(101, "media", GuestType.QEMU, "pve1", Guest.Status.RUNNING, "tv");
    guest(102, "mail", GuestType.QEMU, "pve2", Guest.Status.STOPPED, "web");
    guest(103, "git", GuestType.QEMU, "pve2", Guest.Status.PAUSED, "web");
    guest(105, "media-archive", GuestType.QEMU, "pve1", Guest.Status.STOPPED, "tv");
    guest(201, "pihole", GuestType.LXC, "pve1", Guest.Status.RUNNING, "web");
    guest(202, "dns", GuestType.LXC, "pve2", Guest.Status.STOPPED, "net");
  }

  Homelab guest(int id, String name, GuestType type, String node, Guest.Status status, String tag) {
    boolean running = status == Guest.Status.RUNNING;
    guests.add(
        new Guest(
            new ClusterId("home"),
            new GuestId(id),
            type,
            name,
            new NodeName(node),
            status,
            false,
            List.of(tag),
            null,
            null,
            null,
            running ? (id % 100) / 20.0 : null,
            2,
            running ? new Bytes(GIB + id) : null,
            new Bytes(2 * GIB),
            new Bytes(8 * GIB + id),
            running ? Duration.ofHours(5) : null,
            seen));
    return this;
  }

  /** As it was read a quarter of an hour ago. */
  Homelab stale() {
    seen = new Observation("pve:home", NOW.minusSeconds(900), Duration.ofSeconds(10));
    List<Guest> fresh = List.copyOf(guests);
    guests.clear();
    fresh.forEach(
        one ->
            guest(
                one.id().value(),
                one.name(),
                one.type(),
                one.node().value(),
                one.status(),
                one.tags().get(0)));
    return this;
  }

  /** The same guests in another cluster, too. */
  Homelab twice() {
    clusters.add("lab");
    return this;
  }

  /** Calls a guest so. */
  Homelab called(String words, int vmid, String name) {
    ResourceRef guest = ResourceRef.parse("pve:home:guest:" + vmid).orElseThrow();
    aliases.add(new Aliases.Alias(words, guest, name));
    return this;
  }

  Sources sources() {
    return new Sources(
        live(),
        problems(),
        gate(),
        events(),
        metrics(),
        audit(),
        guardrails(),
        protection(),
        only(ProtectionLedger.class, Map.of("items", arguments -> ITEMS)),
        only(
            OwnPlace.class,
            Map.of(
                "standing",
                arguments ->
                    new OwnPlace.Standing(
                        new Whereabouts.Outside(),
                        OwnPlace.Source.PERSON,
                        "A person stated that Jarvis runs outside of it."))),
        only(Aliases.class, Map.of("all", arguments -> List.copyOf(aliases))));
  }

  LiveState live() {
    List<ClusterSnapshot> snapshots = clusters.stream().map(this::snapshot).toList();
    return only(LiveState.class, Map.of("clusters", arguments -> snapshots));
  }

  private ClusterSnapshot snapshot(String name) {
    ClusterId id = new ClusterId(name);
    Cluster cluster =
        new Cluster(
            id,
            name,
            Cluster.Status.DEGRADED,
            Cluster.Connection.LIVE,
            null,
            "9.2",
            true,
            2,
            3,
            2,
            3,
            new Whereabouts.Outside(),
            seen);
    List<Node> nodes =
        List.of(node(id, "pve1", true), node(id, "pve2", true), node(id, "pve3", false));
    List<Storage> storages =
        List.of(
            storage(id, "pve1", "local", false, 20),
            storage(id, "pve2", "local", false, 30),
            storage(id, "pve1", "nas", true, 80),
            storage(id, "pve2", "nas", true, 80));
    known(
        cluster.ref(),
        new RecentTasks(
            List.of(
                new TaskState(
                    new TaskId(new NodeName("pve2"), "UPID:1"),
                    "vzdump",
                    "102",
                    "root@pam",
                    NOW.minusSeconds(3_600),
                    NOW.minusSeconds(3_500),
                    "job errors"),
                new TaskState(
                    new TaskId(new NodeName("pve1"), "UPID:2"),
                    "qmstart",
                    "101",
                    "root@pam",
                    NOW.minusSeconds(7_200),
                    NOW.minusSeconds(7_190),
                    "OK"))));
    known(
        nodes.get(0).ref(),
        new NodeSystem(
            "9.2.3",
            "6.14",
            null,
            8,
            1,
            0.25,
            0.0,
            List.of(1.5, 1.2, 1.0),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    known(
        nodes.get(0).ref(),
        new NodeUpdates(List.of(new NodeUpdates.Pack("openssl", null, "1", "2", "Debian"))));
    known(
        storages.get(2).ref(),
        new StorageContent(
            List.of(
                new StorageContent.Volume(
                    "nas:backup/1",
                    "backup",
                    "zst",
                    new Bytes(GIB),
                    null,
                    new GuestId(101),
                    NOW.minus(Duration.ofDays(1)),
                    null,
                    false,
                    "ok"),
                new StorageContent.Volume(
                    "nas:backup/2",
                    "backup",
                    "zst",
                    new Bytes(GIB),
                    null,
                    new GuestId(102),
                    NOW.minus(Duration.ofDays(20)),
                    null,
                    false,
                    "ok"))));
    known(
        ResourceRef.guest(id, new GuestId(101)),
        new GuestSnapshots(
            List.of(
                new GuestSnapshots.Snapshot(
                    "before-update", null, NOW.minus(Duration.ofDays(3)), null, false)),
            null));
    return new ClusterSnapshot(
        cluster,
        nodes.stream().collect(Collectors.toMap(Node::node, Function.identity())),
        guests.stream()
            .map(guest -> in(id, guest))
            .collect(Collectors.toMap(Guest::id, Function.identity())),
        storages.stream().collect(Collectors.toMap(Storage::ref, Function.identity())),
        details,
        Map.of());
  }

  private void known(ResourceRef ref, Detail detail) {
    details.put(
        ref,
        details
            .getOrDefault(ref, Details.none())
            .with(
                AspectState.read(
                    detail, new Observation("pve:home", seen.at(), Duration.ofMinutes(5)))));
  }

  private static Guest in(ClusterId id, Guest of) {
    return new Guest(
        id,
        of.id(),
        of.type(),
        of.name(),
        of.node(),
        of.status(),
        of.template(),
        of.tags(),
        of.lock(),
        of.pool(),
        of.haState(),
        of.cpu(),
        of.cpus(),
        of.memoryUsed(),
        of.memoryTotal(),
        of.diskTotal(),
        of.uptime(),
        of.observation());
  }

  private Node node(ClusterId id, String name, boolean online) {
    return new Node(
        id,
        new NodeName(name),
        online ? Node.Status.ONLINE : Node.Status.OFFLINE,
        online ? 0.25 : null,
        online ? 8 : null,
        online ? new Bytes(16 * GIB) : null,
        online ? new Bytes(32 * GIB) : null,
        online ? new Bytes(10 * GIB) : null,
        online ? new Bytes(100 * GIB) : null,
        online ? Duration.ofDays(3) : null,
        seen);
  }

  private Storage storage(ClusterId id, String node, String name, boolean shared, long used) {
    return new Storage(
        id,
        new NodeName(node),
        name,
        Storage.Status.AVAILABLE,
        "dir",
        shared,
        shared ? List.of("backup") : List.of("images"),
        new Bytes(used * GIB),
        new Bytes(100 * GIB),
        seen);
  }

  FakeProblems problems() {
    ResourceRef dns = ResourceRef.parse("pve:home:guest:202").orElseThrow();
    ResourceRef pve3 = ResourceRef.parse("pve:home:node:pve3").orElseThrow();
    Problem crashed =
        SampleProblem.crashed("p1", 202, NOW.minusSeconds(600))
            .about(dns, "dns")
            .summary("dns (CT 202) crashed.")
            .remedies(
                Remedy.of(
                    "start",
                    "Start dns",
                    "It runs again.",
                    new PlanRequest.Step(
                        "start_container",
                        new Arguments(Map.of("cluster", "home", "node", "pve2", "vmid", 202)))))
            .build();
    Problem offline =
        SampleProblem.of("p2", SampleProblem.CRASHED, NOW.minusSeconds(400))
            .about(pve3, "pve3")
            .severity(Severity.CRITICAL)
            .summary("Node pve3 is offline.")
            .remedies(
                Remedy.of(
                    "wake",
                    "Wake pve3",
                    "It comes back.",
                    new PlanRequest.Step(
                        "wake_node", new Arguments(Map.of("cluster", "home", "node", "pve3")))))
            .build();
    FakeProblems problems = FakeProblems.toRead(crashed, offline);
    problems.growths.put(
        ResourceRef.parse("pve:home:storage:pve1:nas").orElseThrow(), Growth.of(GIB * 2.0));
    return problems;
  }

  private static ActionGate gate() {
    Approval approved =
        new Approval("a1", Approval.State.CONSUMED, Consent.HOLD, "f", NOW, "bea", NOW);
    Action done =
        action("x1", "stop_vm", "Shut down", "mail (VM 102)", 102, ActionState.SUCCEEDED, approved);
    Action waits =
        action(
            "x2",
            "reboot_node",
            "Reboot",
            "media (VM 101)",
            101,
            ActionState.AWAITING_APPROVAL,
            null);
    return only(
        ActionGate.class,
        Map.of(
            "recent", arguments -> List.of(waits, done),
            "awaitingApproval", arguments -> List.of(waits)));
  }

  private static Action action(
      String id,
      String tool,
      String title,
      String label,
      int vmid,
      ActionState state,
      @Nullable Approval approval) {
    return new Action(
        id,
        tool,
        title,
        Arguments.none(),
        "h",
        List.of(
            new Action.Target(
                ResourceRef.parse("pve:home:guest:" + vmid).orElseThrow(), "n", label, null, "f")),
        state,
        Tier.RED,
        Consent.HOLD,
        List.of(),
        new Principal("ada", PrincipalKind.PERSON, "s"),
        Origin.BROWSER,
        NOW.minusSeconds(300),
        null,
        null,
        "done",
        null,
        List.of(),
        null,
        approval,
        null,
        null,
        null,
        null,
        List.of());
  }

  private static EventStream events() {
    List<RecordedEvent> all =
        List.of(
            new RecordedEvent(
                1,
                NOW.minusSeconds(900),
                "guest.changed",
                "pve:home:guest:202",
                "dns was running, is stopped: it crashed.",
                "{}"),
            new RecordedEvent(
                2, NOW.minusSeconds(60), "session.started", null, "ada logged in.", "{}"));
    return only(EventStream.class, Map.of("after", arguments -> all, "head", arguments -> 2L));
  }

  private static MetricStore metrics() {
    return only(
        MetricStore.class,
        Map.of(
            "course",
            arguments -> List.of(new MetricStore.Point(NOW.minusSeconds(30), 0.5, 0.1, 0.9))));
  }

  private static AuditLog audit() {
    return only(
        AuditLog.class,
        Map.of(
            "size", arguments -> 1L,
            "after",
                arguments ->
                    List.of(
                        new AuditRecord(
                            1,
                            new AuditEntry(NOW, "ada", "browser", "action.requested", "x1", "{}"),
                            "h"))));
  }

  private static GuardrailSettings guardrails() {
    return only(
        GuardrailSettings.class,
        Map.of("current", arguments -> new Guardrails(false, Autonomy.ASK)));
  }

  private static ProtectedResources protection() {
    return resource ->
        resource.name().equals("pihole")
            ? Optional.of("The operator marked it.")
            : Optional.empty();
  }

  /** A service that answers these methods; any other, above all one that changes, is an error. */
  private static <T> T only(Class<T> type, Map<String, Function<Object[], Object>> methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Function<Object[], Object> answer = methods.get(method.getName());
              if (answer == null) {
                throw new AssertionError("Nobody may call " + method);
              }
              return answer.apply(arguments == null ? new Object[0] : arguments);
            }));
  }
}
