package org.jarvis.console.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolResult;

/** A gate that remembers what it was asked for, and two tools. */
final class FakeGate implements ActionGate, ToolCatalogue {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  final List<ActionRequest> requests = new ArrayList<>();
  ActionState next = ActionState.SUCCEEDED;

  private Action action(ActionRequest request, ActionState state) {
    return new Action(
        "action-1",
        request.tool(),
        "Do all",
        request.arguments(),
        "abc",
        List.of(),
        state,
        Tier.RED,
        Consent.HOLD,
        List.of(new Action.Verdict("tier", "allow", "A reason.")),
        request.principal(),
        request.origin(),
        NOON,
        NOON,
        state.ended() ? NOON : null,
        "some phase",
        null,
        List.of(),
        null,
        state == ActionState.AWAITING_APPROVAL
            ? new Approval(
                "approval-1", Approval.State.PENDING, Consent.HOLD, "f00d", NOON, null, null)
            : null,
        state == ActionState.SUCCEEDED ? new ToolResult("Done.", Map.of("n", 1)) : null,
        state == ActionState.REFUSED
            ? new Action.Failure(ErrorCode.REFUSED, "It is protected.")
            : null,
        null,
        null,
        List.of());
  }

  @Override
  public Action submit(ActionRequest request) {
    requests.add(request);
    return action(request, next.ended() ? ActionState.RUNNING : next);
  }

  @Override
  public Action await(String actionId, Duration patience) {
    return action(requests.get(requests.size() - 1), next);
  }

  @Override
  public List<Action> recent(int limit) {
    return requests.stream().map(request -> action(request, next)).limit(limit).toList();
  }

  @Override
  public Action preview(ActionRequest request) {
    return action(request, next);
  }

  @Override
  public Optional<Action> find(String actionId) {
    return recent(1).stream().findFirst();
  }

  @Override
  public List<Action> awaitingApproval() {
    return List.of();
  }

  @Override
  public Action answer(String approvalId, ApprovalAnswer answer, Principal answering) {
    throw new UnsupportedOperationException("The console answers nothing.");
  }

  @Override
  public Action cancel(String actionId, Principal principal) {
    throw new UnsupportedOperationException("The console cancels nothing.");
  }

  @Override
  public Action withdraw(String actionId, Principal principal) {
    throw new UnsupportedOperationException("The console withdraws nothing.");
  }

  @Override
  public Action undo(String actionId, Principal principal, Origin origin) {
    throw new UnsupportedOperationException("The console undoes nothing.");
  }

  @Override
  public List<Entry> tools() {
    return List.of(
        new Entry(definition("do_all", Effect.DISRUPTS), Tier.RED, "org.jarvis.tools", null),
        new Entry(
            definition("do_less", Effect.OBSERVES),
            Tier.GREEN,
            "org.jarvis.tools",
            "It is asleep."));
  }

  private static ToolDefinition definition(String name, Effect effect) {
    return new ToolDefinition(
        name,
        "Do",
        "Does it.",
        """
        {"type":"object","additionalProperties":false,"properties":{
          "node":{"type":"string"},"vmid":{"type":"integer"},"share":{"type":"number"},
          "hard":{"type":"boolean"},"tags":{"type":"array"},"note":{"type":"string"},
          "more":{"type":"object"}}}
        """,
        ResourceKind.GUEST,
        effect,
        true,
        Duration.ofMinutes(1),
        null);
  }

  @Override
  public Optional<Entry> tool(String name) {
    return tools().stream().filter(entry -> entry.definition().name().equals(name)).findFirst();
  }

  @Override
  public List<MenuEntry> menu(ResourceRef ref, Principal principal, Origin origin) {
    return List.of();
  }

  @Override
  public MenuEntry offer(String tool, Arguments arguments, Principal principal, Origin origin) {
    throw new UnsupportedOperationException();
  }
}
