package org.jarvis.api.connector;

import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A connector's line to the core for one cluster. All methods return at once and are safe from any
 * thread; after {@link #detach} they do nothing.
 */
@ProviderType
public interface Attachment {
  /** Reports one complete reading of the cluster. An older one than the last is ignored. */
  void observed(ClusterObservation observation);

  /**
   * Reports what was read of one aspect of a resource, or why it could not be. A resource that is
   * not in the last complete reading is ignored. What explains a change, such as the list of tasks,
   * is reported before the reading that shows the change.
   */
  void detailed(ResourceRef resource, AspectState state);

  /**
   * Reports that a reading failed. What was seen before stays, and grows old.
   *
   * @param code what kind of failure
   * @param reason for people: what failed, where, and the cure. Never holds a secret.
   */
  void failed(ErrorCode code, String reason);

  /** Ends the attachment. */
  void detach(DetachReason reason);

  /** Why a connector detaches. */
  enum DetachReason {
    /**
     * The cluster's configuration was removed: nothing is shown of it any more. Its guests are who
     * they were when a configuration of the same name comes back within a month.
     */
    CONFIGURATION_REMOVED,
    /**
     * The configuration changed: the cluster remains until the connector attaches by the same
     * configuration again, under this name or another, or calls it {@linkplain
     * ClusterRegistry#unusable unusable}.
     */
    CONFIGURATION_CHANGED,
    /** The bundle stops or is replaced: the cluster remains. */
    CONNECTOR_LEAVING
  }
}
