package org.jarvis.lab.console;

import org.jarvis.lab.fault.FaultKind;

/**
 * What a person has to know of a kind of fault.
 *
 * @param place where it can strike, as words of the command: what is in brackets may be left out
 * @param options what else can be said, as words of the command; empty where nothing can
 * @param effect what it does, a clause
 */
record FaultGuide(String place, String options, String effect) {

  private static final String GUEST = "VMID";
  private static final String NODE = "NODE";
  private static final String HOST = "HOST";
  private static final String MEMBER = "[NODE]";
  private static final String CLUSTER = "";

  private static FaultGuide at(String place, String effect) {
    return new FaultGuide(place, "", effect);
  }

  /** What there is to know of this kind. */
  static FaultGuide of(FaultKind kind) {
    return switch (kind) {
      case GUEST_CRASH ->
          new FaultGuide(
              GUEST,
              "[cause=oom|segfault]",
              "a running guest stops, and only the journal tells why");
      case GUEST_POWERS_OFF -> at(GUEST, "a guest powers itself off from inside, without a task");
      case GUEST_STOPPED -> at(GUEST, "a person's own task stops a guest");
      case BACKUP_STOPS_GUEST -> at(GUEST, "a backup in mode stop takes a guest down for a moment");
      case BACKUP_FAILS -> at(GUEST, "a backup of a guest fails");
      case TASK_HANGS ->
          new FaultGuide(GUEST, "[hours=0]", "a backup of a guest hangs and holds its lock");
      case GUEST_DISK_FULL -> at(GUEST, "a guest's root disk is nearly full");
      case AGENT_SILENT -> at(GUEST, "a guest's agent does not answer");
      case GUEST_LOCKED ->
          new FaultGuide(GUEST, "[lock=backup]", "a guest is locked, so that its tasks fail");
      case GUEST_VANISHED -> at(GUEST, "a guest is gone, configuration and all");
      case GUEST_DEAF -> at(GUEST, "a guest ignores requests to shut down");
      case STORAGE_FULL -> at("STORAGE", "a storage is nearly full");
      case STORAGE_FILLING ->
          at("STORAGE", "a storage grows by 5 % a day, for days already, and is 85 % full");
      case DISK_FAILING -> at("NODE [DISK]", "a disk fails and grows hot");
      case POOL_DEGRADED -> at(NODE, "a ZFS pool of a node is degraded");
      case REPLICATION_FAILING -> at("[JOB]", "a replication job fails and is retried");
      case CEPH ->
          new FaultGuide(
              CLUSTER,
              "[health=HEALTH_OK|HEALTH_WARN|HEALTH_ERR]",
              "the cluster has Ceph, in this health");
      case SERVICE_FAILED -> at("NODE [SERVICE]", "a service of a node fails");
      case API_DOWN -> at(NODE, "a node's API daemon is down, the node itself is well");
      case NODE_OFFLINE -> at(NODE, "a node is dead; high availability acts after two minutes");
      case NODE_FENCED -> at(NODE, "a node is dead; high availability acts at once");
      case NODE_ISOLATED -> at(NODE, "a node loses its network, its guests run on");
      case QUORUM_LOST -> at(CLUSTER, "the cluster has no quorum, nothing can be changed");
      case CLOCK_OFF ->
          new FaultGuide(
              CLUSTER, "[minutes=60]", "the clocks of all nodes are ahead, behind if below 0");
      case TOKENS_REVOKED -> at(CLUSTER, "no API token is accepted");
      case SLOW_REPLIES ->
          new FaultGuide(MEMBER, "[millis=5000]", "replies take longer, of all members or of one");
      case SILENCE -> at(MEMBER, "requests are never answered, by all members or by one");
      case BROKEN_JSON -> at(CLUSTER, "replies end in the middle of the JSON");
      case HTML_REPLIES -> at(CLUSTER, "replies are a web page instead of JSON");
      case CUT_REPLIES -> at(CLUSTER, "connections break within the reply");
      case WRONG_CERTIFICATE -> at(CLUSTER, "the certificate is another one");
      case SSH_SILENT -> at(HOST, "a host accepts SSH connections and says nothing");
      case SSH_REFUSED -> at(HOST, "nobody listens for SSH on a host");
      case HOST_KEY_CHANGED -> at(HOST, "a host has another host key");
      case COMMANDS_HANG -> at(HOST, "commands on a host begin and never end");
      case SENSORS_MISSING -> at(NODE, "a node has no lm-sensors");
      case SENSORS_NONSENSE -> at(NODE, "a node's chips measure 255, -128 and no number at all");
      case NODE_UNTOLD ->
          at(NODE, "what the cluster tells of a node cannot be understood, nor who is a member");
      case NODE_HOT -> at(NODE, "a node is too hot");
      case GUEST_IO_ERROR -> at(GUEST, "a running VM stands still with an I/O error of its disk");
      case NO_BACKUP -> at(GUEST, "a guest has no backup any more, until one is made");
      case BACKUPS_OLD -> at(GUEST, "a guest's backups are a month older, until one is made");
      case NOT_IN_A_JOB -> at(GUEST, "no backup job covers a guest");
      case HA_ERROR -> at(GUEST, "high availability gave up a guest, until it is disabled");
      case NODE_CPU_HIGH -> at(NODE, "all processors of a node are busy, until a guest leaves it");
      case NODE_MEMORY_HIGH -> at(NODE, "the memory of a node is used up, until a guest leaves it");
      case NODE_ROOT_FULL ->
          at(NODE, "a node's root disk is nearly full, until its package cache is cleaned");
      case THIN_POOL_FULL -> at(NODE, "the thin pool of a node is nearly full");
      case POOL_ERRORS -> at(NODE, "a disk of a ZFS pool has checksum errors, until a scrub ends");
      case SCRUB_OVERDUE ->
          at(NODE, "a ZFS pool was not scrubbed for two months, until a scrub ends");
      case CERTIFICATE_EXPIRING ->
          at(NODE, "a node's certificate expires in 9 days, until it is renewed");
      case SECURITY_UPDATES -> at(NODE, "security fixes wait on a node");
      case CLOCK_SKEWED ->
          at(NODE, "the clock of one node is 5 minutes ahead, until chrony restarts");
      case TASK_FAILS ->
          new FaultGuide(
              NODE,
              "[log=TEXT] [error=TEXT]",
              "a refresh of a node's package lists fails; off lets another succeed");
      case AGENT_SAYS ->
          new FaultGuide(GUEST, "[text=TEXT]", "the agent of a VM tells what somebody wants read");
      case STORAGE_ADDED ->
          new FaultGuide(CLUSTER, "[id=STORAGE]", "somebody adds a storage with a name of theirs");
      case STORAGE_UNAVAILABLE -> at("NODE [STORAGE]", "a storage cannot be used on a node");
      case DISK_WORN -> at("NODE [DISK]", "a disk has 4 % of its life left");
    };
  }

  /** The words after the name of the fault, as a person would type them. */
  String arguments() {
    return (place + " " + options).strip();
  }
}
