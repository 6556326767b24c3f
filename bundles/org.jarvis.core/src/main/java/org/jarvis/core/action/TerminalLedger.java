package org.jarvis.core.action;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.action.ActionLedger.Entry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes people's terminals down as the actions that they are: asked for and consented to by the
 * person in one gesture, running while open. No tool stands behind them, so nobody else can ask for
 * one. Safe from any thread; everything but {@link #objection} may wait for the disk.
 */
public final class TerminalLedger {
  /** What such an action has in place of a tool's name. No tool is called so. */
  public static final String TOOL = "open_terminal";

  private static final Logger LOG = LoggerFactory.getLogger(TerminalLedger.class);
  private static final String TITLE = "Open a terminal";
  private static final String POLICY = "terminal";
  private static final String OPEN = "open";

  private final Clock clock;
  private final Supplier<String> ids;
  private final Restraint restraint;
  private final GuardrailSettings guardrails;
  private final RequestBudget budget;
  private final ActionLedger ledger;
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Map<String, Entry> open = new ConcurrentHashMap<>();
  private volatile BiConsumer<String, Principal> ender = (action, principal) -> {};

  TerminalLedger(
      Clock clock,
      Supplier<String> ids,
      Restraint restraint,
      GuardrailSettings guardrails,
      RequestBudget budget,
      ActionLedger ledger) {
    this.clock = clock;
    this.ids = ids;
    this.restraint = restraint;
    this.guardrails = guardrails;
    this.budget = budget;
    this.ledger = ledger;
  }

  /**
   * A terminal as it is asked for.
   *
   * @param target what it is opened for
   * @param arguments what was asked for; no secret
   * @param impact what it means
   * @param person who asks
   */
  public record Draft(Action.Target target, Arguments arguments, Impact impact, Principal person) {}

  /** Ends the terminal of an action, as somebody asked. */
  public void endWith(BiConsumer<String, Principal> ending) {
    ender = ending;
  }

  /**
   * Why no terminal may be open now; empty where one may. Answers from memory. Stricter than for
   * other things that a person does: while the kill switch is on, what is typed is no step that
   * anybody could hold up.
   */
  public Optional<String> objection(Principal person) {
    return restraint
        .objection(person, Origin.BROWSER)
        .or(
            () ->
                guardrails.current().halted()
                    ? Optional.of(
                        "The kill switch is on: no terminal is opened, and those that were open"
                            + " have ended. A person can turn it off in the browser.")
                    : Optional.empty());
  }

  /** Records that one was refused. */
  public Action refuse(Draft draft, String reason) {
    budget.spend(draft.person());
    return ledger
        .open(
            ActionSteps.ended(
                action(draft, ids.get(), ActionState.REFUSED, "deny", reason, null),
                ActionState.REFUSED,
                ErrorCode.REFUSED,
                reason,
                clock.instant()))
        .action();
  }

  /** Records that one is being opened: before anything is sent to the host. */
  public Action begin(Draft draft) {
    budget.spend(draft.person());
    String id = ids.get();
    begun.add(id);
    boolean recorded = false;
    try {
      Action running =
          ActionSteps.running(
              action(
                  draft,
                  id,
                  ActionState.RUNNING,
                  "require-approval",
                  "What is typed in a terminal is judged by nobody. The person consented by"
                      + " opening it.",
                  consumed(draft)),
              consumed(draft),
              OPEN,
              clock.instant());
      open.put(id, ledger.open(running));
      recorded = true;
      return running;
    } finally {
      if (!recorded) {
        begun.remove(id);
      }
    }
  }

  /**
   * Records that one has ended.
   *
   * @throws JarvisException with {@code STORAGE_UNAVAILABLE}; then it can be tried again
   */
  public Action ended(String id, ToolResult result) {
    return step(id, action -> ActionSteps.succeeded(action, result, null, clock.instant()));
  }

  /** The same of one that was cut short, or that never came to stand. */
  public Action ended(String id, ActionState state, ErrorCode code, String message) {
    return step(id, action -> ActionSteps.ended(action, state, code, message, clock.instant()));
  }

  private Action step(String id, UnaryOperator<Action> end) {
    Entry entry = open.get(id);
    if (entry == null) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no such terminal.");
    }
    Action ended = end.apply(entry.action());
    Optional<Entry> recorded =
        ledger.step(entry, ended, Event.ActionChanged.Step.ENDED, Actor.of(ended.principal()));
    if (recorded.isEmpty()) {
      LOG.error("Somebody else recorded a step of the terminal {}", id);
    }
    open.remove(id);
    begun.remove(id);
    return ended;
  }

  /** The action of a terminal, as it stands. */
  public Action require(String id) {
    return ledger
        .find(id)
        .orElseThrow(() -> new JarvisException(ErrorCode.NOT_FOUND, "There is no such terminal."));
  }

  /** Whether this is the action of a terminal. */
  static boolean isTerminal(Action action) {
    return action.tool().equals(TOOL) && !action.isPlan();
  }

  /** Whether this terminal is of this life of Jarvis, and open. */
  boolean runs(Action action) {
    return begun.contains(action.id());
  }

  /** Ends a terminal that is open; empty where it is not. */
  Optional<Action> cancel(Entry entry, Principal principal) {
    if (!open.containsKey(entry.action().id())) {
      return Optional.empty();
    }
    ender.accept(entry.action().id(), principal);
    return ledger.find(entry.action().id());
  }

  /** One of an earlier life, which ended with it. */
  void settle(Entry entry) {
    Action ended =
        ActionSteps.ended(
            entry.action(),
            ActionState.CANCELLED,
            ErrorCode.CONFLICT,
            "Jarvis ended while it was open, and the terminal with it.",
            clock.instant());
    ledger.step(entry, ended, Event.ActionChanged.Step.ENDED, Actor.JARVIS);
  }

  private Approval consumed(Draft draft) {
    Instant now = clock.instant();
    return new Approval(
        ids.get(),
        Approval.State.CONSUMED,
        Consent.HOLD,
        draft.target().fingerprint(),
        now,
        draft.person().name(),
        now);
  }

  private Action action(
      Draft draft,
      String id,
      ActionState state,
      String verdict,
      String reason,
      @Nullable Approval approval) {
    return new Action(
        id,
        TOOL,
        TITLE,
        draft.arguments(),
        CanonicalJson.hash(List.of(TOOL, draft.arguments().values())),
        List.of(draft.target()),
        state,
        Tier.RED,
        Consent.HOLD,
        List.of(new Action.Verdict(POLICY, verdict, reason)),
        draft.person(),
        Origin.BROWSER,
        clock.instant(),
        null,
        null,
        OPEN,
        null,
        List.of(),
        draft.impact(),
        approval,
        null,
        null,
        null,
        null,
        List.of());
  }
}
