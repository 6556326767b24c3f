package org.jarvis.core.problem;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;

/**
 * A cluster as detectors see it at one moment.
 *
 * @param now the moment
 * @param cluster the cluster
 * @param surroundings what else they may ask for
 */
record LiveSituation(Instant now, ClusterSnapshot cluster, Surroundings surroundings)
    implements Situation {

  /**
   * What is there beside the clusters.
   *
   * @param settings the limits
   * @param open which problems are open
   * @param stops why guests stopped
   * @param growth how fast things grow
   * @param maintained which nodes are being worked on
   */
  record Surroundings(
      KindSettings settings,
      Predicate<Finding.Identity> open,
      StopMemory stops,
      GrowthRates growth,
      Predicate<ResourceRef> maintained) {}

  @Override
  public boolean isFresh(Resource resource) {
    return !resource.observation().staleAt(now);
  }

  @Override
  public <T extends Detail> Optional<T> fresh(ResourceRef resource, Class<T> type) {
    for (AspectState state : cluster.details(resource).all().values()) {
      if (type.isInstance(state.detail())) {
        return state.failure() == null
                && state.observation() != null
                && !state.observation().staleAt(now)
            ? Optional.of(type.cast(state.detail()))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public double limit(ProblemKind kind, String name) {
    return surroundings.settings().limit(kind, name);
  }

  @Override
  public boolean isOpen(Finding.Identity problem) {
    return surroundings.open().test(problem);
  }

  @Override
  public Optional<Stop> stop(Guest guest) {
    return guest.status() == Guest.Status.RUNNING
        ? Optional.empty()
        : surroundings.stops().find(guest.ref());
  }

  @Override
  public Optional<Double> growth(ResourceRef resource) {
    return surroundings.growth().find(resource, now);
  }

  @Override
  public boolean isMaintained(NodeName node) {
    return surroundings.maintained().test(ResourceRef.node(cluster.cluster().id(), node));
  }
}
