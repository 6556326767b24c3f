package org.jarvis.core.problem;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.problem.KindStanding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.problem.KindSettings.Said;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people set for kinds of problem, kept in the settings: the files are the operator's, and
 * Jarvis writes none of them. What the file names is the file's to change. Safe from any thread.
 */
final class KindChanges {
  /** The name of the setting that keeps them. */
  static final String SETTING = "problem-kinds";

  private static final Logger LOG = LoggerFactory.getLogger(KindChanges.class);
  private static final int LONGEST_VALUE = 64;

  private final Clock clock;
  private final KindSettings settings;
  private final DetectorRegistry detectors;
  private final ServiceSlot<SettingStore> store;
  private final PersonsAudit audit;

  /** By kind and key; {@code null} until they were read. Guarded by this. */
  private @Nullable Map<String, Map<String, Said>> held;

  private volatile @Nullable String trouble;

  KindChanges(
      Clock clock,
      KindSettings settings,
      DetectorRegistry detectors,
      ServiceSlot<SettingStore> store,
      PersonsAudit audit) {
    this.clock = clock;
    this.settings = settings;
    this.detectors = detectors;
    this.store = store;
    this.audit = audit;
  }

  /** Reads what was kept, unless it is known. */
  synchronized void tend() {
    try {
      known();
    } catch (JarvisException unavailable) {
      LOG.debug("What people set for kinds is read later: {}", unavailable.getMessage());
    }
  }

  /** What is wrong with the whole of them; empty when nothing is. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** What counts for each kind. */
  List<KindStanding> standings() {
    return new TreeMap<>(detectors.kinds()).values().stream().map(settings::standing).toList();
  }

  /** Sets these values, or takes back those that are {@code null}. */
  synchronized KindStanding set(
      String id, Map<String, @Nullable String> values, Principal principal) {
    requirePerson(principal);
    ProblemKind kind = require(id);
    check(kind, values);
    Map<String, Map<String, Said>> all = new TreeMap<>(known());
    Map<String, Said> own = new TreeMap<>(all.getOrDefault(id, Map.of()));
    values.forEach(
        (key, value) -> {
          if (value == null) {
            own.remove(key);
          } else if (!isSaid(own.get(key), value)) {
            own.put(key, new Said(value.strip(), principal.name(), clock.instant()));
          }
        });
    all.put(id, Map.copyOf(own));
    return keep(kind, all, principal);
  }

  private static boolean isSaid(@Nullable Said before, String value) {
    return before != null && before.value().equals(value.strip());
  }

  private static void requirePerson(Principal principal) {
    if (!principal.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person signed in with a browser can set what counts as a problem. No token can.");
    }
  }

  private ProblemKind require(String id) {
    ProblemKind kind = detectors.kinds().get(id);
    if (kind == null) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND,
          "No detector defines a kind of problem of this name. GET /api/problem-kinds lists them.");
    }
    return kind;
  }

  /** All that is wrong is said at once, in the words that are said of the file. */
  private void check(ProblemKind kind, Map<String, @Nullable String> values) {
    List<FieldError> wrong = new ArrayList<>();
    new TreeMap<>(values)
        .forEach(
            (key, value) -> {
              if (value == null) {
                return;
              }
              if (value.length() > LONGEST_VALUE) {
                wrong.add(new FieldError(key, "has at most " + LONGEST_VALUE + " characters"));
              } else {
                settings
                    .mistake(kind, key, value)
                    .ifPresent(mistake -> wrong.add(new FieldError(key, mistake)));
              }
            });
    if (!wrong.isEmpty()) {
      FieldError first = wrong.get(0);
      throw new JarvisException(
          ErrorCode.INVALID_INPUT, kind.id() + "." + first.field() + " " + first.message(), wrong);
    }
    values.forEach(
        (key, value) -> {
          if (value != null && settings.isInFile(kind, key)) {
            throw new JarvisException(
                ErrorCode.CONFLICT,
                "etc/"
                    + KindSettings.PID
                    + ".cfg names "
                    + kind.id()
                    + "."
                    + key
                    + ", and what it says counts alone. Change it there, or remove the line.");
          }
        });
  }

  private KindStanding keep(
      ProblemKind kind, Map<String, Map<String, Said>> all, Principal principal) {
    Map<String, Said> before = known().getOrDefault(kind.id(), Map.of());
    Map<String, Said> after = all.getOrDefault(kind.id(), Map.of());
    if (before.equals(after)) {
      return settings.standing(kind);
    }
    if (after.isEmpty()) {
      all.remove(kind.id());
    }
    record(kind, before, after, principal);
    store.require().put(SETTING, ProblemDocument.writeKinds(all));
    take(all);
    trouble = null;
    LOG.warn("{} set the kind of problem {}: {}", principal.name(), kind.id(), words(after));
    return settings.standing(kind);
  }

  private void record(
      ProblemKind kind, Map<String, Said> before, Map<String, Said> after, Principal principal) {
    Map<String, String> old = new LinkedHashMap<>();
    Map<String, String> next = new LinkedHashMap<>();
    Map<String, Said> keys = new TreeMap<>(before);
    keys.putAll(after);
    for (String key : keys.keySet()) {
      Said was = before.get(key);
      Said is = after.get(key);
      if (!Objects.equals(was, is)) {
        old.put(key, was == null ? usual(kind, key) : was.value());
        next.put(key, is == null ? usual(kind, key) : is.value());
      }
    }
    audit.append(
        principal,
        "problem-kind.set",
        kind.id(),
        Map.of("before", old, "after", next, "credential", principal.credential()));
  }

  /** What holds where nobody set anything, as the file would have it. */
  private static String usual(ProblemKind kind, String key) {
    return switch (key) {
      case "enabled" -> "true";
      case "after" -> kind.raiseAfter().toSeconds() + "s";
      case "gone" -> kind.clearAfter().toSeconds() + "s";
      default -> kind.limit(key).map(limit -> KindSettings.plain(limit.value())).orElse("");
    };
  }

  private static String words(Map<String, Said> said) {
    Map<String, String> values = new TreeMap<>();
    said.forEach((key, one) -> values.put(key, one.value()));
    return values.isEmpty() ? "as usual" : values.toString();
  }

  private Map<String, Map<String, Said>> known() {
    Map<String, Map<String, Said>> all = held;
    if (all == null) {
      all = read(store.require().get(SETTING).orElse("{}"));
      take(all);
    }
    return all;
  }

  /** What is damaged is so for good, and what is set next begins it anew. */
  private Map<String, Map<String, Said>> read(String kept) {
    try {
      return ProblemDocument.readKinds(kept);
    } catch (JarvisException damaged) {
      LOG.error("{}", damaged.getMessage());
      trouble = damaged.getMessage();
      return Map.of();
    }
  }

  private void take(Map<String, Map<String, Said>> all) {
    held = Map.copyOf(all);
    settings.said(all);
    settings.read(detectors.kinds(), clock.instant());
  }
}
