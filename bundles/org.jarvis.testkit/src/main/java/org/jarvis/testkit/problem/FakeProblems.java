package org.jarvis.testkit.problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Growth;
import org.jarvis.api.problem.KindStanding;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * Problems in memory, for tests of whoever shows or mends them. It lists them as they were put, not
 * the worst first, so that whoever promises an order has to see to it.
 *
 * <p>What it was asked to change is written down, also where it then refused: the verb, what it is
 * about, what was given, and who asked. Of a remedy it asks the gate for the first step alone, and
 * keeps no attempt. Of a kind it takes every value, and goes on by the usual ones. Safe from any
 * thread.
 */
public final class FakeProblems implements Problems {
  /** The problems, open and ended. */
  public final List<Problem> all = new CopyOnWriteArrayList<>();

  /** The kinds that can be found, in the order in which they are listed. */
  public final List<ProblemKind> kinds = new CopyOnWriteArrayList<>();

  /** The nodes that are worked on. */
  public final List<Maintenance> maintained = new CopyOnWriteArrayList<>();

  /** How fast things grow; of others too little is known. */
  public final Map<ResourceRef, Growth> growths = new ConcurrentHashMap<>();

  /** What it was asked to change, such as {@code mend p1 start false ada BROWSER}. */
  public final List<String> told = new CopyOnWriteArrayList<>();

  private final Map<String, Map<String, KindStanding.Setting>> set = new ConcurrentHashMap<>();
  private final @Nullable ActionGate gate;
  private final Instant now;

  /**
   * None at first.
   *
   * @param gate what is asked for remedies
   * @param now when everything is said
   */
  public FakeProblems(ActionGate gate, Instant now) {
    this(gate, now, List.of());
  }

  private FakeProblems(@Nullable ActionGate gate, Instant now, List<Problem> all) {
    this.gate = gate;
    this.now = now;
    this.all.addAll(all);
  }

  /**
   * These, to be read only: whatever would change or mend them throws an {@link AssertionError}.
   */
  public static FakeProblems toRead(Problem... all) {
    return new FakeProblems(null, Instant.EPOCH, List.of(all));
  }

  @Override
  public List<Problem> open() {
    return all.stream().filter(Problem::isOpen).toList();
  }

  @Override
  public List<Problem> resolved(int limit) {
    return all.stream().filter(problem -> !problem.isOpen()).limit(limit).toList();
  }

  @Override
  public Optional<Problem> find(String id) {
    return all.stream().filter(problem -> problem.id().equals(id)).findFirst();
  }

  @Override
  public List<Problem> of(ResourceRef resource) {
    return open().stream()
        .filter(
            problem -> resource.equals(problem.subject()) || problem.affected().contains(resource))
        .toList();
  }

  @Override
  public List<ProblemKind> kinds() {
    return List.copyOf(kinds);
  }

  @Override
  public List<KindStanding> standings() {
    return kinds.stream().map(this::standing).toList();
  }

  @Override
  public synchronized KindStanding setKind(
      String kind, Map<String, @Nullable String> values, Principal person) {
    tell("set " + kind + " " + new TreeMap<>(values) + " " + person.name());
    ProblemKind of = kind(kind);
    Map<String, KindStanding.Setting> own = new TreeMap<>(set.getOrDefault(kind, Map.of()));
    values.forEach(
        (key, value) -> {
          if (value == null) {
            own.remove(key);
          } else {
            own.put(
                key,
                new KindStanding.Setting(
                    key, value, KindStanding.Source.PERSON, person.name(), now, true));
          }
        });
    set.put(kind, own);
    return standing(of);
  }

