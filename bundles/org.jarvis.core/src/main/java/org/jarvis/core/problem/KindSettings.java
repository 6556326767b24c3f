package org.jarvis.core.problem;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.problem.KindStanding;
import org.jarvis.api.problem.KindStanding.Setting;
import org.jarvis.api.problem.KindStanding.Source;
import org.jarvis.api.problem.ProblemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator set for kinds of problem, in {@code etc/org.jarvis.problems.cfg}:
 *
 * <ul>
 *   <li>{@code <kind>.enabled}: {@code true} or {@code false}, whether it is watched
 *   <li>{@code <kind>.after}: how long it has to last before it is a problem; seconds, or a whole
 *       number with {@code s}, {@code m}, {@code h} or {@code d}, up to 365 days
 *   <li>{@code <kind>.gone}: how long it has to be gone before it is none any more, as a time too
 *   <li>{@code <kind>.<limit>}: one of its limits, within its bounds
 * </ul>
 *
 * <p>What {@linkplain KindChanges a person set} counts for keys that the file does not name.
 *
 * <p>Changes count from the next look on. Where a value is wrong what it would replace holds, the
 * log says so once, and the health of Jarvis names it. A kind that nobody defines may belong to an
 * extension that is still to come, so that is said only after a minute. Safe from any thread.
 */
final class KindSettings {
  /** The configuration. */
  static final String PID = "org.jarvis.problems";

