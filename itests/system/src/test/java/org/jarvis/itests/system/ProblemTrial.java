package org.jarvis.itests.system;

/**
 * One kind of problem on trial: what raises it in the lab, and what ends it.
 *
 * @param kind the kind's id
 * @param fault what the fault switches are asked for, such as {@code guest-crash?vmid=101}
 * @param subject the end of its resource's address; empty for any of that kind
 * @param remedy the id of the remedy that is tried; empty where the fault is switched off instead
 * @param look what somebody opens meanwhile, so that it is read soon: a path of the API; empty for
 *     nothing
 */
record ProblemTrial(String kind, String fault, String subject, String remedy, String look) {
  /** A problem that goes with its fault. */
  static ProblemTrial ofFault(String kind, String fault, String subject) {
    return new ProblemTrial(kind, fault, subject, "", "");
  }

  /**
   * The same, where somebody looks at what is seldom read otherwise.
   *
   * @param resource the end of an address of the demo's cluster, such as {@code node:rhea}
   * @param aspect what of it
   */
  ProblemTrial whileLookingAt(String resource, String aspect) {
    String path = "/api/resources/pve:demo:" + resource + "?refresh=" + aspect;
    return new ProblemTrial(kind, fault, subject, remedy, path);
  }

  /** Whether the remedy is tried. */
  boolean isMended() {
    return !remedy.isEmpty();
  }

  /** A problem that its remedy mends. */
  static ProblemTrial ofRemedy(String kind, String fault, String subject, String remedy) {
    return new ProblemTrial(kind, fault, subject, remedy, "");
  }
}
