package org.jarvis.mcp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.Touch;
import org.jarvis.testkit.problem.FakeProblems;
import org.jarvis.testkit.problem.SampleProblem;

/** A core that remembers what it was asked, and lets tests decide what becomes of it. */
final class FakeHouse implements ToolCatalogue, ActionGate, LiveState {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  final List<Entry> entries = new CopyOnWriteArrayList<>();
  final List<ActionRequest> requests = new CopyOnWriteArrayList<>();
  final List<String> cancelled = new CopyOnWriteArrayList<>();
  final Map<String, Action> actions = new ConcurrentHashMap<>();

  /** MCP changes no problem, and mends by tools alone. */
  final FakeProblems problems =
      FakeProblems.toRead(
          crashed("p1")
              .remedies(
                  Remedy.of(
                      "start",
                      "Start \"; delete all",
                      "It runs then.",
                      SampleProblem.step("start_vm", 101)),
                  new Remedy(
                      "restart",
                      "Restart it",
                      "It is made afresh.",
                      List.of(
                          SampleProblem.step("stop_vm", 101), SampleProblem.step("start_vm", 101)),
                      true))
              .build(),
          crashed("p2").withoutRemedy("Its disk is gone. Restore a backup.").build(),
          crashed("p3")
              .withoutRemedy("Its disk is gone. Restore a backup.")
              .resolved(NOON)
              .build());

  /** Counted down when a call waits for its action. */
  final CountDownLatch waiting = new CountDownLatch(1);

  volatile ActionState next = ActionState.SUCCEEDED;
  volatile RuntimeException failure;
  volatile Map<String, Object> data = Map.of("n", 1);

  FakeHouse() {
    entries.add(entry("get_vms", Effect.OBSERVES, null));
    entries.add(entry("start_vm", Effect.CHANGES, null));
    entries.add(entry("stop_vm", Effect.DISRUPTS, null));
    entries.add(entry("execute_ssh", Effect.DESTROYS, "No SSH connector is there."));
  }

  private static SampleProblem crashed(String id) {
    return SampleProblem.crashed(id, 101, NOON)
        .notes(List.of(new Problem.Note("ada", NOON, "I look at it.")))
        .attempts(new Problem.Attempt("start", "a1", "ada", NOON));
  }

  CoreParts parts() {
    return new CoreParts(() -> this, () -> this, () -> this, () -> problems);
  }

  static Entry entry(String name, Effect effect, String unavailable) {
    Tier tier = effect == Effect.OBSERVES ? Tier.GREEN : Tier.RED;
    return new Entry(
        new ToolDefinition(
            name,
            "Title of " + name,
            "What " + name + " does.",
            """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
            "$defs":{"id":{"type":"integer"}},"properties":{"vmid":{"$ref":"#/$defs/id"}},
            "additionalProperties":false}
            """,
            ResourceKind.GUEST,
            effect,
            effect != Effect.DESTROYS,
            Duration.ofMinutes(1),
            null),
        tier,
        "org.jarvis.tools",
        unavailable);
  }

  /** The action goes on to this state. */
  Action put(String id, ActionState state, ActionRequest request) {
    Approval approval =
        state == ActionState.AWAITING_APPROVAL
            ? new Approval(
                "approval-" + id,
                Approval.State.PENDING,
                Consent.CLICK,
                "f00d",
                NOON.plusSeconds(3600),
                null,
                null)
            : null;
    Action action =
        new Action(
            id,
            request.tool(),
            "Start",
            request.arguments(),
            "abc",
            List.of(
                new Action.Target(
                    ResourceRef.parse("pve:home:guest:101").orElseThrow(),
                    "media",
                    "media (VM 101)",
                    Touch.TENDS,
                    "beef")),
            state,
            Tier.YELLOW,
            Consent.CLICK,
            List.of(new Action.Verdict("origin", "deny", "An MCP client is untrusted.")),
            request.principal(),
            request.origin(),
            NOON,
            NOON,
            state.ended() ? NOON : null,
            "booting",
            null,
            List.of(),
            null,
            approval,
            state == ActionState.SUCCEEDED ? new ToolResult("It runs.", data) : null,
            state == ActionState.REFUSED
                ? new Action.Failure(ErrorCode.REFUSED, "It is protected.")
                : null,
            null,
            null,
            List.of());
    actions.put(id, action);
    return action;
  }

  @Override
  public List<Entry> tools() {
    return List.copyOf(entries);
  }

  @Override
  public Optional<Entry> tool(String name) {
    return entries.stream().filter(entry -> entry.definition().name().equals(name)).findAny();
  }

  @Override
  public List<MenuEntry> menu(ResourceRef ref, Principal principal, Origin origin) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MenuEntry offer(String tool, Arguments arguments, Principal principal, Origin origin) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Action submit(ActionRequest request) {
    requests.add(request);
    if (failure != null) {
      throw failure;
    }
    return put("a" + requests.size(), next, request);
  }

  @Override
  public Action await(String actionId, Duration patience) throws InterruptedException {
    waiting.countDown();
    long end = System.nanoTime() + patience.toNanos();
    synchronized (actions) {
      while (actions.get(actionId).state() == ActionState.RUNNING && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.timedWait(actions, Math.max(1, end - System.nanoTime()));
      }
    }
    return actions.get(actionId);
  }

  /** The action has come to this state, for whoever waits. */
  void become(String id, ActionState state) {
    Action action = actions.get(id);
    synchronized (actions) {
      put(
          id,
          state,
          new ActionRequest(
              action.tool(), action.arguments(), action.principal(), action.origin()));
      actions.notifyAll();
    }
  }

  @Override
  public Optional<Action> find(String actionId) {
    return Optional.ofNullable(actions.get(actionId));
  }

  @Override
  public Action cancel(String actionId, Principal principal) {
    cancelled.add(actionId);
    become(actionId, ActionState.CANCELLED);
    return actions.get(actionId);
  }

  @Override
  public Action withdraw(String actionId, Principal principal) {
    throw new UnsupportedOperationException("A client cancels.");
  }

  @Override
  public Action preview(ActionRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Action> recent(int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Action> awaitingApproval() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Action answer(String approvalId, ApprovalAnswer answer, Principal answering) {
    throw new AssertionError("Nothing that comes by MCP ever answers an approval.");
  }

  @Override
  public Action undo(String actionId, Principal principal, Origin origin) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ClusterSnapshot> clusters() {
    ClusterId home = new ClusterId("home");
    Observation seen = new Observation("pve:home", NOON, Duration.ofSeconds(10));
    NodeName name = new NodeName("pve2");
    Node offline =
        new Node(home, name, Node.Status.OFFLINE, null, null, null, null, null, null, null, seen);
    Cluster cluster =
        new Cluster(
            home,
            "home",
            Cluster.Status.DEGRADED,
            Cluster.Connection.LIVE,
            null,
            "9.2.3",
            true,
            3,
            4,
            3,
            4,
            new Whereabouts.Outside(),
            seen);
    return List.of(new ClusterSnapshot(cluster, Map.of(name, offline), Map.of(), Map.of()));
  }

  @Override
  public Optional<ClusterSnapshot> cluster(ClusterId id) {
    return clusters().stream().filter(s -> s.cluster().id().equals(id)).findAny();
  }

  @Override
  public Subscription subscribe(Listener listener) {
    throw new UnsupportedOperationException();
  }
}
