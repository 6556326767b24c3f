package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
import org.jarvis.core.tool.ToolRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes what was decided, intended and recorded: runs the tool, sees to it that its effect is
 * there, and records how it ended. The only caller of {@link Tool#run} and {@link Tool#verify}.
 */
final class ActionExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(ActionExecutor.class);
  private static final Duration VERIFY_PATIENCE = Duration.ofSeconds(15);
  private static final Duration VERIFY_INTERVAL = Duration.ofMillis(500);
  private static final Duration STORE_INTERVAL = Duration.ofSeconds(1);
  private static final int OBSERVING_AT_ONCE = 64;

  private final Clock clock;
  private final Pauses pauses;
  private final RunContexts contexts;
  private final ClusterStates states;
  private final Connections connections;
  private final ToolRegistry tools;
  private final TargetResolver resolver;
  private final ActionLedger ledger;
  private final TargetClaims claims;
  private final Reconciler reconciler;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final Map<String, ActionRun> runs = new ConcurrentHashMap<>();
  private final Semaphore observing = new Semaphore(OBSERVING_AT_ONCE);

  ActionExecutor(
      Clock clock,
      Pauses pauses,
      RunContexts contexts,
      ClusterStates states,
      Connections connections,
      ToolRegistry tools,
      TargetResolver resolver,
      ActionLedger ledger,
      TargetClaims claims,
      Reconciler reconciler,
      ExecutorService workers,
      ScheduledExecutorService timer) {
    this.clock = clock;
    this.pauses = pauses;
    this.contexts = contexts;
    this.states = states;
    this.connections = connections;
    this.tools = tools;
    this.resolver = resolver;
    this.ledger = ledger;
    this.claims = claims;
    this.reconciler = reconciler;
    this.workers = workers;
    this.timer = timer;
  }

  /** Runs a recorded intent, whose targets are claimed, on a thread of its own. */
  void start(ActionLedger.Entry intent, Prepared prepared) {
    start(intent, prepared, () -> {});
  }

  /**
   * The same.
   *
   * @param afterwards what is done once its targets are free again
   */
  void start(ActionLedger.Entry intent, Prepared prepared, Runnable afterwards) {
    try {
      workers.execute(
          () -> {
            try {
              run(intent, prepared);
            } finally {
              afterwards.run();
            }
          });
    } catch (RejectedExecutionException shuttingDown) {
      // The intent is recorded: the next start of Jarvis finds that nothing came of it.
      claims.release(intent.action());
      afterwards.run();
    }
  }

  /** Runs what only observes, within the tool's time limit, and answers with the ended action. */
  Action observe(Action action, Prepared prepared) {
    if (!observing.tryAcquire()) {
      throw new JarvisException(
          ErrorCode.THROTTLED,
          OBSERVING_AT_ONCE + " tools are looking at something already. Try again in a moment.");
    }
    Action running = ActionSteps.running(action, null, clock.instant());
    RunContext context = contexts.of(prepared, new NoTask());
    Future<ToolResult> run =
        workers.submit(
            () -> {
              try {
                return bounded(prepared, prepared.tool().tool().run(context));
              } finally {
                // Only now: one that was given up and hangs still holds its place.
                observing.release();
              }
            });
    long limit = prepared.tool().definition().timeLimit().toMillis();
    try {
      ToolResult result = run.get(limit, TimeUnit.MILLISECONDS);
      return ActionSteps.succeeded(running, result, null, clock.instant());
    } catch (ExecutionException failure) {
      return observingFailed(running, prepared, failure.getCause());
    } catch (TimeoutException late) {
      run.cancel(true);
      return failed(running, ErrorCode.TIMED_OUT, tooLong(prepared) + ".");
    } catch (InterruptedException interrupted) {
      run.cancel(true);
      Thread.currentThread().interrupt();
      return failed(running, ErrorCode.TIMED_OUT, "It was interrupted.");
    } finally {
      context.close();
    }
  }

  private Action observingFailed(Action running, Prepared prepared, @Nullable Throwable failure) {
    if (failure instanceof JarvisException telling) {
      return failed(running, telling.code(), telling.getMessage());
    }
    LOG.warn("The tool {} of {} failed", running.tool(), prepared.tool().provider(), failure);
    return failed(running, ErrorCode.INTERNAL, broken(prepared));
  }

  /** Asks a running action to end; empty when it does not run here. */
  Optional<Action> cancel(ActionLedger.Entry entry, Principal principal) {
    ActionRun run = runs.get(entry.action().id());
    if (run == null) {
      return Optional.empty();
    }
    TaskId task = run.cancel(principal);
    if (task != null) {
      cancel(run, task);
    }
    return Optional.of(run.action());
  }

  private void cancel(ActionRun run, TaskId task) {
    boolean taken = false;
    try {
      connections.require(cluster(run.action())).operations().cancel(task);
      taken = true;
    } finally {
      if (!taken) {
        run.goesOn();
      }
    }
  }

  private void run(ActionLedger.Entry intent, Prepared prepared) {
    ActionRun run = new ActionRun(ledger, states, clock, intent, Thread.currentThread());
    runs.put(intent.action().id(), run);
    try {
      Optional<Action> outcome = outcome(run, prepared);
      finish(run);
      outcome.ifPresent(ended -> recordEnd(run, ended));
    } finally {
      runs.remove(intent.action().id());
      claims.release(intent.action());
    }
  }

  /** From here on only the end of Jarvis itself interrupts the thread. */
  private void finish(ActionRun run) {
    run.finish();
    if (workers.isShutdown()) {
      Thread.currentThread().interrupt();
    }
  }

  /** How it ended; empty when Jarvis ends first: the next start settles the recorded intent. */
  private Optional<Action> outcome(ActionRun run, Prepared prepared) {
    RunContext context = contexts.of(prepared, run);
    Duration limit = prepared.tool().definition().timeLimit();
    ScheduledFuture<?> watchdog =
        timer.schedule(run::timeUp, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ToolResult result = bounded(prepared, prepared.tool().tool().run(context));
      return Optional.of(verified(run, prepared, result));
    } catch (JarvisException failure) {
      finish(run);
      if (context.touched() && uncertain(failure.code())) {
        return settle(run, prepared, context, failure.getMessage());
      }
      return Optional.of(
          run.cancelled()
              ? cancelled(run.action())
              : failed(run.action(), failure.code(), failure.getMessage()));
    } catch (InterruptedException interrupted) {
      finish(run);
      return settle(run, prepared, context, whyInterrupted(run, prepared));
    } catch (RuntimeException | Error failure) {
      finish(run);
      LOG.warn(
          "The tool {} of {} failed",
          prepared.request().tool(),
          prepared.tool().provider(),
          failure);
      return context.touched()
          ? settle(run, prepared, context, broken(prepared))
          : Optional.of(failed(run.action(), ErrorCode.INTERNAL, broken(prepared)));
    } finally {
      watchdog.cancel(false);
      context.close();
    }
  }

  private Optional<Action> settle(
      ActionRun run, Prepared prepared, RunContext context, String why) {
    Action action = run.action();
    if (context.touchedHost()) {
      return Optional.of(reconciler.unknown(action, why));
    }
    return reconciler.settle(action, why, () -> missing(prepared.tool().tool(), action));
  }

  /** Settles an action that an earlier life of Jarvis began; empty when Jarvis ends first. */
  Optional<Action> settle(Action action, String why) {
    return reconciler.settle(
        action, why, () -> missing(tools.require(action.tool()).tool(), action));
  }

  private Optional<String> missing(Tool tool, Action action) {
    List<Resource> now = resolver.reread(action.targets());
    return tool.verify(action.arguments(), now) ? Optional.empty() : Optional.of(describe(now));
  }

  private Action verified(ActionRun run, Prepared prepared, ToolResult result)
      throws InterruptedException {
    Tool tool = prepared.tool().tool();
    Arguments arguments = prepared.request().arguments();
    Instant deadline = clock.instant().plus(VERIFY_PATIENCE);
    Optional<String> missing = missing(tool, run.action());
    while (missing.isPresent()) {
      if (clock.instant().isAfter(deadline)) {
        return failed(
            run.action(),
            ErrorCode.EFFECT_MISSING,
            "The cluster's task ended well, but its effect cannot be seen: "
                + missing.get()
                + ". Look at the task's log.");
      }
      pauses.pause(VERIFY_INTERVAL);
      missing = missing(tool, run.action());
    }
    Action.Undo undo =
        prepared
            .tool()
            .definition()
            .inverseName()
            .flatMap(
                name ->
                    tool.undo(arguments, prepared.resources(), result)
                        .map(back -> new Action.Undo(name, back)))
            .orElse(null);
    return ActionSteps.succeeded(run.action(), result, undo, clock.instant());
  }

  /** Records the outcome, and does not give up before it is recorded: it must not be lost. */
  private void recordEnd(ActionRun run, Action outcome) {
    boolean warned = false;
    while (true) {
      try {
        ledger
            .step(run.entry(), outcome, Event.ActionChanged.Step.ENDED, Actor.JARVIS)
            .ifPresentOrElse(
                done -> LOG.info("{}", outcome.summary()),
                () -> LOG.error("The end of action {} was recorded elsewhere", outcome.id()));
        return;
      } catch (RuntimeException unavailable) {
        if (!warned) {
          LOG.warn("The outcome waits to be recorded: {}", unavailable.getMessage());
          warned = true;
        }
      }
      try {
        pauses.pause(STORE_INTERVAL);
      } catch (InterruptedException shutdown) {
        // The recorded intent remains, and is settled from the cluster's task list at next start.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static ToolResult bounded(Prepared prepared, ToolResult result) {
    return ResultBound.check(prepared.request().tool(), result);
  }

  private Action failed(Action action, ErrorCode code, String message) {
    return ActionSteps.ended(action, ActionState.FAILED, code, message, clock.instant());
  }

  private Action cancelled(Action action) {
    return ActionSteps.ended(
        action, ActionState.CANCELLED, ErrorCode.TASK_FAILED, "It was cancelled.", clock.instant());
  }

  private static boolean uncertain(ErrorCode code) {
    return switch (code) {
      case TIMED_OUT, UNREACHABLE, CONNECTOR_MISSING, BAD_REPLY, INTERNAL, STORAGE_UNAVAILABLE ->
          true;
      default -> false;
    };
  }

  private static String whyInterrupted(ActionRun run, Prepared prepared) {
    return run.outOfTime() ? tooLong(prepared) : "It was interrupted";
  }

  private static String tooLong(Prepared prepared) {
    return "It did not end within "
        + prepared.tool().definition().timeLimit().toSeconds()
        + " s; Jarvis does not wait longer";
  }

  private static String broken(Prepared prepared) {
    return "The tool "
        + prepared.request().tool()
        + " of "
        + prepared.tool().provider()
        + " failed; Jarvis's log tells how";
  }

  private static String describe(List<Resource> resources) {
    return resources.isEmpty()
        ? "it is gone"
        : resources.get(0).name() + " is " + resources.get(0).statusWord();
  }

  static org.jarvis.api.resource.ClusterId cluster(Action action) {
    return action.targets().get(0).ref().cluster();
  }

  static boolean changes(Prepared prepared) {
    return prepared.use().effect() != Effect.OBSERVES;
  }

  /** What observes begins no tasks. */
  private static final class NoTask implements org.jarvis.api.connector.TaskFollower {
    @Override
    public void began(TaskId task) {
      throw new JarvisException(ErrorCode.REFUSED, "What observes begins no tasks.");
    }

    @Override
    public void logged(List<String> lines) {
      throw new JarvisException(ErrorCode.REFUSED, "What observes begins no tasks.");
    }
  }
}
