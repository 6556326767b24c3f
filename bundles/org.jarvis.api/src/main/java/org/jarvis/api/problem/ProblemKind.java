package org.jarvis.api.problem;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jarvis.api.resource.detail.Aspect;
import org.jspecify.annotations.Nullable;

/**
 * What a detector can find. It either carries remedies, or says why there can be none.
 *
 * @param id its stable name, lower case words joined by hyphens, such as {@code node-offline};
 *     unique among all detectors
 * @param title for people, such as {@code Node offline}
 * @param explanation one sentence: what it means and why it matters
 * @param worst how bad it is at worst; a finding may be milder
 * @param needs what has to be known to judge it, beyond the cluster's lists: aspects of the
 *     resource, of its node or of its cluster; while one of these is not fresh, a problem of this
 *     kind is neither raised nor cleared. That there is nothing of the kind is an answer. Aspects
 *     of what lies within the resource, such as those of each guest of a cluster, are the
 *     detector's to look at
 * @param raiseAfter how long it has to last before it is a problem; the operator may set another
 * @param clearAfter how long it has to be gone before it is none any more
 * @param limits the figures that it is judged by, which the operator may set
 * @param noRemedy why nothing can mend it from here, with what a person can do; {@code null} where
 *     its findings carry remedies
 */
public record ProblemKind(
    String id,
    String title,
    String explanation,
    Severity worst,
    Set<Aspect> needs,
    Duration raiseAfter,
    Duration clearAfter,
    List<Limit> limits,
    @Nullable String noRemedy) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");

  /**
   * A figure that can be set.
   *
   * @param name its name, such as {@code used}
   * @param title for people, with what it is compared with
   * @param unit its unit, such as {@code %}, {@code days} or {@code °C}
   * @param value what counts unless the operator says otherwise
   * @param least the least that may be set
   * @param most the most that may be set
   */
  public record Limit(
      String name, String title, String unit, double value, double least, double most) {
    /** Refuses a name that no key can have, and a value outside of its own bounds. */
    public Limit {
      requireName(name);
      if (!(least <= value && value <= most)) {
        throw new IllegalArgumentException(
            "The limit " + name + " is " + value + ", outside of " + least + " to " + most + ".");
      }
    }
  }

  /** Refuses what could not be configured, named or explained. */
  public ProblemKind {
    requireName(id);
    needs = Set.copyOf(needs);
    limits = List.copyOf(limits);
    if (title.isBlank() || explanation.isBlank() || (noRemedy != null && noRemedy.isBlank())) {
      throw new IllegalArgumentException("The kind of problem " + id + " leaves a text empty.");
    }
    if (raiseAfter.isNegative() || clearAfter.isNegative()) {
      throw new IllegalArgumentException(
          "The kind of problem " + id + " cannot be raised or cleared before it is seen.");
    }
    Set<String> names = new HashSet<>();
    for (Limit limit : limits) {
      if (!names.add(limit.name())) {
        throw new IllegalArgumentException(
            "The kind of problem " + id + " has two limits called " + limit.name() + ".");
      }
    }
  }

  /** Whether its findings carry remedies. */
  public boolean hasRemedy() {
    return noRemedy == null;
  }

  /** The limit of this name. */
  public Optional<Limit> limit(String name) {
    return limits.stream().filter(limit -> limit.name().equals(name)).findFirst();
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A kind of problem and its limits are named by lower case words joined by hyphens, not "
              + name
              + ".");
    }
  }
}
