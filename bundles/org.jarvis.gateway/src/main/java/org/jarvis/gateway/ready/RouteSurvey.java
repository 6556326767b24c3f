package org.jarvis.gateway.ready;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jarvis.gateway.ready.ServedRoutes.Route;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.jakartars.runtime.JakartarsServiceRuntime;
import org.osgi.service.jakartars.runtime.dto.BaseApplicationDTO;
import org.osgi.service.jakartars.whiteboard.JakartarsWhiteboardConstants;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.ServletContextDTO;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;

/** Reads from the running framework what its bundles mean to serve, and what is served. */
final class RouteSurvey {
  private static final String OWN = "org.jarvis.";

  private final BundleContext context;

  RouteSurvey(BundleContext context) {
    this.context = context;
  }

  /**
   * What the bundles of Jarvis mean to serve: what they have registered, what a component of theirs
   * would register, and all that is in a bundle that should run and does not.
   */
  List<Route> meant() {
    List<Route> routes = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      String name = bundle.getSymbolicName();
      if (name == null || !name.startsWith(OWN)) {
        continue;
      }
      if (bundle.getState() == Bundle.ACTIVE) {
        // In this order: one that comes in between is met twice, and not overlooked.
        routes.addAll(unsatisfied(bundle));
        routes.addAll(registered(bundle));
      } else if (shouldRun(bundle)) {
        routes.add(new Route("bundle " + name, null));
      }
    }
    return routes;
  }

  /** The ids of the services that REST and the HTTP server serve. */
  Set<Long> served() {
    Set<Long> served = new HashSet<>();
    ask(JakartarsServiceRuntime.class, JakartarsServiceRuntime::getRuntimeDTO)
        .ifPresent(
            rest ->
                Stream.concat(
                        Stream.ofNullable(rest.defaultApplication),
                        Arrays.stream(rest.applicationDTOs))
                    .forEach(application -> addServed(application, served)));
    ask(HttpServiceRuntime.class, HttpServiceRuntime::getRuntimeDTO)
        .ifPresent(
            http -> {
              for (ServletContextDTO servlets : http.servletContextDTOs) {
                Arrays.stream(servlets.servletDTOs).forEach(one -> served.add(one.serviceId));
              }
            });
    return served;
  }

  private static void addServed(BaseApplicationDTO application, Set<Long> served) {
    if (application.resourceDTOs != null) {
      Arrays.stream(application.resourceDTOs).forEach(one -> served.add(one.serviceId));
    }
    if (application.extensionDTOs != null) {
      Arrays.stream(application.extensionDTOs).forEach(one -> served.add(one.serviceId));
    }
  }

  /** Not one that a person has stopped, and no extension: the framework starts none of these. */
  private static boolean shouldRun(Bundle bundle) {
    BundleStartLevel start = bundle.adapt(BundleStartLevel.class);
    return start != null && start.isPersistentlyStarted();
  }

  private static List<Route> registered(Bundle bundle) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    return services == null
        ? List.of()
        : Arrays.stream(services)
            .flatMap(
                service ->
                    path(service::getProperty, service.getProperty("component.name"))
                        .map(
                            path ->
                                new Route(path, (Long) service.getProperty(Constants.SERVICE_ID)))
                        .stream())
            .toList();
  }

  private List<Route> unsatisfied(Bundle bundle) {
    return ask(ServiceComponentRuntime.class, components -> unsatisfied(components, bundle))
        .orElse(List.of());
  }

  private static List<Route> unsatisfied(ServiceComponentRuntime components, Bundle bundle) {
    List<Route> routes = new ArrayList<>();
    for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(bundle)) {
      Map<String, Object> properties = component.properties;
      path(properties::get, component.name)
          .filter(path -> !isThere(components, component))
          .ifPresent(path -> routes.add(new Route(path, null)));
    }
    return routes;
  }

  private static boolean isThere(
      ServiceComponentRuntime components, ComponentDescriptionDTO component) {
    return components.getComponentConfigurationDTOs(component).stream()
        .anyMatch(
            made ->
                made.state == ComponentConfigurationDTO.SATISFIED
                    || made.state == ComponentConfigurationDTO.ACTIVE);
  }

  /** What people know it by, if it is something that is to be served. */
  private static Optional<String> path(
      Function<String, @Nullable Object> property, @Nullable Object component) {
    Object patterns = property.apply(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN);
    if (patterns != null) {
      return Optional.of(
          patterns instanceof String[] several ? String.join(" ", several) : patterns.toString());
    }
    return isTrue(property.apply(JakartarsWhiteboardConstants.JAKARTA_RS_RESOURCE))
            || isTrue(property.apply(JakartarsWhiteboardConstants.JAKARTA_RS_EXTENSION))
        ? Optional.of(String.valueOf(component))
        : Optional.empty();
  }

  private static boolean isTrue(@Nullable Object value) {
    return value != null && value.toString().equals("true");
  }

  private <S, R> Optional<R> ask(Class<S> type, Function<S, R> question) {
    ServiceReference<S> reference = context.getServiceReference(type);
    S service = reference == null ? null : context.getService(reference);
    if (service == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(question.apply(service));
    } finally {
      context.ungetService(reference);
    }
  }
}
