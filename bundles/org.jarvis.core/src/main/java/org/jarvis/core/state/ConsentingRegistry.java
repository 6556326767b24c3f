package org.jarvis.core.state;

import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterRegistry;

/** Passes everything on, and tells each connector that comes what people consented to. */
public final class ConsentingRegistry implements ClusterRegistry {
  private final ClusterRegistry next;
  private final CertificateConsents consents;

  /** Passes on to this registry. */
  public ConsentingRegistry(ClusterRegistry next, CertificateConsents consents) {
    this.next = next;
    this.consents = consents;
  }

  @Override
  public Attachment attach(ClusterConnection connection) {
    Attachment line = next.attach(connection);
    // After it, so that consents that are read at this moment reach it one way or the other.
    consents.tell(connection);
    return line;
  }

  @Override
  public void unusable(String configuration, String reason) {
    next.unusable(configuration, reason);
  }
}
