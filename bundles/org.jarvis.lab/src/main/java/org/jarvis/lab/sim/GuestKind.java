package org.jarvis.lab.sim;

/** The two kinds of guest, with the words that Proxmox VE uses for each. */
public enum GuestKind {
  /** A virtual machine. */
  QEMU("qemu", "qemu-server", "VM", "qm", "/var/lock/qemu-server/lock-%d.conf"),
  /** A container. */
  LXC("lxc", "lxc", "CT", "vz", "/run/lock/lxc/pve-config-%d.lock");

  private final String type;
  private final String configFolder;
  private final String label;
  private final String taskPrefix;
  private final String lockFile;

  GuestKind(String type, String configFolder, String label, String taskPrefix, String lockFile) {
    this.type = type;
    this.configFolder = configFolder;
    this.label = label;
    this.taskPrefix = taskPrefix;
    this.lockFile = lockFile;
  }

  /** The word in paths and rows: {@code qemu} or {@code lxc}. */
  public String type() {
    return type;
  }

  /** The word in messages: {@code VM} or {@code CT}. */
  public String label() {
    return label;
  }

  /** What a task type begins with: {@code qm} or {@code vz}. */
  String taskPrefix() {
    return taskPrefix;
  }

  /** The file whose lock serialises the tasks of one guest. */
  String lockFile(int vmid) {
    return lockFile.formatted(vmid);
  }

  /**
   * The path of a guest's configuration below the cluster's file system, as error texts name it.
   */
  public String configPath(String node, int vmid) {
    return "nodes/" + node + "/" + configFolder + "/" + vmid + ".conf";
  }
}
