package org.jarvis.core.problem;

import java.time.Clock;
import java.util.Map;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.ServiceSlot;

/** Puts what is said of problems into the audit log. Safe from any thread. */
final class PersonsAudit {
  private final Clock clock;
  private final ServiceSlot<AuditLog> audit;

  PersonsAudit(Clock clock, ServiceSlot<AuditLog> audit) {
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Somebody does something.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code STORAGE_UNAVAILABLE}
   */
  void append(Principal principal, String activity, String subject, Map<String, ?> detail) {
    append(
        principal.name() + " (" + principal.kind().word() + ")",
        principal.address() == null ? "problems" : "problems " + principal.address(),
        activity,
        subject,
        detail);
  }

  /** Jarvis itself does something. */
  void appendOwn(String activity, String subject, Map<String, String> detail) {
    append("jarvis", "problems", activity, subject, detail);
  }

  private void append(
      String actor, String way, String activity, String subject, Map<String, ?> detail) {
    audit
        .require()
        .append(
            new AuditEntry(
                clock.instant(), actor, way, activity, subject, CanonicalJson.of(detail)));
  }
}
