package org.jarvis.core.history;

import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;

/**
 * Passes everything on, and notes the counters of guests on the way: they are of use to the history
 * alone, and would only make the live state change more.
 */
public final class CountedRegistry implements ClusterRegistry {
  private final ClusterRegistry next;
  private final GuestRates rates;

  /** Passes on to this registry. */
  public CountedRegistry(ClusterRegistry next, GuestRates rates) {
    this.next = next;
    this.rates = rates;
  }

  @Override
  public Attachment attach(ClusterConnection connection) {
    return new CountedAttachment(connection.id(), next.attach(connection), rates);
  }

  @Override
  public void unusable(String configuration, String reason) {
    next.unusable(configuration, reason);
  }

  private record CountedAttachment(ClusterId cluster, Attachment next, GuestRates rates)
      implements Attachment {
    @Override
    public void observed(ClusterObservation observation) {
      // First, so that who is told of the reading finds them.
      rates.observed(cluster, observation);
      next.observed(observation);
    }

    @Override
    public void detailed(ResourceRef resource, AspectState state) {
      next.detailed(resource, state);
    }

    @Override
    public void failed(ErrorCode code, String reason) {
      next.failed(code, reason);
    }

    @Override
    public void detach(DetachReason reason) {
      next.detach(reason);
    }
  }
}
