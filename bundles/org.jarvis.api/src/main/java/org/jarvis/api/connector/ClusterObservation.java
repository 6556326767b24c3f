package org.jarvis.api.connector;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.Storage;
import org.jspecify.annotations.Nullable;

/**
 * One complete reading of a cluster. What is in none of the lists does not exist there any more,
 * unless the reading is incomplete.
 *
 * @param at when the reading began, so that nothing seems fresher than it is
 * @param clusterName the name that the cluster gives itself, {@code null} for a single node
 * @param version Proxmox VE's version, {@code null} when it could not be read
 * @param quorate whether it has quorum, {@code null} when it could not be read
 * @param votes votes present
 * @param expectedVotes votes that there should be
 * @param quorumUnknown why it is not known whether it has quorum, for people; {@code null} when it
 *     is known, or nobody can say why
 * @param nodes all members
 * @param guests all guests
 * @param storages all storages, one per node that sees it
 * @param counters what its running guests have moved, as far as it is told
 * @param incomplete kinds of which entries were left out because they could not be understood: what
 *     is missing of these is not known to be gone
 * @param oddities what could not be understood and was left out, for people; empty when all was
 * @param warnings what is wrong with the cluster beyond what the other fields tell, such as a clock
 *     that is off: sentences for people, each with its cure; empty when nothing is
 */
public record ClusterObservation(
    Instant at,
    @Nullable String clusterName,
    @Nullable String version,
    @Nullable Boolean quorate,
    @Nullable Integer votes,
    @Nullable Integer expectedVotes,
    @Nullable String quorumUnknown,
    List<Node> nodes,
    List<Guest> guests,
    List<Storage> storages,
    List<GuestCounters> counters,
    Set<ResourceKind> incomplete,
    List<String> oddities,
    List<String> warnings) {
  /** Keeps the lists from changing. */
  public ClusterObservation {
    nodes = List.copyOf(nodes);
    guests = List.copyOf(guests);
    storages = List.copyOf(storages);
    counters = List.copyOf(counters);
    incomplete = Set.copyOf(incomplete);
    oddities = List.copyOf(oddities);
    warnings = List.copyOf(warnings);
  }

  /** A reading that has nothing to warn of. */
  public ClusterObservation(
      Instant at,
      @Nullable String clusterName,
      @Nullable String version,
      @Nullable Boolean quorate,
      @Nullable Integer votes,
      @Nullable Integer expectedVotes,
      @Nullable String quorumUnknown,
      List<Node> nodes,
      List<Guest> guests,
      List<Storage> storages,
      List<GuestCounters> counters,
      Set<ResourceKind> incomplete,
      List<String> oddities) {
    this(
        at,
        clusterName,
        version,
        quorate,
        votes,
        expectedVotes,
        quorumUnknown,
        nodes,
        guests,
        storages,
        counters,
        incomplete,
        oddities,
        List.of());
  }

  /** A reading that left nothing out, with nothing to say about why its quorum is unknown. */
  public ClusterObservation(
      Instant at,
      @Nullable String clusterName,
      @Nullable String version,
      @Nullable Boolean quorate,
      @Nullable Integer votes,
      @Nullable Integer expectedVotes,
      List<Node> nodes,
      List<Guest> guests,
      List<Storage> storages,
      List<String> oddities) {
    this(
        at,
        clusterName,
        version,
        quorate,
        votes,
        expectedVotes,
        null,
        nodes,
        guests,
        storages,
        List.of(),
        Set.of(),
        oddities);
  }
}
