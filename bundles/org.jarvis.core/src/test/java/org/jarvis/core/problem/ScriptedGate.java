package org.jarvis.core.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;

/** A gate that answers as a test says, and remembers what it was asked. */
final class ScriptedGate implements ActionGate {
  final Map<String, Action> actions = new LinkedHashMap<>();
  final List<ActionRequest> requests = new ArrayList<>();
  final List<PlanRequest> planRequests = new ArrayList<>();
  final List<String> withdrawn = new ArrayList<>();
  ActionState answer = ActionState.RUNNING;

  final PlanGate plans =
      new PlanGate() {
        @Override
        public Action preview(PlanRequest request) {
          return action("", PlanGate.TOOL, request.principal(), request.origin(), answer);
        }

        @Override
        public Action submit(PlanRequest request) {
          planRequests.add(request);
          return kept(PlanGate.TOOL, request.principal(), request.origin());
        }
      };

  @Override
  public Action preview(ActionRequest request) {
    return action("", request.tool(), request.principal(), request.origin(), answer);
  }

  @Override
  public Action submit(ActionRequest request) {
    requests.add(request);
    return kept(request.tool(), request.principal(), request.origin());
  }

  private Action kept(String tool, Principal principal, Origin origin) {
    Action action = action("action-" + (actions.size() + 1), tool, principal, origin, answer);
    actions.put(action.id(), action);
    return action;
  }

  void end(String id, ActionState state) {
    Action before = Objects.requireNonNull(actions.get(id));
    actions.put(id, action(id, before.tool(), before.principal(), before.origin(), state));
  }

  private static Action action(
      String id, String tool, Principal principal, Origin origin, ActionState state) {
    return new Action(
        id,
        tool,
        tool,
        Arguments.none(),
        "",
        List.of(),
        state,
        Tier.RED,
        Consent.HOLD,
        List.of(),
        principal,
        origin,
        Instant.EPOCH,
        null,
        null,
        "",
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  @Override
  public Action await(String actionId, Duration patience) {
    return Objects.requireNonNull(actions.get(actionId));
  }

  @Override
  public Optional<Action> find(String actionId) {
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
  public Action answer(String approvalId, ApprovalAnswer given, Principal answering) {
    throw new UnsupportedOperationException("nobody answers here");
  }

  @Override
  public Action cancel(String actionId, Principal principal) {
    throw new UnsupportedOperationException("nothing that runs is ended here");
  }

  @Override
  public Action withdraw(String actionId, Principal principal) {
    withdrawn.add(actionId + " by " + principal.name());
    end(actionId, ActionState.CANCELLED);
    return Objects.requireNonNull(actions.get(actionId));
  }

  @Override
  public Action undo(String actionId, Principal principal, Origin origin) {
    throw new UnsupportedOperationException("nothing is undone here");
  }
}
