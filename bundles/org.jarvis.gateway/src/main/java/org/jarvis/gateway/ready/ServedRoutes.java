package org.jarvis.gateway.ready;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Compares what Jarvis's own bundles mean to serve with what is served. That a component is there
 * does not say that its path answers: REST is made anew for each group of routes that comes, some
 * time after they have come. Safe from any thread.
 */
@Component(service = {ServedRoutes.class, HealthContributor.class})
public final class ServedRoutes implements HealthContributor {
  private static final String NAME = "routes";
  private static final int NAMED = 5;

  private final Supplier<List<Route>> meant;
  private final Supplier<Set<Long>> served;

  /**
   * What a bundle means to serve.
   *
   * @param name what people know it by
   * @param service the id of the service that brings it; null while there is none
   */
  record Route(String name, @Nullable Long service) {}

  /** Compares what is found in the running framework. */
  @Activate
  public ServedRoutes(BundleContext context) {
    this(new RouteSurvey(context));
  }

  private ServedRoutes(RouteSurvey survey) {
    this(survey::meant, survey::served);
  }

  /**
   * Compares these.
   *
   * @param served the ids of the services that are served
   */
  ServedRoutes(Supplier<List<Route>> meant, Supplier<Set<Long>> served) {
    this.meant = meant;
    this.served = served;
  }

  /** What to say while something is not served. */
  Optional<String> complaint() {
    // In this order: what comes in between would else be missed as not served.
    List<Route> routes = meant.get();
    Set<Long> there = served.get();
    List<String> missing =
        routes.stream()
            .filter(route -> route.service() == null || !there.contains(route.service()))
            .map(Route::name)
            .distinct()
            .sorted()
            .toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    int rest = missing.size() - NAMED;
    return Optional.of(
        missing.stream()
            .limit(NAMED)
            .collect(
                Collectors.joining(
                    ", ", "Not served: ", (rest > 0 ? " and " + rest + " more" : "") + ".")));
  }

  @Override
  public ComponentHealth health() {
    return complaint()
        .map(
            complaint ->
                new ComponentHealth(
                    NAME,
                    ComponentHealth.Status.DEGRADED,
                    complaint + " While Jarvis starts they come; later its log tells why."))
        .orElseGet(
            () ->
                new ComponentHealth(
                    NAME, ComponentHealth.Status.UP, "Everything is served that should be."));
  }
}
