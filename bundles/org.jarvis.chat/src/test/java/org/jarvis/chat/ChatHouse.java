package org.jarvis.chat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Utterance;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.persistence.PreferenceStore;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Aliases.Alias;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.testkit.problem.FakeProblems;
import org.jarvis.testkit.resource.SampleCluster;

/** A house with a chat in it: a gate that answers as a test says, and models from scripts. */
final class ChatHouse implements ActionGate, ToolCatalogue, EventStream, PreferenceStore {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final Principal ADA = new Principal("ada", PrincipalKind.PERSON, "session-1");
  static final Principal TOKEN = new Principal("ada", PrincipalKind.TOKEN, "token-1");
  static final Principal EVE = new Principal("eve", PrincipalKind.PERSON, "session-2");

  final MemoryConversations store = new MemoryConversations();
  final Map<String, Action> actions = new LinkedHashMap<>();
  final List<ActionRequest> requests = new ArrayList<>();
  final List<AuditEntry> audited = new ArrayList<>();
  final Map<String, String> preferences = new HashMap<>();
  final Map<String, ActionState> verdicts = new HashMap<>();
  final List<ModelProvider> models = new ArrayList<>();
  final List<Alias> aliases = new ArrayList<>();
  Map<String, Object> settings = Map.of();
  Executor turns = Runnable::run;

  /** Whether Jarvis dies at the moment in which it asks the gate. */
  boolean dies;

  /** What happens elsewhere while the gate is asked for {@code start_vm}. */
  Runnable meanwhile = () -> {};

  /** Whether the gate cannot tell what comes of actions. */
  boolean waitingFails;

  /** Actions whose record cannot be read. */
  final Set<String> unreadable = new HashSet<>();

  /** What happens elsewhere while an action is about to be withdrawn. */
  Runnable meanwhileWithdrawing = () -> {};

  /** What happens elsewhere while it is looked up what a person prefers. */
  Runnable meanwhilePreferring = () -> {};

  TalkKeeper keeper = open();

  /** Begins again with what is on the disk. */
  TalkKeeper restart() {
    store.mend();
    keeper = open();
    keeper.resume();
    return keeper;
  }

  /** Begins again, and has not yet taken up what an earlier life left. */
  void reopen() {
    keeper = open();
  }

