package org.jarvis.connector.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.Privileges;
import org.jspecify.annotations.Nullable;

/**
 * What the connector's account may read of its cluster, as far as that is known, and the words for
 * what it may not. Where nobody knows, everything may be asked for: the cluster itself will tell.
 *
 * @param account the API token
 * @param held its privileges, {@code null} while nobody knows
 * @param release whose rules hold
 */
record AccountRights(String account, @Nullable Privileges held, Release release) {
  private static final Privileges NOTHING = new Privileges(Map.of());

  /** The same with these privileges. */
  AccountRights holding(Privileges privileges) {
    return new AccountRights(account, privileges, release);
  }

  /** The same in a cluster of this release. */
  AccountRights in(Release other) {
    return new AccountRights(account, held, other);
  }

  /**
   * Which rights bar it from an aspect; empty where it may read that, or nobody knows.
   *
   * @param guest the guest, where it is one's
   */
  Optional<Rights> barring(Turn turn, @Nullable Guest guest) {
    Privileges known = held;
    return known == null
        ? Optional.empty()
        : Rights.of(turn, guest, release).filter(rights -> !rights.coveredBy(known));
  }

  /** Whether it is known to have what an aspect needs. */
  boolean isKnownToCover(Turn turn, @Nullable Guest guest) {
    Privileges known = held;
    return known != null
        && Rights.of(turn, guest, release).map(rights -> rights.coveredBy(known)).orElse(false);
  }

  /** Whether SMART may be asked for. */
  boolean maybeReadsSmart() {
    Privileges known = held;
    return known == null || Rights.smart(release).coveredBy(known);
  }

  /** Why it cannot read an aspect, and the cure. */
  String lacking(Rights rights, Aspect aspect) {
    Right asked = rights.anyOf().get(0);
    return "The API token "
        + account
        + " lacks the privilege "
        + asked
        + ", so Jarvis cannot read "
        + aspect.word()
        + ". "
        + cure(List.of(asked));
  }

  /**
   * A refusal as it is best told: what is known of the rights names the cure better than the
   * cluster does.
   *
   * @param guest the guest, where it is one's
   */
  JarvisException explaining(JarvisException failure, Turn turn, @Nullable Guest guest) {
    return failure.code() != ErrorCode.PRIVILEGE_MISSING
        ? failure
        : barring(turn, guest)
            .map(rights -> lacking(rights, turn.aspect()))
            .map(reason -> new JarvisException(ErrorCode.PRIVILEGE_MISSING, reason, failure))
            .orElse(failure);
  }

  /**
   * What the answer about an aspect leaves out without a word, and the cure; empty where it is
   * whole, or nobody knows.
   *
   * @param storage the storage, where it is one's
   */
  Optional<String> omitted(Turn turn, @Nullable Storage storage) {
    Privileges known = held;
    List<Omission> omissions =
        known == null ? List.of() : Omission.of(turn, storage, known, release);
    if (omissions.isEmpty()) {
      return Optional.empty();
    }
    List<Right> missing = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    for (Omission omission : omissions) {
      missing.addAll(omission.missing());
      parts.add(
          omission.missing().stream().map(Right::toString).collect(Collectors.joining(" and "))
              + ", so "
              + omission.effect());
    }
    return Optional.of(
        "The API token "
            + account
            + " lacks "
            + String.join("; it lacks ", parts)
            + ". "
            + cure(missing));
  }

  private String cure(List<Right> missing) {
    Privileges known = held;
    return Cure.of(account, missing, known == null ? NOTHING : known);
  }
}