  private static final Logger LOG = LoggerFactory.getLogger(KindSettings.class);
  private static final String FILE = "etc/" + PID + ".cfg: ";
  private static final String ON_THE_PAGE = "In the settings of the page: ";
  private static final String ENABLED = "enabled";
  private static final String AFTER = "after";
  private static final String GONE = "gone";
  private static final Duration MAY_BE_TO_COME = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Pattern KEY = Pattern.compile("([a-z][a-z0-9-]*)\\.([a-z][a-z0-9-]*)");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhd]?)");
  private static final List<String> OF_THE_PLATFORM =
      List.of("service.", "felix.", "component.", "objectClass");

  private final Set<String> logged = new HashSet<>();
  private volatile Map<String, String> values = Map.of();
  private volatile Map<String, Map<String, Said>> said = Map.of();
  private volatile Map<String, Wish> read = Map.of();
  private volatile Set<String> wrongInFile = Set.of();
  private volatile Set<String> wrongOnThePage = Set.of();
  private volatile List<String> complaints = List.of();
  private volatile Instant since = Instant.MAX;

  /**
   * What a person set of one key of a kind.
   *
   * @param value as the file would have it
   * @param by who
   * @param at when
   */
  record Said(String value, String by, Instant at) {
    /** Not so where it was read from a document that lacks something. */
    boolean isWhole() {
      return Stream.<Object>of(value, by, at).allMatch(Objects::nonNull);
    }
  }

  /** What was set for one kind, and is right. */
  private record Wish(boolean enabled, Duration after, Duration gone, Map<String, Double> limits) {
    static Wish none(ProblemKind kind) {
      return new Wish(true, kind.raiseAfter(), kind.clearAfter(), Map.of());
    }
  }

  /** Takes a configuration. */
  synchronized void configure(Map<String, ?> configuration, Instant now) {
    Map<String, String> next = new TreeMap<>();
    configuration.forEach(
        (key, value) -> {
          if (OF_THE_PLATFORM.stream().noneMatch(key::startsWith) && !key.endsWith(".target")) {
            next.put(key, String.valueOf(value).strip());
          }
        });
    values = Map.copyOf(next);
    read = Map.of();
    since = now;
    logged.clear();
  }

  /** Takes what people set, by kind and key; it counts once it is {@linkplain #read read}. */
  synchronized void said(Map<String, Map<String, Said>> next) {
    said = Map.copyOf(next);
  }

  /** Reads what was set for these kinds. Call it whenever there may be others. */
  synchronized void read(Map<String, ProblemKind> kinds, Instant now) {
    List<String> wrong = new ArrayList<>();
    Set<String> ofFile = new HashSet<>();
    Set<String> ofPage = new HashSet<>();
    Map<String, Wish> next = new HashMap<>();
    kinds.forEach((id, kind) -> next.put(id, Wish.none(kind)));
    // A kind of which people said something may be that of an extension which is away.
    said.forEach(
        (id, keys) -> {
          ProblemKind kind = kinds.get(id);
          if (kind != null) {
            new TreeMap<>(keys)
                .forEach(
                    (name, one) -> {
                      String key = id + "." + name;
                      try {
                        next.computeIfPresent(
                            id, (same, before) -> with(before, kind, name, one.value()));
                      } catch (IllegalArgumentException mistake) {
                        ofPage.add(key);
                        wrong.add(ON_THE_PAGE + key + " " + mistake.getMessage());
                      }
                    });
          }
        });
    new TreeMap<>(values)
        .forEach(
            (key, value) -> {
              Matcher parts = KEY.matcher(key);
              if (!parts.matches()) {
                wrong.add(
                    FILE
                        + key
                        + " is no key. A key is <kind>.enabled, <kind>.after, <kind>.gone or"
                        + " <kind>.<limit>.");
                return;
              }
              ProblemKind kind = kinds.get(parts.group(1));
              Wish before = next.get(parts.group(1));
              if (kind == null || before == null) {
                if (now.isAfter(since.plus(MAY_BE_TO_COME))) {
                  wrong.add(FILE + key + " is about a kind of problem that no detector defines.");
                }
                return;
              }
              try {
                next.put(kind.id(), with(before, kind, parts.group(2), value));
              } catch (IllegalArgumentException mistake) {
                ofFile.add(key);
                wrong.add(FILE + key + " " + mistake.getMessage());
              }
            });
    read = Map.copyOf(next);
    wrongInFile = Set.copyOf(ofFile);
    wrongOnThePage = Set.copyOf(ofPage);
    complaints = List.copyOf(wrong);
    wrong.stream().filter(logged::add).forEach(LOG::warn);
  }

  /** What is wrong with a value of a kind, as is said of the file's; empty where nothing is. */
  synchronized Optional<String> mistake(ProblemKind kind, String name, String value) {
    try {
      with(wish(kind), kind, name, value.strip());
      return Optional.empty();
    } catch (IllegalArgumentException mistake) {
      return Optional.of(String.valueOf(mistake.getMessage()));
    }
  }

  /** Whether the file names this key of a kind, rightly or not. */
  boolean isInFile(ProblemKind kind, String name) {
    return values.containsKey(kind.id() + "." + name);
  }

  private Wish wish(ProblemKind kind) {
    return read.getOrDefault(kind.id(), Wish.none(kind));
  }

  /** What counts for a kind, and who says so. */
  synchronized KindStanding standing(ProblemKind kind) {
    Wish wish = wish(kind);
    Map<String, Double> limits = new HashMap<>();
    kind.limits().forEach(limit -> limits.put(limit.name(), limit.value()));
    limits.putAll(wish.limits());
    String prefix = kind.id() + ".";
    List<Setting> settings = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            boolean counts = !wrongInFile.contains(key);
            String name = key.substring(prefix.length());
            settings.add(new Setting(name, value, Source.FILE, null, null, counts));
          }
        });
    said.getOrDefault(kind.id(), Map.of())
        .forEach(
            (name, one) -> {
              String key = prefix + name;
              boolean inFile = values.containsKey(key) && !wrongInFile.contains(key);
              boolean counts = !inFile && !wrongOnThePage.contains(key);
              settings.add(
                  new Setting(name, one.value(), Source.PERSON, one.by(), one.at(), counts));
            });
    settings.sort(Comparator.comparing(Setting::key).thenComparing(Setting::source));
    return new KindStanding(
        kind, wish.enabled(), wish.after(), wish.gone(), limits, List.copyOf(settings));
  }

  private static Wish with(Wish before, ProblemKind kind, String name, String value) {
    return switch (name) {
      case ENABLED ->
          new Wish(
              yesOrNo(value, before.enabled()), before.after(), before.gone(), before.limits());
      case AFTER ->
          new Wish(before.enabled(), time(value, before.after()), before.gone(), before.limits());
      case GONE ->
          new Wish(before.enabled(), before.after(), time(value, before.gone()), before.limits());
      default -> {
        Map<String, Double> limits = new HashMap<>(before.limits());
        limits.put(name, limit(kind, name, value, before));
        yield new Wish(before.enabled(), before.after(), before.gone(), Map.copyOf(limits));
      }
    };
  }

  private static boolean yesOrNo(String value, boolean otherwise) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "is true or false, not '" + value + "'. It stays " + otherwise + ".");
    };
  }

  private static Duration time(String value, Duration otherwise) {
    Matcher time = TIME.matcher(value);
    if (time.matches()) {
      long number = Long.parseLong(time.group(1));
      Duration duration =
          switch (time.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
          };
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    }
    throw new IllegalArgumentException(
        "is a time such as 90, 30s, 10m, 2h or 3d, up to 365d, not '"
            + value
            + "'. It stays "
            + otherwise.toSeconds()
            + "s.");
  }

  private static double limit(ProblemKind kind, String name, String value, Wish before) {
    ProblemKind.Limit limit =
        kind.limit(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "is nothing that "
                            + kind.id()
                            + " has. It has "
                            + String.join(
                                ", ", kind.limits().stream().map(ProblemKind.Limit::name).toList())
                            + (kind.limits().isEmpty()
                                ? "enabled, after and gone."
                                : ", enabled, after and gone.")));
    try {
      double number = new BigDecimal(value).doubleValue();
      if (number >= limit.least() && number <= limit.most()) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      LOG.debug("{} is no number", value);
    }
    throw new IllegalArgumentException(
        "is a number from %s to %s (%s), not '%s'. It stays %s."
            .formatted(
                plain(limit.least()),
                plain(limit.most()),
                limit.unit(),
                value,
                plain(before.limits().getOrDefault(name, limit.value()))));
  }

  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** Whether a kind is watched. */
  boolean isEnabled(String kind) {
    Wish set = read.get(kind);
    return set == null || set.enabled();
  }

  /** How long a problem of this kind has to last before it is one. */
  Duration raiseAfter(ProblemKind kind) {
    Wish set = read.get(kind.id());
    return set == null ? kind.raiseAfter() : set.after();
  }

  /** How long a problem of this kind has to be gone before it is none any more. */
  Duration clearAfter(ProblemKind kind) {
    Wish set = read.get(kind.id());
    return set == null ? kind.clearAfter() : set.gone();
  }

  /**
   * A limit of a kind.
   *
   * @throws IllegalArgumentException where the kind has none of this name
   */
  double limit(ProblemKind kind, String name) {
    ProblemKind.Limit limit =
        kind.limit(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The kind of problem " + kind.id() + " has no limit " + name + "."));
    Wish set = read.get(kind.id());
    Double given = set == null ? null : set.limits().get(name);
    return given == null ? limit.value() : given;
  }

  /** What is wrong, for people: the file, the key, and what is expected. */
  List<String> complaints() {
    return complaints;
  }
}
