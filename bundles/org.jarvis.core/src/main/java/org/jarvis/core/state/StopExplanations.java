package org.jarvis.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Cause;
import org.jarvis.api.event.Event;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells events on, those of stopped guests with their cause. Where what is known does not explain a
 * stop, the cluster's tasks and the journal of the guest's node are read, each once for all guests
 * that stopped together; meanwhile further events of such a guest wait, so that its history stays
 * in order. Safe from any thread.
 */
final class StopExplanations {
  private static final Logger LOG = LoggerFactory.getLogger(StopExplanations.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Connections connections;
  private final Executor executor;
  private final OwnTasks ownTasks;
  private final NodeClocks clocks;
  private final Consumer<Event> events;

  /** The events that wait, by what they are about, the unexplained stop first. */
  private final Map<ResourceRef, List<Told>> waiting = new LinkedHashMap<>();

  /** Done when no journal is being read; guarded by {@link #waiting}. */
  private CompletableFuture<@Nullable Void> lastJournal = CompletableFuture.completedFuture(null);

  /**
   * Nothing to explain yet.
   *
   * @param executor reads from clusters; its threads may block
   * @param ownTasks knows which action of Jarvis began a task
   * @param clocks tells the times of tasks by Jarvis's clock
   * @param events takes the events; must return at once
   */
  StopExplanations(
      Connections connections,
      Executor executor,
      OwnTasks ownTasks,
      NodeClocks clocks,
      Consumer<Event> events) {
    this.connections = connections;
    this.executor = executor;
    this.ownTasks = ownTasks;
    this.clocks = clocks;
    this.events = events;
  }

  /**
   * An event, and what is known about its cause.
   *
   * @param event the event
   * @param evidence what is known when it is a stop; otherwise {@code null}
   */
  record Told(Event event, @Nullable StopEvidence evidence) {
    Event explained(OwnTasks ownTasks) {
      if (evidence == null) {
        return event;
      }
      Cause cause = StopJudgement.of(evidence);
      return because(
          event,
          Optional.ofNullable(cause.task())
              .flatMap(ownTasks::actionOf)
              .map(cause::withAction)
              .orElse(cause));
    }

    private static Event because(Event event, Cause cause) {
      if (event instanceof Event.StatusChanged changed) {
        return new Event.StatusChanged(
            changed.ref(), changed.name(), changed.from(), changed.to(), cause);
      }
      if (event instanceof Event.GuestRestarted restarted) {
        return new Event.GuestRestarted(restarted.ref(), restarted.name(), cause);
      }
      return event;
    }

    /** Whether there is anything to tell: a migrated guest's new process is no restart. */
    boolean matters() {
      return !(event instanceof Event.GuestRestarted)
          || evidence == null
          || StopJudgement.of(evidence).kind() != Cause.Kind.MIGRATION;
    }
  }

  /** Tells these, now or as soon as they are explained. Returns at once. */
  void tell(ClusterId cluster, List<Told> told) {
    Map<NodeName, List<ResourceRef>> unexplained = new HashMap<>();
    synchronized (waiting) {
      for (Told one : told) {
        ResourceRef ref = one.event().subject().orElse(null);
        List<Told> queue = ref == null ? null : waiting.get(ref);
        StopEvidence evidence = one.evidence();
        if (queue != null) {
          queue.add(one);
        } else if (ref != null && evidence != null && StopJudgement.needsJournal(evidence)) {
          waiting.put(ref, new ArrayList<>(List.of(one)));
          unexplained.computeIfAbsent(evidence.before().node(), node -> new ArrayList<>()).add(ref);
        } else if (one.matters()) {
          events.accept(one.explained(ownTasks));
        }
      }
    }
    unexplained.forEach((node, refs) -> ask(cluster, node, refs));
  }

  /** Jarvis ends: what waits is told as far as it is known. */
  void settle() {
    settle(List.copyOf(refs()), null, null);
  }

  private List<ResourceRef> refs() {
    synchronized (waiting) {
      return List.copyOf(waiting.keySet());
    }
  }

  private void ask(ClusterId cluster, NodeName node, List<ResourceRef> refs) {
    Instant since = null;
    Instant until = null;
    synchronized (waiting) {
      for (ResourceRef ref : refs) {
        StopEvidence evidence = evidence(ref);
        if (evidence != null && StopJudgement.journalReaches(evidence)) {
          since =
              since == null || evidence.lastSeen().isBefore(since) ? evidence.lastSeen() : since;
          until = until == null || evidence.at().isAfter(until) ? evidence.at() : until;
        }
      }
    }
    CompletableFuture<@Nullable ListedTasks> tasks =
        read(cluster, reader -> tasks(reader, cluster));
    CompletableFuture<@Nullable List<String>> journal =
        since == null || until == null
            ? CompletableFuture.completedFuture(null)
            : journal(
                cluster, node, since.minus(StopJudgement.SKEW), until.plus(StopJudgement.SKEW));
    tasks
        .thenCombine(
            journal,
            (known, lines) -> {
              settle(refs, known, lines);
              return refs;
            })
        .exceptionally(
            failure -> {
              LOG.warn("Why guests of node {} stopped could not be found out.", node, failure);
              settle(refs, null, null);
              return refs;
            });
  }

  /**
   * The lines of a node's journal, read when no other journal is: many nodes' at once would be more
   * than there may be memory for. Whose turn does not come in time is not read at all.
   */
  private CompletableFuture<@Nullable List<String>> journal(
      ClusterId cluster, NodeName node, Instant from, Instant to) {
    CompletableFuture<@Nullable List<String>> lines = new CompletableFuture<>();
    CompletableFuture<@Nullable List<String>> inTime =
        lines.copy().completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    synchronized (waiting) {
      lastJournal =
          lastJournal
              .thenCompose(
                  before ->
                      inTime.isDone()
                          ? CompletableFuture.<@Nullable List<String>>completedFuture(null)
                          : begin(cluster, reader -> reader.journal(node, from, to)))
              .exceptionally(failure -> null)
              .thenApply(
                  read -> {
                    lines.complete(read);
                    return null;
                  });
    }
    return inTime;
  }

  private @Nullable StopEvidence evidence(ResourceRef ref) {
    List<Told> queue = waiting.get(ref);
    return queue == null || queue.isEmpty() ? null : queue.get(0).evidence();
  }

  private @Nullable ListedTasks tasks(ClusterReader reader, ClusterId cluster) {
    return ListedTasks.of(
        clocks.byOurs(cluster, reader.detail(ResourceRef.cluster(cluster), Aspect.TASKS)));
  }

  /** What can be read within the time there is; {@code null} where it cannot. */
  private <T> CompletableFuture<@Nullable T> read(
      ClusterId cluster, Function<ClusterReader, @Nullable T> reading) {
    return this.<T>begin(cluster, reading)
        .copy()
        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What can be read, however long it takes; {@code null} where it cannot. */
  private <T> CompletableFuture<@Nullable T> begin(
      ClusterId cluster, Function<ClusterReader, @Nullable T> reading) {
    Supplier<@Nullable T> guarded =
        () -> {
          try {
            return reading.apply(connections.require(cluster).reader());
          } catch (JarvisException unreadable) {
            LOG.debug("Nothing more is known about a stop: {}", unreadable.getMessage());
            return null;
          } catch (RuntimeException | LinkageError failure) {
            LOG.warn("A connector failed to tell about a stop.", failure);
            return null;
          }
        };
    try {
      return CompletableFuture.supplyAsync(guarded, executor);
    } catch (RejectedExecutionException leaving) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private void settle(
      List<ResourceRef> refs, @Nullable ListedTasks tasks, @Nullable List<String> journal) {
    synchronized (waiting) {
      for (ResourceRef ref : refs) {
        List<Told> queue = waiting.remove(ref);
        if (queue != null) {
          queue.forEach(one -> settle(one, tasks, journal));
        }
      }
    }
  }

  private void settle(Told one, @Nullable ListedTasks tasks, @Nullable List<String> journal) {
    StopEvidence evidence = one.evidence();
    Told known = one;
    if (evidence != null) {
      StopEvidence more = tasks == null ? evidence : evidence.withTasks(tasks);
      known =
          new Told(
              one.event(),
              more.withJournal(StopJudgement.journalReaches(evidence) ? journal : null));
    }
    if (known.matters()) {
      events.accept(known.explained(ownTasks));
    }
  }
}
