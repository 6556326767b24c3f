package org.jarvis.api.resource;

/** The two kinds of guest. */
public enum GuestType {
  /** A virtual machine. */
  QEMU("qemu", "VM"),
  /** A container. */
  LXC("lxc", "CT");

  private final String path;
  private final String label;

  GuestType(String path, String label) {
    this.path = path;
    this.label = label;
  }

  /** The name in Proxmox VE's paths and at our edges: {@code qemu} or {@code lxc}. */
  public String path() {
    return path;
  }

  /** The short word for people: {@code VM} or {@code CT}. */
  public String label() {
    return label;
  }
}
