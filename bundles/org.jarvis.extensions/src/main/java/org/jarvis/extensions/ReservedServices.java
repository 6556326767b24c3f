package org.jarvis.extensions;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what extensions offer apart from what Jarvis is made of: no extension stands in for the
 * gate, the storage, the login or a guardrail, whatever its service's ranking. What one registers
 * under an interface of the API that is no extension point is there for that extension alone; to
 * everybody else it does not exist (OSGi Core, Service Hook Service).
 */
final class ReservedServices implements FindHook, EventListenerHook {
  private static final Logger LOG = LoggerFactory.getLogger(ReservedServices.class);
  private static final String API = "org.jarvis.api.";

  /**
   * From now on and until the framework ends: extensions run on while their own bundle is replaced,
   * so the hook is registered in the framework's name, once.
   */
  static void guard(BundleContext context) {
    BundleContext framework =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
    if (framework.getServiceReference(ReservedServices.class.getName()) == null) {
      framework.registerService(
          new String[] {
            ReservedServices.class.getName(),
            FindHook.class.getName(),
            EventListenerHook.class.getName()
          },
          new ReservedServices(),
          null);
    }
  }

  /** Whether only Jarvis's own bundles are taken for this. */
  static boolean isReserved(String service) {
    return service.startsWith(API) && !Wishes.OFFERS.containsKey(service);
  }

  @Override
  public void find(
      BundleContext asking,
      String name,
      String filter,
      boolean allServices,
      Collection<ServiceReference<?>> references) {
    references.removeIf(reference -> isHidden(reference, asking));
  }

  @Override
  public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
    ServiceReference<?> reference = event.getServiceReference();
    listeners.keySet().removeIf(listening -> isHidden(reference, listening));
    Bundle offering = reference.getBundle();
    if (event.getType() == ServiceEvent.REGISTERED && offersReserved(offering, reference)) {
      LOG.warn(
          "{} offers {}, which only Jarvis's own bundles are asked for. Nobody else is given it.",
          offering,
          String.join(", ", names(reference)));
    }
  }

  private static boolean isHidden(ServiceReference<?> reference, BundleContext from) {
    // Asked for once: it is gone as soon as the service is.
    Bundle offering = reference.getBundle();
    return offering != null
        && offersReserved(offering, reference)
        && !from.equals(offering.getBundleContext());
  }

  private static boolean offersReserved(@Nullable Bundle offering, ServiceReference<?> reference) {
    return offering != null
        && FrameworkHost.isExtension(offering)
        && Arrays.stream(names(reference)).anyMatch(ReservedServices::isReserved);
  }

  private static String[] names(ServiceReference<?> reference) {
    return (String[]) reference.getProperty(Constants.OBJECTCLASS);
  }
}
