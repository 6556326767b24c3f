package org.jarvis.testkit.problem;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A situation of Jarvis itself that a test makes up.
 *
 * @param now the moment
 * @param health how the parts are
 * @param diskFree the free space; {@code null} where it cannot be told
 * @param diskTotal the size of the file system; {@code null} where it cannot be told
 * @param limits limits that the operator set, by {@code kind.name}
 * @param open the problems that are open
 */
public record FakeOwnSituation(
    Instant now,
    List<ComponentHealth> health,
    @Nullable Bytes diskFree,
    @Nullable Bytes diskTotal,
    Map<String, Double> limits,
    Set<Finding.Identity> open)
    implements OwnSituation {
  /** Keeps the collections from changing. */
  public FakeOwnSituation {
    health = List.copyOf(health);
    limits = Map.copyOf(limits);
    open = Set.copyOf(open);
  }

  /** All is well, and nobody set or found anything. */
  public static FakeOwnSituation at(Instant now) {
    return new FakeOwnSituation(now, List.of(), null, null, Map.of(), Set.of());
  }

  /** The same with these parts. */
  public FakeOwnSituation with(ComponentHealth... parts) {
    return new FakeOwnSituation(now, List.of(parts), diskFree, diskTotal, limits, open);
  }

  /** The same with this much space. */
  public FakeOwnSituation withDisk(Bytes free, Bytes total) {
    return new FakeOwnSituation(now, health, free, total, limits, open);
  }

  /** The same with a limit that the operator set. */
  public FakeOwnSituation limit(String kind, String name, double value) {
    Map<String, Double> more = new HashMap<>(limits);
    more.put(FakeSituation.key(kind, name), value);
    return new FakeOwnSituation(now, health, diskFree, diskTotal, more, open);
  }

  /** The same with a problem that is open. */
  public FakeOwnSituation open(String kind, String part) {
    Set<Finding.Identity> more = new HashSet<>(open);
    more.add(new Finding.Identity(kind, null, part));
    return new FakeOwnSituation(now, health, diskFree, diskTotal, limits, more);
  }

  @Override
  public double limit(ProblemKind kind, String name) {
    double usual = FakeSituation.usual(kind, name);
    return limits.getOrDefault(FakeSituation.key(kind.id(), name), usual);
  }

  @Override
  public boolean isOpen(Finding.Identity problem) {
    return open.contains(problem);
  }
}
