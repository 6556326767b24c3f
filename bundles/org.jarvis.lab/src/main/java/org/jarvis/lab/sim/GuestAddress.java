package org.jarvis.lab.sim;

/**
 * Where a request says that a guest is; it may be elsewhere or not exist.
 *
 * @param kind as the path says
 * @param node as the path says
 * @param vmid its number
 */
public record GuestAddress(GuestKind kind, String node, int vmid) {

  /** How messages call it: {@code VM 101} or {@code CT 200}. */
  String label() {
    return kind.label() + " " + vmid;
  }

  /** What is said of a configuration that is not there. */
  String missing() {
    return "Configuration file '" + kind.configPath(node, vmid) + "' does not exist";
  }

  /** What some calls say of a virtual machine that is not there. */
  String notFound() {
    return kind == GuestKind.QEMU
        ? "unable to find configuration file for VM " + vmid + " on node '" + node + "'"
        : missing();
  }
}
