package org.jarvis.safety;

import java.time.Clock;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Writes down what a person decided about safety, before it counts. */
@Component(service = DecisionRecord.class)
public final class DecisionRecord {
  private final Clock clock;
  private volatile @Nullable AuditLog audit;

  /** Goes by the system's clock. */
  @Activate
  public DecisionRecord() {
    this(Clock.systemUTC());
  }

  DecisionRecord(Clock clock) {
    this.clock = clock;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setAudit(AuditLog arrived) {
    audit = arrived;
  }

  void unsetAudit(AuditLog left) {
    if (audit == left) {
      audit = null;
    }
  }

  /** Refuses everybody but a person. */
  public static void requirePerson(Principal principal) {
    if (!principal.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person who is logged in with a browser session can do this.");
    }
  }

  /**
   * Appends to the audit log.
   *
   * @param detail further facts as a JSON object
   * @throws JarvisException with {@code STORAGE_UNAVAILABLE}; then nothing may change
   */
  public void append(
      Principal person, String address, String activity, String subject, String detail) {
    AuditLog present = audit;
    if (present == null) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "The audit log is not there at the moment, so nothing was changed. Try again later.");
    }
    present.append(
        new AuditEntry(
            clock.instant(), person.name(), "http " + address, activity, subject, detail));
  }
}
