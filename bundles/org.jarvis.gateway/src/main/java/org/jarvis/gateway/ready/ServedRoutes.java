package org.jarvis.gateway.ready;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what Jarvis's own bundles mean to serve with what is served. That a component is there
 * does not say that its path answers: REST is made anew for each group of routes that comes, some
 * time after they have come. Safe from any thread.
 */
@Component(service = {ServedRoutes.class, HealthContributor.class})
public final class ServedRoutes implements HealthContributor {
  private static final Logger LOG = LoggerFactory.getLogger(ServedRoutes.class);
  private static final String NAME = "routes";
  private static final int NAMED = 5;

  /** Anybody may ask how it is, as often as they like, and each look goes through all bundles. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Supplier<List<Route>> meant;
  private final Supplier<Set<Long>> served;
  private final LongSupplier nanos;

  // Guarded by this.
  private @Nullable List<String> lastMissing;
  private long lastLooked;

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
    this(survey::meant, survey::served, System::nanoTime);
  }

  /**
   * Compares these.
   *
   * @param served the ids of the services that are served
   * @param nanos a clock of nanoseconds
   */
  ServedRoutes(Supplier<List<Route>> meant, Supplier<Set<Long>> served, LongSupplier nanos) {
    this.meant = meant;
    this.served = served;
    this.nanos = nanos;
  }

  /** What to say on the console while something is not served, as it is now. */
  Optional<String> complaint() {
    List<String> missing = look();
    return missing.isEmpty() ? Optional.empty() : Optional.of(sentence(missing, missing.size()));
  }

  private List<String> missing() {
    // In this order: what comes in between would else be missed as not served.
    List<Route> routes = meant.get();
    Set<Long> there = served.get();
    return routes.stream()
        .filter(route -> route.service() == null || !there.contains(route.service()))
        .map(Route::name)
        .distinct()
        .sorted()
        .toList();
  }

  private static String sentence(List<String> named, int all) {
    if (named.isEmpty()) {
      return "Not served: " + all + (all == 1 ? " part." : " parts.");
    }
    int rest = all - Math.min(named.size(), NAMED);
    return named.stream()
        .limit(NAMED)
        .collect(
            Collectors.joining(
                ", ", "Not served: ", (rest > 0 ? " and " + rest + " more" : "") + "."));
  }

  /** As it was some seconds ago at most. Names paths alone: anybody may read it. */
  @Override
  public ComponentHealth health() {
    List<String> missing = lately();
    if (missing.isEmpty()) {
      return new ComponentHealth(
          NAME, ComponentHealth.Status.UP, "Everything is served that should be.");
    }
    List<String> paths = missing.stream().filter(name -> name.startsWith("/")).toList();
    return new ComponentHealth(
        NAME,
        ComponentHealth.Status.DEGRADED,
        sentence(paths, missing.size())
            + " While Jarvis starts they come; later its log tells which and why.");
  }

  private synchronized List<String> lately() {
    List<String> last = lastMissing;
    return last != null && nanos.getAsLong() - lastLooked < FRESH.toNanos() ? last : look();
  }

  private synchronized List<String> look() {
    List<String> missing = missing();
    if (!missing.isEmpty() && !missing.equals(lastMissing)) {
      LOG.info("Not served at the moment: {}.", String.join(", ", missing));
    }
    lastMissing = missing;
    lastLooked = nanos.getAsLong();
    return missing;
  }
}