  private ProblemKind kind(String id) {
    return kinds.stream()
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new JarvisException(ErrorCode.NOT_FOUND, "There is no kind " + id + "."));
  }

  /** Says what was set, and counts what is usual. */
  private KindStanding standing(ProblemKind kind) {
    Map<String, Double> limits = new TreeMap<>();
    kind.limits().forEach(limit -> limits.put(limit.name(), limit.value()));
    return new KindStanding(
        kind,
        true,
        kind.raiseAfter(),
        kind.clearAfter(),
        limits,
        List.copyOf(set.getOrDefault(kind.id(), Map.of()).values()));
  }

  @Override
  public synchronized Problem acknowledge(String id, Principal principal) {
    tell("acknowledge " + id + " " + principal.name());
    return change(id, problem -> problem.acknowledged(principal.name(), now));
  }

  @Override
  public synchronized Problem silence(String id, Instant until, Principal principal) {
    tell("silence " + id + " " + until + " " + principal.name());
    Problem.Silence silence =
        now.isBefore(until) ? new Problem.Silence(principal.name(), until) : null;
    return change(id, problem -> problem.silence(silence));
  }

  @Override
  public synchronized Problem note(String id, String text, Principal principal) {
    tell("note " + id + " " + text + " " + principal.name());
    Problem of = require(id);
    if (text.isBlank() || text.length() > MAX_NOTE) {
      throw new JarvisException(
          ErrorCode.INVALID_ARGUMENTS, "A note has from 1 to " + MAX_NOTE + " characters.");
    }
    List<Problem.Note> notes = new ArrayList<>(of.notes());
    notes.add(new Problem.Note(principal.name(), now, text));
    return change(id, problem -> problem.notes(notes));
  }

  @Override
  public Action preview(
      String id, String remedy, boolean firstStepOnly, Principal principal, Origin origin) {
    return tell("preview " + mending(id, remedy, firstStepOnly, principal, origin))
        .preview(request(id, remedy, principal, origin));
  }

  @Override
  public Action mend(
      String id, String remedy, boolean firstStepOnly, Principal principal, Origin origin) {
    return tell("mend " + mending(id, remedy, firstStepOnly, principal, origin))
        .submit(request(id, remedy, principal, origin));
  }

  @Override
  public Growth growth(ResourceRef resource) {
    return growths.getOrDefault(resource, Growth.unknown(Growth.State.TOO_LITTLE));
  }

  @Override
  public List<Maintenance> maintained() {
    return List.copyOf(maintained);
  }

  @Override
  public synchronized Maintenance maintain(
      ResourceRef node, Instant until, String reason, Principal principal) {
    tell("maintain " + node + " " + until + " " + reason + " " + principal.name());
    Maintenance work = new Maintenance(node, principal.name(), now, until, reason);
    maintained.removeIf(old -> old.node().equals(node));
    maintained.add(work);
    return work;
  }

  @Override
  public synchronized void endMaintenance(ResourceRef node, Principal principal) {
    tell("end " + node + " " + principal.name());
    maintained.removeIf(old -> old.node().equals(node));
  }

  /** Writes down what is asked; the gate, where anything may be. */
  private ActionGate tell(String what) {
    if (gate == null) {
      throw new AssertionError("These problems are only read, but somebody asked: " + what);
    }
    told.add(what);
    return gate;
  }

  private static String mending(
      String id, String remedy, boolean firstStepOnly, Principal principal, Origin origin) {
    return id + " " + remedy + " " + firstStepOnly + " " + principal.name() + " " + origin;
  }

  private ActionRequest request(String id, String remedy, Principal principal, Origin origin) {
    PlanRequest.Step first =
        require(id).remedies().stream()
            .filter(one -> one.id().equals(remedy))
            .findFirst()
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.NOT_FOUND,
                        "The problem " + id + " has no remedy " + remedy + "."))
            .steps()
            .get(0);
    return new ActionRequest(first.tool(), first.arguments(), principal, origin);
  }

  private Problem require(String id) {
    return find(id)
        .orElseThrow(
            () -> new JarvisException(ErrorCode.NOT_FOUND, "There is no problem " + id + "."));
  }

  private Problem change(String id, UnaryOperator<SampleProblem> change) {
    Problem changed = change.apply(SampleProblem.like(require(id))).build();
    all.replaceAll(old -> old.id().equals(id) ? changed : old);
    return changed;
  }
}
