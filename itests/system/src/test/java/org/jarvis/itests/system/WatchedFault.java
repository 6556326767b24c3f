package org.jarvis.itests.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A fault of the lab, and what Jarvis has to say about it.
 *
 * @param fault as the lab's switches take it; {@link #MEMBER} in it stands for the member that
 *     Jarvis asks
 * @param reach what it takes away
 * @param reasons what the reason, or the warning, on the screen has to contain: what is wrong, and
 *     the cure; {@link #MEMBER} as above
 * @param hangs whether requests wait for their time-out while it lasts
 */
record WatchedFault(String fault, Reach reach, List<String> reasons, boolean hangs) {
  static final String MEMBER = "{member}";

  /** What a fault takes away. */
  enum Reach {
    /** Nothing of the cluster can be read. */
    EVERYTHING,
    /** The cluster is read as before, and is not well. */
    HEALTH,
    /** One member does not answer, others do. */
    MEMBER,
    /** Nothing, but the cluster tells wrong times. */
    CLOCKS,
    /** Nothing: the cluster only tells late. */
    NOTHING
  }

  /**
   * Those that befall the connection and the cluster as a whole. What silences all members comes
   * last: they rest for a while after it.
   */
  static final List<WatchedFault> ALL =
      List.of(
          health("quorum-lost", "has no quorum", "until more of its nodes are back"),
          health("node-offline?node=rhea", "Not online: rhea."),
          health("node-isolated?node=mimas", "Not online: mimas."),
          new WatchedFault(
              "silence?node=" + MEMBER, Reach.MEMBER, List.of("did not answer in time"), true),
          new WatchedFault("slow-replies?millis=500", Reach.NOTHING, List.of(), false),
          new WatchedFault("api-down?node=rhea", Reach.NOTHING, List.of(), false),
          clocks("clock-off?minutes=60", "1 h 0 min ahead of Jarvis's"),
          clocks("clock-off?minutes=-60", "1 h 0 min behind Jarvis's"),
          everything("tokens-revoked", "jarvis@pve!operator was refused", "API Tokens"),
          everything("html-replies", "not the JSON of a Proxmox VE API", "port 8006"),
          everything("broken-json", "not the JSON of a Proxmox VE API"),
          everything("cut-replies", "127.0.10.12: "),
          everything("wrong-certificate", "certificate has changed", "set tls.fingerprint="),
          new WatchedFault(
              "silence", Reach.EVERYTHING, List.of("did not answer in time", "Check that"), true),
          new WatchedFault(
              "slow-replies?millis=6000",
              Reach.EVERYTHING,
              List.of("did not answer in time", "not overloaded"),
              true));

  private static WatchedFault everything(String fault, String... reasons) {
    return new WatchedFault(fault, Reach.EVERYTHING, List.of(reasons), false);
  }

  /** The clock of the member that Jarvis asks is told first, with what sets it right. */
  private static WatchedFault clocks(String fault, String away) {
    return new WatchedFault(fault, Reach.CLOCKS, List.of(MEMBER, away, "chronyc makestep"), false);
  }

  private static WatchedFault health(String fault, String... reasons) {
    return new WatchedFault(fault, Reach.HEALTH, List.of(reasons), false);
  }

  /** This fault of this member. */
  WatchedFault of(String member) {
    return new WatchedFault(
        fault.replace(MEMBER, member),
        reach,
        reasons.stream().map(reason -> reason.replace(MEMBER, member)).toList(),
        hangs);
  }

  /** Whether what the screen shows of the cluster says what is wrong. */
  boolean isTold(JsonNode cluster) {
    boolean live = cluster.path("connection").asText().equals("live");
    return switch (reach) {
      case EVERYTHING -> !live && tells(cluster.path("reason").asText());
      case HEALTH -> live && tells(cluster.path("reason").asText());
      case MEMBER ->
          live
              && StreamSupport.stream(cluster.path("members").spliterator(), false)
                  .anyMatch(
                      member ->
                          fault.endsWith("=" + member.path("node").asText())
                              && tells(member.path("reason").asText()));
      case CLOCKS ->
          live
              && StreamSupport.stream(cluster.path("warnings").spliterator(), false)
                  .anyMatch(warning -> tells(warning.asText()));
      case NOTHING -> live;
    };
  }

  private boolean tells(String reason) {
    return reasons.stream().allMatch(reason::contains);
  }

  @Override
  public String toString() {
    return fault;
  }
}
