package org.jarvis.api.problem;

import java.time.Instant;
import java.util.Optional;
import org.jarvis.api.event.Cause;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Detail;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All that a detector may judge a cluster by, at one moment. Immutable but for what time does: all
 * calls of one evaluation see the same.
 *
 * <p>A detector need not look whether what it judges is known: the core takes no finding about a
 * guest, a storage or a part of a node into account, and ends no problem of theirs, while their
 * cluster is not live, their row is not fresh or their node is not online. A node or a cluster can
 * have a problem that is about its silence, if its kind needs no aspect: of these a finding counts
 * that is made only since the silence, and one that was made before waits. Nothing ends in silence.
 */
@ProviderType
public interface Situation {
  /** The moment. */
  Instant now();

  /** The cluster as it was read last. Parts of it may be stale: see {@link #isFresh}. */
  ClusterSnapshot cluster();

  /** Whether a resource is as it was read within three of its intervals. */
  boolean isFresh(Resource resource);

  /** What is known of an aspect, where it is fresh; what is stale, or failed, is not there. */
  <T extends Detail> Optional<T> fresh(ResourceRef resource, Class<T> type);

  /**
   * A limit as the operator set it.
   *
   * @throws IllegalArgumentException where the kind has no such limit
   */
  double limit(ProblemKind kind, String name);

  /** Whether this problem is open now. */
  boolean isOpen(Finding.Identity problem);

  /**
   * Why a guest that does not run stopped, as far as Jarvis saw it; empty where it runs, or where
   * it stopped before Jarvis watched.
   */
  Optional<Stop> stop(Guest guest);

  /**
   * How fast what a storage, a node's root disk or a pool holds grows, in bytes a day, by the last
   * days; empty where too little is known. Negative where it shrinks.
   */
  Optional<Double> growth(ResourceRef resource);

  /** Whether a person said that a node is being worked on. */
  boolean isMaintained(NodeName node);

  /**
   * A stop of a guest.
   *
   * @param at when it was seen
   * @param cause why
   */
  record Stop(Instant at, Cause cause) {}
}
