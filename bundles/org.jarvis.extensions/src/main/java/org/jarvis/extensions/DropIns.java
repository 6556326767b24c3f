package org.jarvis.extensions;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.extension.Extensions;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.persistence.ConsentStore;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the bundle together and looks into the folder twice a second. It is immediate, since what
 * was dropped in has to run without anybody asking for it.
 *
 * <p>Storage and events are taken only from the bundles that are meant to bring them, whatever the
 * ranking of others: an extension must not be able to stand in for who says what may run.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = DropIns.PID)
@Designate(ocd = DropIns.Settings.class)
public final class DropIns {
  static final String PID = "org.jarvis.extensions";

  private static final Logger LOG = LoggerFactory.getLogger(DropIns.class);
  private static final long INTERVAL_MILLIS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(15);

  /** What can be configured. */
  @ObjectClassDefinition(
      name = "Jarvis: extensions",
      description = "Jars that run once a person has consented to them.")
  @interface Settings {
    /** Where they are dropped in. */
    @AttributeDefinition(
        name = "Folder",
        description =
            "The folder that jars are dropped into; deploy in the data folder unless said"
                + " otherwise. A relative one is meant from the data folder on.",
        required = false)
    String folder() default "deploy";
  }

  private final AtomicReference<@Nullable ConsentStore> consents = new AtomicReference<>();
  private final AtomicReference<@Nullable EventStream> events = new AtomicReference<>();
  private final BundleHost host;
  private final ExtensionKeeper keeper;
  private final ScheduledExecutorService rounds;
  private final ScheduledFuture<?> looking;
  private final List<ServiceRegistration<?>> registrations;
  private boolean armed;

  /** Starts looking. */
  @Activate
  public DropIns(BundleContext context, Settings settings) {
    Path data = Path.of(property(context, "jarvis.data", "data")).toAbsolutePath();
    String folder = settings.folder().isBlank() ? "deploy" : settings.folder().strip();
    Clock clock = Clock.systemUTC();
    ReservedServices.guard(context);
    this.host = new FrameworkHost(context, PATIENCE, GRACE);
    this.keeper =
        new ExtensionKeeper(
            clock,
            new DropFolder(data.resolve(folder), clock),
            new PrivateCopies(data.resolve("extensions")),
            new ConsentBook(() -> Optional.ofNullable(consents.get())),
            host,
            new Announcer(() -> Optional.ofNullable(events.get())),
            safe(context.getProperty("jarvis.safe")));
    this.rounds =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "jarvis-extensions");
              thread.setDaemon(true);
              return thread;
            });
    this.looking =
        rounds.scheduleWithFixedDelay(this::round, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    this.registrations =
        List.of(
            context.registerService(Extensions.class, keeper, null),
            context.registerService(HealthContributor.class, keeper, null));
  }

  private static String property(BundleContext context, String name, String usual) {
    String value = context.getProperty(name);
    return value == null || value.isBlank() ? usual : value;
  }

  /** The rule of the gate: whatever is there and not {@code false} was meant to be safe mode. */
  static boolean safe(@Nullable String property) {
    String value = property == null ? "" : property.strip();
    return !value.isEmpty() && !value.equalsIgnoreCase("false");
  }

  private void round() {
    try {
      if (!armed && host.heldUpWhileLeaving()) {
        armed = true;
        LastResort.arm(FAREWELL);
      }
      keeper.look();
    } catch (RuntimeException failure) {
      // A round that fails must not be the last one.
      LOG.error("Looking after extensions failed; it is tried again.", failure);
    }
  }

  /** Stops looking. What runs goes on, until this bundle comes back or Jarvis ends. */
  @Deactivate
  public void stop() {
    registrations.forEach(ServiceRegistration::unregister);
    looking.cancel(false);
    rounds.shutdown();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindConsents(ServiceReference<ConsentStore> reference, ConsentStore service) {
    if (provider(reference).startsWith("org.jarvis.persistence.")) {
      consents.set(service);
    }
  }

  void unbindConsents(ConsentStore service) {
    consents.compareAndSet(service, null);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindEvents(ServiceReference<EventStream> reference, EventStream service) {
    if (provider(reference).equals("org.jarvis.core")) {
      events.set(service);
    }
  }

  void unbindEvents(EventStream service) {
    events.compareAndSet(service, null);
  }

  private static String provider(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return bundle == null ? "" : String.valueOf(bundle.getSymbolicName());
  }
}
