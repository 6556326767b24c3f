package org.jarvis.api.problem;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The problems of everything that Jarvis watches. The core provides the one service. Safe from any
 * thread. Failures are {@link org.jarvis.api.error.JarvisException}s: {@code NOT_FOUND} where there
 * is no such problem or remedy, {@code INVALID_ARGUMENTS}, {@code STORAGE_UNAVAILABLE} where a
 * change cannot be kept; then nothing changed.
 */
@ProviderType
public interface Problems {
  /** The longest note, in characters. */
  int MAX_NOTE = 2_000;

  /** The problems that are open, the worst first and the oldest of these first. */
  List<Problem> open();

  /** The problems that ended last, newest first; at most {@code limit}. */
  List<Problem> resolved(int limit);

  /** One problem, open or ended. */
  Optional<Problem> find(String id);

  /** The open problems that are about a resource or that it suffers from. */
  List<Problem> of(ResourceRef resource);

  /** All kinds that any detector can find, by id. */
  List<ProblemKind> kinds();

  /** What counts for each kind at present, and who says so; by id. */
  List<KindStanding> standings();

  /**
   * A person sets values of a kind, as the configuration file would; what is not named stays as it
   * is. They are kept, and count from the next look on. All of them are taken, or none.
   *
   * @param values by key: {@code enabled}, {@code after}, {@code gone} or the name of a limit;
   *     {@code null} takes back what a person set
   * @param person who does so; only a person in a browser session may
   * @return what counts then
   * @throws org.jarvis.api.error.JarvisException {@code PERSON_REQUIRED} for anybody else, {@code
   *     INVALID_INPUT} with what is wrong with each, {@code CONFLICT} where the file names a key
   */
  KindStanding setKind(String kind, Map<String, @Nullable String> values, Principal person);

  /** Notes that somebody has seen it. */
  Problem acknowledge(String id, Principal principal);

  /**
   * Silences it, also where it ends and comes back meanwhile; a silence belongs to one life of its
   * resource.
   *
   * @param until when that ends: after now, and within a year; a moment that is past ends a silence
   */
  Problem silence(String id, Instant until, Principal principal);

  /** Adds a note. */
  Problem note(String id, String text, Principal principal);

  /**
   * Decides a remedy as the gate would, and does nothing after it.
   *
   * @param firstStepOnly whether only the first of several steps is meant
   */
  Action preview(
      String id, String remedy, boolean firstStepOnly, Principal principal, Origin origin);

  /**
   * Asks the gate for a remedy: an action, or a plan where it has several steps. The gate alone
   * decides; the problem notes the attempt.
   */
  Action mend(String id, String remedy, boolean firstStepOnly, Principal principal, Origin origin);

  /**
   * How fast what a storage, a node's root disk or a pool holds grows. Returns at once: what was
   * not asked for lately is reckoned beside the caller, and told from then on.
   */
  Growth growth(ResourceRef resource);

  /** The nodes that are worked on. */
  List<Maintenance> maintained();

  /**
   * Begins to work on a node, or changes until when.
   *
   * @param until when it ends by itself: after now, and within 30 days
   */
  Maintenance maintain(ResourceRef node, Instant until, String reason, Principal principal);

  /** Ends the work on a node. */
  void endMaintenance(ResourceRef node, Principal principal);
}
