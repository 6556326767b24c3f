package org.jarvis.api.resource;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as a whole.
 *
 * @param id its short name in Jarvis
 * @param name the name it gives itself, or the short name while unknown
 * @param status how it is
 * @param connection how Jarvis stands with it
 * @param reason why it is not well or not reachable, with the cure; {@code null} when all is well
 * @param version Proxmox VE's version, {@code null} while unknown
 * @param quorate whether it has quorum, {@code null} while unknown
 * @param votes votes present, {@code null} while unknown
 * @param expectedVotes votes that there should be, {@code null} while unknown
 * @param nodesOnline members online
 * @param nodesTotal members in all
 * @param whereabouts whether Jarvis itself runs in it
 * @param observation source and age
 * @param warnings what is wrong with it though it may be well otherwise, such as a clock that is
 *     off: sentences for people, each with its cure; empty while it is not read
 */
public record Cluster(
    ClusterId id,
    String name,
    Status status,
    Connection connection,
    @Nullable String reason,
    @Nullable String version,
    @Nullable Boolean quorate,
    @Nullable Integer votes,
    @Nullable Integer expectedVotes,
    int nodesOnline,
    int nodesTotal,
    Whereabouts whereabouts,
    Observation observation,
    List<String> warnings)
    implements Resource {

  /** Keeps the warnings from changing; what an older Jarvis wrote down has none. */
  public Cluster {
    warnings = List.copyOf(Objects.requireNonNullElse(warnings, List.of()));
  }

  /** A cluster of which there is nothing to warn. */
  public Cluster(
      ClusterId id,
      String name,
      Status status,
      Connection connection,
      @Nullable String reason,
      @Nullable String version,
      @Nullable Boolean quorate,
      @Nullable Integer votes,
      @Nullable Integer expectedVotes,
      int nodesOnline,
      int nodesTotal,
      Whereabouts whereabouts,
      Observation observation) {
    this(
        id,
        name,
        status,
        connection,
        reason,
        version,
        quorate,
        votes,
        expectedVotes,
        nodesOnline,
        nodesTotal,
        whereabouts,
        observation,
        List.of());
  }

  /** How a cluster is. */
  public enum Status {
    /** Every member is online and it has quorum. */
    ONLINE,
    /** It has quorum, but a member is missing. */
    DEGRADED,
    /** It has lost quorum: nothing in it can be changed. */
    NO_QUORUM,
    /** No member answers. */
    UNREACHABLE;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }

  /** How Jarvis stands with a cluster. */
  public enum Connection {
    /** The first answer is awaited. */
    CONNECTING,
    /** The last reading succeeded. */
    LIVE,
    /** The last reading failed; what is shown grows old. */
    FAILING,
    /** The connector's bundle has left; what is shown grows old. */
    MISSING;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }

  @Override
  public ResourceRef ref() {
    return ResourceRef.cluster(id);
  }

  @Override
  public String statusWord() {
    return status.word();
  }

  /** This cluster with another standing, for another reason than what it is warned of. */
  public Cluster withConnection(Status newStatus, Connection newConnection, String newReason) {
    return new Cluster(
        id,
        name,
        newStatus,
        newConnection,
        newReason,
        version,
        quorate,
        votes,
        expectedVotes,
        nodesOnline,
        nodesTotal,
        whereabouts,
        observation);
  }

  /** This cluster with Jarvis in another place relative to it. */
  public Cluster withWhereabouts(Whereabouts newWhereabouts) {
    return new Cluster(
        id,
        name,
        status,
        connection,
        reason,
        version,
        quorate,
        votes,
        expectedVotes,
        nodesOnline,
        nodesTotal,
        newWhereabouts,
        observation,
        warnings);
  }
}