  private TalkKeeper open() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Map<String, String> waiting = TalkKeeper.nobodyWaits();
    TurnParts parts =
        new TurnParts(
            () ->
                models.stream()
                    .flatMap(model -> Providers.known("a test", model).stream())
                    .toList(),
            new ContextBuilder(
                new Persona(Path.of("no-such-folder")),
                new ClusterDigest(
                    SampleCluster.small(),
                    new FakeProblems(this, NOW),
                    this,
                    this,
                    () -> aliases,
                    clock),
                new ToolChoice(this)),
            new CallDesk(this, this, Runnable::run, clock),
            new Spending(store, clock, ZoneOffset.UTC),
            new ModelLedger(new Audit(), clock),
            () -> ChatSettings.read(settings, new ArrayList<>()),
            waiting::put,
            clock);
    return new TalkKeeper(store, this, parts, waiting, work -> turns.execute(work));
  }

  ScriptedModel model(ScriptedModel model) {
    models.add(model);
    return model;
  }

  /** Says something in a new conversation, and returns it as it is then. */
  Conversation says(String text) {
    return says(keeper.create(ADA).id(), text);
  }

  Conversation says(String id, String text) {
    keeper.say(id, new Utterance(text, true), ADA);
    return talk(id);
  }

  Conversation talk(String id) {
    return keeper.find(id, ADA).orElseThrow();
  }

  /** A person has decided, or a task has ended. */
  void becomes(String action, ActionState state) {
    stands(action, state);
    keeper.look();
  }

  /** The same, and nobody has looked yet. */
  void stands(String action, ActionState state) {
    Action before = Objects.requireNonNull(actions.get(action));
    actions.put(
        action, action(action, before.tool(), before.arguments(), before.principal(), state));
  }

  // The gate.

  @Override
  public Action preview(ActionRequest request) {
    throw new UnsupportedOperationException("nothing is previewed here");
  }

  @Override
  public Action submit(ActionRequest request) {
    if (tool(request.tool()).isEmpty()) {
      throw new JarvisException(ErrorCode.UNKNOWN_TOOL, "There is no tool " + request.tool() + ".");
    }
    if (dies) {
      // The dead write nothing down any more.
      store.breakDown();
      throw new InternalError("Jarvis died.");
    }
    requests.add(request);
    ActionState state =
        request.typed() != null && request.tool().equals("start_vm")
            ? ActionState.SUCCEEDED
            : verdicts.getOrDefault(request.tool(), ActionState.SUCCEEDED);
    if (request.tool().equals("start_vm")) {
      meanwhile.run();
    }
    String id = "action-" + (actions.size() + 1);
    Action action = action(id, request.tool(), request.arguments(), request.principal(), state);
    actions.put(id, action);
    return action;
  }

  private static Action action(
      String id, String tool, Arguments arguments, Principal principal, ActionState state) {
    boolean waits = state == ActionState.AWAITING_APPROVAL;
    return new Action(
        id,
        tool,
        tool,
        arguments,
        "hash",
        List.of(),
        state,
        tool.startsWith("get") ? Tier.GREEN : Tier.RED,
        Consent.HOLD,
        List.of(),
        principal,
        Origin.CHAT,
        NOW,
        null,
        state.ended() ? NOW : null,
        "at work",
        null,
        List.of(),
        null,
        waits
            ? new Approval(
                "approval-" + id,
                Approval.State.PENDING,
                Consent.HOLD,
                "",
                NOW.plusSeconds(60),
                null,
                null)
            : null,
        state == ActionState.SUCCEEDED ? new ToolResult(tool + " is done", Map.of("n", 1)) : null,
        state == ActionState.REFUSED
            ? new Action.Failure(ErrorCode.REFUSED, "It hosts Jarvis.")
            : null,
        null,
        null,
        List.of());
  }

  @Override
  public Action await(String actionId, Duration patience) {
    if (waitingFails) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The record cannot be read.");
    }
    return Objects.requireNonNull(actions.get(actionId));
  }

  @Override
  public Optional<Action> find(String actionId) {
    if (unreadable.contains(actionId)) {
      throw new IllegalStateException("This is no action.");
    }
    return Optional.ofNullable(actions.get(actionId));
  }

  @Override
  public List<Action> recent(int limit) {
    return List.copyOf(actions.values());
  }

  @Override
  public List<Action> awaitingApproval() {
    return List.of();
  }

  @Override
  public Action answer(String approvalId, ApprovalAnswer answer, Principal answering) {
    throw new UnsupportedOperationException("people answer by becomes");
  }

  @Override
  public Action cancel(String actionId, Principal principal) {
    throw new UnsupportedOperationException("a conversation ends no task of a cluster");
  }

  @Override
  public Action withdraw(String actionId, Principal principal) {
    meanwhileWithdrawing.run();
    Action before = Objects.requireNonNull(actions.get(actionId));
    if (before.state() != ActionState.AWAITING_APPROVAL) {
      throw new JarvisException(ErrorCode.CONFLICT, "This action waits for nobody.");
    }
    Action after =
        action(actionId, before.tool(), before.arguments(), principal, ActionState.CANCELLED);
    actions.put(actionId, after);
    return after;
  }

  @Override
  public Action undo(String actionId, Principal principal, Origin origin) {
    throw new UnsupportedOperationException("nothing is undone here");
  }

  // The catalogue.

  @Override
  public List<Entry> tools() {
    return List.of(
        entry("get_vms", Effect.OBSERVES),
        entry("get_storage", Effect.OBSERVES),
        entry("start_vm", Effect.CHANGES),
        entry("stop_vm", Effect.DISRUPTS));
  }

  private static Entry entry(String name, Effect effect) {
    return new Entry(
        new ToolDefinition(
            name,
            name,
            "What " + name + " does.",
            "{\"type\":\"object\"}",
            ResourceKind.GUEST,
            effect,
            true,
            Duration.ofSeconds(1),
            null),
        effect == Effect.OBSERVES ? Tier.GREEN : Tier.RED,
        "org.jarvis.tools",
        null);
  }

  @Override
  public Optional<Entry> tool(String name) {
    return tools().stream().filter(one -> one.definition().name().equals(name)).findFirst();
  }

  @Override
  public List<MenuEntry> menu(ResourceRef ref, Principal principal, Origin origin) {
    throw new UnsupportedOperationException("there are no menus here");
  }

  @Override
  public MenuEntry offer(String tool, Arguments arguments, Principal principal, Origin origin) {
    throw new UnsupportedOperationException("nothing is offered here");
  }

  // Events, audit and preferences.

  @Override
  public RecordedEvent publish(Event event) {
    throw new UnsupportedOperationException("the chat tells of nothing");
  }

  @Override
  public List<RecordedEvent> publishAll(List<? extends Event> events) {
    throw new UnsupportedOperationException("the chat tells of nothing");
  }

  @Override
  public List<RecordedEvent> after(long seq, int limit) {
    return List.of(
        new RecordedEvent(1, NOW, "status.changed", null, "media\u202E stopped <b>now</b>", "{}"));
  }

  @Override
  public long head() {
    return 1;
  }

  @Override
  public Subscription subscribe(Listener listener) {
    return () -> {};
  }

  @Override
  public Optional<String> value(String username, String key) {
    meanwhilePreferring.run();
    return Optional.ofNullable(preferences.get(username + "/" + key));
  }

  @Override
  public boolean put(String username, String key, String json, Instant at, int most) {
    throw new UnsupportedOperationException("the chat prefers nothing");
  }

  private final class Audit implements AuditLog {
    @Override
    public AuditRecord append(AuditEntry entry) {
      audited.add(entry);
      return new AuditRecord(audited.size(), entry, "");
    }

    @Override
    public List<AuditRecord> after(long seq, int limit) {
      return List.of();
    }

    @Override
    public long size() {
      return audited.size();
    }

    @Override
    public Verification verify() {
      throw new UnsupportedOperationException("nothing is verified here");
    }
  }
}
