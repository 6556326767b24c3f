package org.jarvis.detectors;

import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Publishes each built-in detector as a service of its own, so that the core treats them like
 * anybody's.
 *
 * <p>Immediate, because nobody asks for it: it only publishes others.
 */
@Component(
    service = {},
    immediate = true)
public final class BuiltInDetectors {
  private final List<ServiceRegistration<ProblemDetector>> published;

  /** Publishes them all. */
  @Activate
  public BuiltInDetectors(BundleContext bundles) {
    published =
        detectors().stream()
            .map(detector -> bundles.registerService(ProblemDetector.class, detector, null))
            .toList();
  }

  @Deactivate
  void withdraw() {
    published.forEach(ServiceRegistration::unregister);
  }

  /** All built-in detectors. */
  static List<ProblemDetector> detectors() {
    return List.of(
        new ConnectionDetector(),
        new QuorumDetector(),
        new NodeDetector(),
        new NodeLoadDetector(),
        new StorageDetector(),
        new StorageStateDetector(),
        new GuestDetector(),
        new GuestInsideDetector(),
        new BackupCoverDetector(),
        new BackupRunDetector(),
        new AvailabilityDetector(),
        new ZfsDetector(),
        new DiskDetector(),
        new TemperatureDetector(),
        new TaskDetector(),
        new CertificateDetector(),
        new ClockDetector(),
        new UpdateDetector(),
        new VersionDetector(),
        new ServiceDetector(),
        new CephDetector(),
        new OwnDetector());
  }
}
