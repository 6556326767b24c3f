package org.jarvis.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolConsents;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolResult;

/** A core that remembers what it was asked and answers as it was told. */
public final class FakeCore
    implements ActionGate, PlanGate, ToolCatalogue, ToolConsents, LiveState, EventStream {
  /** Whether the event stream has no storage to read from. */
  public volatile boolean storageAway;

  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final ResourceRef MEDIA = ResourceRef.parse("pve:home:guest:101").orElseThrow();

  public final List<ActionRequest> requests = new CopyOnWriteArrayList<>();
  public final List<PlanRequest> plans = new CopyOnWriteArrayList<>();
  public final List<String> consents = new CopyOnWriteArrayList<>();
  public final List<ApprovalAnswer> answers = new CopyOnWriteArrayList<>();
  public final List<LiveState.Listener> stateListeners = new CopyOnWriteArrayList<>();
  public final List<EventStream.Listener> eventListeners = new CopyOnWriteArrayList<>();
  public final List<RecordedEvent> events = new CopyOnWriteArrayList<>();
  public volatile List<ClusterSnapshot> clusters = List.of();
  public volatile ActionState next = ActionState.SUCCEEDED;
  public volatile RuntimeException failure;

  /** An action in a state. */
  public static Action action(String id, ActionState state, ActionRequest request) {
    boolean refused = state == ActionState.REFUSED;
    Approval approval =
        state == ActionState.AWAITING_APPROVAL
            ? new Approval(
                "approval-1",
                Approval.State.PENDING,
                Consent.HOLD,
                "f00d",
                START.plusSeconds(3600),
                null,
                null)
            : null;
    return new Action(
        id,
        request.tool(),
        "Shut down",
        request.arguments(),
        "abc",
        List.of(new Action.Target(MEDIA, "media", "media (VM 101)", null, "beef")),
        state,
        Tier.RED,
        Consent.HOLD,
        List.of(new Action.Verdict("tiers", refused ? "deny" : "allow", "A reason.")),
        request.principal(),
        request.origin(),
        START,
        START,
        state.ended() ? START : null,
        "some phase",
        null,
        List.of("a line"),
        new Impact("Stops media.", List.of("Its users are cut off."), "Start it again."),
        approval,
        state == ActionState.SUCCEEDED ? new ToolResult("Done.", Map.of("n", 1)) : null,
        refused ? new Action.Failure(ErrorCode.REFUSED, "It is protected.") : null,
        new Action.Undo("start_vm", request.arguments()),
        null,
        List.of());
  }

  private void failIfTold() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public Action preview(ActionRequest request) {
    failIfTold();
    requests.add(request);
    return action("", next, request);
  }

  @Override
  public Action submit(ActionRequest request) {
    failIfTold();
    requests.add(request);
    return action("action-1", next, request);
  }

  @Override
  public Action preview(PlanRequest request) {
    failIfTold();
    plans.add(request);
    return action("", next, asAction(request));
  }

  @Override
  public Action submit(PlanRequest request) {
    failIfTold();
    plans.add(request);
    return action("plan-1", next, asAction(request));
  }

  private static ActionRequest asAction(PlanRequest request) {
    return new ActionRequest(TOOL, Arguments.none(), request.principal(), request.origin());
  }

  @Override
  public void consent(String tool, Principal person) {
    if (!tool.equals("stop_vm")) {
      throw new JarvisException(ErrorCode.UNKNOWN_TOOL, "There is no tool of that name.");
    }
    consents.add(tool);
  }

  @Override
  public Action await(String actionId, Duration patience) {
    return action(actionId, ActionState.SUCCEEDED, requests.get(requests.size() - 1));
  }

  @Override
  public Optional<Action> find(String actionId) {
    return requests.isEmpty() || !actionId.equals("action-1")
        ? Optional.empty()
        : Optional.of(action("action-1", next, requests.get(0)));
  }

  @Override
  public List<Action> recent(int limit) {
    return requests.isEmpty() ? List.of() : List.of(action("action-1", next, requests.get(0)));
  }

  @Override
  public List<Action> awaitingApproval() {
    return recent(1).stream().filter(a -> a.state() == ActionState.AWAITING_APPROVAL).toList();
  }

  @Override
  public Action answer(String approvalId, ApprovalAnswer answer, Principal answering) {
    failIfTold();
    answers.add(answer);
    return action("action-1", ActionState.RUNNING, requests.get(0));
  }

  @Override
  public Action cancel(String actionId, Principal principal) {
    return find(actionId)
        .orElseThrow(() -> new JarvisException(ErrorCode.NOT_FOUND, "There is no such action."));
  }

  @Override
  public Action withdraw(String actionId, Principal principal) {
    return cancel(actionId, principal);
  }

  @Override
  public Action undo(String actionId, Principal principal, Origin origin) {
    return cancel(actionId, principal);
  }

  private static Entry entry() {
    return new Entry(
        new ToolDefinition(
            "stop_vm",
            "Shut down",
            "Stops a VM.",
            "{\"type\":\"object\"}",
            ResourceKind.GUEST,
            Effect.DISRUPTS,
            true,
            Duration.ofMinutes(3),
            "start_vm"),
        Tier.RED,
        "org.jarvis.tools",
        null);
  }

  @Override
  public List<Entry> tools() {
    return List.of(entry());
  }

  @Override
  public Optional<Entry> tool(String name) {
    return name.equals("stop_vm") ? Optional.of(entry()) : Optional.empty();
  }

  @Override
  public List<MenuEntry> menu(ResourceRef ref, Principal principal, Origin origin) {
    return List.of(offer("stop_vm", new Arguments(Map.of("vmid", 101)), principal, origin));
  }

  @Override
  public MenuEntry offer(String tool, Arguments arguments, Principal principal, Origin origin) {
    if (!tool.equals("stop_vm")) {
      throw new JarvisException(ErrorCode.UNKNOWN_TOOL, "There is no tool of that name.");
    }
    return new MenuEntry(
        tool, "Shut down", arguments, Effect.DISRUPTS, Tier.RED, Consent.HOLD, "It is protected.");
  }

  @Override
  public List<ClusterSnapshot> clusters() {
    return clusters;
  }

  @Override
  public Optional<ClusterSnapshot> cluster(ClusterId id) {
    return clusters.stream().filter(c -> c.cluster().id().equals(id)).findFirst();
  }

  @Override
  public LiveState.Subscription subscribe(LiveState.Listener listener) {
    stateListeners.add(listener);
    return () -> stateListeners.remove(listener);
  }

  /** The clusters are different now. */
  public void show(ClusterSnapshot... snapshots) {
    clusters = List.of(snapshots);
    stateListeners.forEach(listener -> listener.changed(clusters));
  }

  @Override
  public RecordedEvent publish(Event event) {
    return record(event.type(), event.summary(), "{}");
  }

  @Override
  public List<RecordedEvent> publishAll(List<? extends Event> all) {
    return all.stream().map(this::publish).toList();
  }

  /** An event happened. */
  public RecordedEvent record(String type, String summary, String data) {
    RecordedEvent recorded =
        new RecordedEvent(events.size() + 1L, START, type, null, summary, data);
    events.add(recorded);
    eventListeners.forEach(listener -> listener.recorded(recorded));
    return recorded;
  }

  @Override
  public List<RecordedEvent> after(long seq, int limit) {
    return events.stream().filter(event -> event.seq() > seq).limit(limit).toList();
  }

  @Override
  public long head() {
    if (storageAway) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "No storage is running.");
    }
    return events.size();
  }

  @Override
  public EventStream.Subscription subscribe(EventStream.Listener listener) {
    eventListeners.add(listener);
    return () -> eventListeners.remove(listener);
  }

  /** The audit log of this core has one record. */
  public AuditLog audit() {
    return new AuditLog() {
      private final List<AuditRecord> records =
          new ArrayList<>(
              List.of(
                  new AuditRecord(
                      1,
                      new AuditEntry(START, "owner", "http", "login.failed", "owner", "{}"),
                      "h")));

      @Override
      public AuditRecord append(AuditEntry entry) {
        AuditRecord record = new AuditRecord(records.size() + 1L, entry, "h");
        records.add(record);
        return record;
      }

      @Override
      public List<AuditRecord> after(long seq, int limit) {
        return records.stream().filter(r -> r.seq() > seq).limit(limit).toList();
      }

      @Override
      public long size() {
        return records.size();
      }

      @Override
      public Verification verify() {
        return new Verification(true, records.size(), null, "h");
      }
    };
  }
}
