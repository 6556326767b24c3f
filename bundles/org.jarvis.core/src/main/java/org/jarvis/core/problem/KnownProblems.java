package org.jarvis.core.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event.ProblemChanged.Change;
import org.jarvis.api.problem.Growth;
import org.jarvis.api.problem.KindStanding;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/** What is known of problems, and what people say of them. */
final class KnownProblems implements Problems {
  private static final Duration LONGEST_SILENCE = Duration.ofDays(366);
  private static final int MOST_RESOLVED = 10_000;

  private final Clock clock;
  private final ProblemBook book;
  private final DetectorRegistry detectors;
  private final KindChanges kindChanges;
  private final MaintenanceBook maintenances;
  private final Mending mending;
  private final PersonsAudit audit;
  private final GrowthRates growth;

  KnownProblems(
      Clock clock,
      ProblemBook book,
      DetectorRegistry detectors,
      KindChanges kindChanges,
      MaintenanceBook maintenances,
      Mending mending,
      PersonsAudit audit,
      GrowthRates growth) {
    this.clock = clock;
    this.book = book;
    this.detectors = detectors;
    this.kindChanges = kindChanges;
    this.maintenances = maintenances;
    this.mending = mending;
    this.audit = audit;
    this.growth = growth;
  }

  @Override
  public List<Problem> open() {
    return book.open();
  }

  @Override
  public List<Problem> resolved(int limit) {
    return book.resolved(Math.max(0, Math.min(limit, MOST_RESOLVED)));
  }

  @Override
  public Optional<Problem> find(String id) {
    return book.find(id);
  }

  @Override
  public List<Problem> of(ResourceRef resource) {
    return book.open().stream()
        .filter(
            problem -> resource.equals(problem.subject()) || problem.affected().contains(resource))
        .toList();
  }

  @Override
  public List<ProblemKind> kinds() {
    return detectors.kinds().values().stream()
        .sorted(Comparator.comparing(ProblemKind::id))
        .toList();
  }

  @Override
  public List<KindStanding> standings() {
    return kindChanges.standings();
  }

  @Override
  public KindStanding setKind(String kind, Map<String, @Nullable String> values, Principal person) {
    return kindChanges.set(kind, values, person);
  }

  @Override
  public Problem acknowledge(String id, Principal principal) {
    book.require(id);
    audit.append(principal, "problem.acknowledged", id, Map.of());
    Problem.Acknowledgement seen = new Problem.Acknowledgement(principal.name(), clock.instant());
    return book.change(id, before -> Revision.acknowledged(before, seen), Change.ACKNOWLEDGED);
  }

  @Override
  public Problem silence(String id, Instant until, Principal principal) {
    Instant now = clock.instant();
    if (until.isAfter(now.plus(LONGEST_SILENCE))) {
      throw new JarvisException(
          ErrorCode.INVALID_ARGUMENTS,
          "A silence ends within a year, not at " + until + ".",
          List.of(new FieldError("until", "must be within a year")));
    }
    book.require(id);
    audit.append(principal, "problem.silenced", id, Map.of("until", until.toString()));
    Problem.Silence silence =
        now.isBefore(until) ? new Problem.Silence(principal.name(), until) : null;
    return book.change(id, before -> Revision.silenced(before, silence), Change.SILENCED);
  }

  @Override
  public Problem note(String id, String text, Principal principal) {
    String words = text.strip();
    if (words.isEmpty() || words.length() > MAX_NOTE) {
      throw new JarvisException(
          ErrorCode.INVALID_ARGUMENTS,
          "A note has from 1 to " + MAX_NOTE + " characters; this one has " + words.length() + ".",
          List.of(new FieldError("text", "must have from 1 to " + MAX_NOTE + " characters")));
    }
    book.require(id);
    audit.append(principal, "problem.noted", id, Map.of("text", words));
    Problem.Note note = new Problem.Note(principal.name(), clock.instant(), words);
    return book.change(id, before -> Revision.noted(before, note), Change.NOTED);
  }

  @Override
  public Action preview(
      String id, String remedy, boolean firstStepOnly, Principal principal, Origin origin) {
    return mending.preview(id, remedy, firstStepOnly, principal, origin);
  }

  @Override
  public Action mend(
      String id, String remedy, boolean firstStepOnly, Principal principal, Origin origin) {
    return mending.mend(id, remedy, firstStepOnly, principal, origin);
  }

  @Override
  public Growth growth(ResourceRef resource) {
    return growth.growth(resource, clock.instant());
  }

  @Override
  public List<Maintenance> maintained() {
    return maintenances.all();
  }

  @Override
  public Maintenance maintain(ResourceRef node, Instant until, String reason, Principal principal) {
    return maintenances.begin(node, until, reason, principal);
  }

  @Override
  public void endMaintenance(ResourceRef node, Principal principal) {
    maintenances.end(node, principal);
  }
}
