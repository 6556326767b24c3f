package org.jarvis.core.action;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.jarvis.api.safety.SafetyPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies that are asked. Those that may not be missing are bound to the safety bundle by its
 * name: another bundle's policy of the same name is asked as well, but takes no one's place.
 */
public final class PolicyRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyRegistry.class);
  private static final String STANDARD = "org.jarvis.safety";
  private static final Set<String> REQUIRED =
      Set.of("tier", "protection", "whereabouts", "quorum", "origin", "knowledge", "command");

  private final List<Registered> policies = new CopyOnWriteArrayList<>();

  /**
   * A policy has come.
   *
   * @param provider the symbolic name of the bundle that brought it
   */
  public void add(SafetyPolicy policy, String provider) {
    policies.add(new Registered(policy, name(policy), provider, new CopyOnWriteArrayList<>()));
  }

  /** One that cannot even say its name is asked all the same: left out, it would allow. */
  private static String name(SafetyPolicy policy) {
    try {
      return String.valueOf(policy.name());
    } catch (RuntimeException | LinkageError failure) {
      LOG.warn("A safety policy does not tell its name: {}", policy.getClass(), failure);
      return policy.getClass().getSimpleName();
    }
  }

  /** A policy leaves. */
  public void remove(SafetyPolicy policy) {
    policies.removeIf(registered -> registered.policy() == policy);
  }

  List<Registered> all() {
    return List.copyOf(policies);
  }

  /** Whether this one is still there. */
  boolean holds(Registered registered) {
    return policies.stream().anyMatch(present -> present.policy() == registered.policy());
  }

  /** The required ones that are not there, by name. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>(REQUIRED);
    policies.stream()
        .filter(registered -> registered.provider().equals(STANDARD))
        .forEach(registered -> missing.remove(registered.name()));
    return missing;
  }

  /**
   * A policy that is asked.
   *
   * @param hanging its calls that were given up and still run
   */
  record Registered(SafetyPolicy policy, String name, String provider, List<Future<?>> hanging) {
    /** Whether it is one of Jarvis's own. */
    boolean standard() {
      return provider.equals(STANDARD);
    }

    String label() {
      return standard() ? name : name + " of " + provider;
    }
  }
}
