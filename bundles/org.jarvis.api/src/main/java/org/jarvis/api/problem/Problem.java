package org.jarvis.api.problem;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * A condition that a detector found, with its whole life. Immutable; each change is a new value.
 *
 * @param id its id
 * @param kind what kind of problem, as its detector defined it last
 * @param subject the resource; {@code null} for Jarvis itself
 * @param life which life of a guest it belongs to; {@code null} for what has only one
 * @param name how people call the resource
 * @param part the part of it; empty for the whole
 * @param severity how bad it is, or was at last
 * @param summary one sentence with names and figures
 * @param evidence what speaks for it
 * @param remedies what mends it, the best first
 * @param withoutRemedy why nothing does, where there are no remedies
 * @param affected the resources that suffer from it, where it stands for many
 * @param since when it began, as far as Jarvis saw it
 * @param seenAt when it was last seen
 * @param resolvedAt when it ended, {@code null} while it is open
 * @param resolution how it ended, for people; {@code null} while it is open
 * @param returns how many times it ended and came back within a short time
 * @param acknowledged who saw it, {@code null} where nobody said so
 * @param silence until when nobody wants to hear of it, {@code null} for none
 * @param notes what people wrote about it, oldest first
 * @param attempts the remedies that were asked for, oldest first
 */
public record Problem(
    String id,
    ProblemKind kind,
    @Nullable ResourceRef subject,
    @Nullable Incarnation life,
    String name,
    String part,
    Severity severity,
    String summary,
    List<Evidence> evidence,
    List<Remedy> remedies,
    @Nullable String withoutRemedy,
    List<ResourceRef> affected,
    Instant since,
    Instant seenAt,
    @Nullable Instant resolvedAt,
    @Nullable String resolution,
    int returns,
    @Nullable Acknowledgement acknowledged,
    @Nullable Silence silence,
    List<Note> notes,
    List<Attempt> attempts) {

  /**
   * A person has seen it.
   *
   * @param by who
   * @param at when
   */
  public record Acknowledgement(String by, Instant at) {}

  /**
   * Nobody wants to hear of it for a while.
   *
   * @param by who said so
   * @param until when that ends
   */
  public record Silence(String by, Instant until) {}

  /**
   * What somebody wrote about it.
   *
   * @param by who
   * @param at when
   * @param text what, at most {@value Problems#MAX_NOTE} characters
   */
  public record Note(String by, Instant at, String text) {}

  /**
   * A remedy that was asked for.
   *
   * @param remedy the remedy's id
   * @param action the action, or the plan, that it became
   * @param by who asked
   * @param at when
   */
  public record Attempt(String remedy, String action, String by, Instant at) {}

  /** Keeps the lists from changing. */
  public Problem {
    evidence = List.copyOf(evidence);
    remedies = List.copyOf(remedies);
    affected = List.copyOf(affected);
    notes = List.copyOf(notes);
    attempts = List.copyOf(attempts);
  }

  /** Which problem it is, whenever it occurs. */
  public Finding.Identity identity() {
    return new Finding.Identity(kind.id(), subject, part);
  }

  /** Whether it is there now. */
  public boolean isOpen() {
    return resolvedAt == null;
  }

  /** Whether nobody wants to hear of it at this moment. */
  public boolean isSilenced(Instant now) {
    return silence != null && now.isBefore(silence.until());
  }
}
