package org.jarvis.safety;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the safety policies. */
@ObjectClassDefinition(
    name = "Jarvis: safety",
    description = "What no action may harm, and what nobody may ever use, with any approval.")
@interface SafetySettings {
  /** The configuration's PID. */
  String PID = "org.jarvis.safety";

  /** The file that people edit. */
  String FILE = "etc/" + PID + ".cfg";

  /** What is protected. */
  @AttributeDefinition(
      name = "Protected resources",
      description =
          "Addresses of what no action may harm, separated by commas, such as"
              + " pve:home:guest:101, pve:home:node:pve1, pve:home:storage:pve1:local-lvm."
              + " pve:home:cluster protects everything in that cluster. Guests with the tag"
              + " jarvis-protected and the guest that Jarvis runs in are protected without being"
              + " named here. While an entry cannot be read, everything that disrupts is refused.",
      required = false)
  String[] protected_resources() default {};

  /** Which services of nodes are protected. */
  @AttributeDefinition(
      name = "Protected services",
      description =
          "Services of nodes that no action may stop or restart, separated by commas: docker on"
              + " every node, pve1/docker on node pve1. Unless this says otherwise, Jarvis's own"
              + " and the Docker daemon, in which Jarvis may run. While an entry cannot be read, no"
              + " service of any node is stopped or restarted.",
      required = false)
  String[] protected_services() default {"jarvis", "docker"};

  /** Which Docker containers are protected. */
  @AttributeDefinition(
      name = "Protected containers",
      description =
          "Docker containers that no command may stop, change or remove, separated by commas:"
              + " jarvis on every host, docker-vm/jarvis on host docker-vm. What protected.services"
              + " names is protected as a container, too.",
      required = false)
  String[] protected_containers() default {"jarvis"};

  /** Which bridges are protected. */
  @AttributeDefinition(
      name = "Protected networks",
      description =
          "Bridges and other network interfaces of hosts that no command may take down or change,"
              + " separated by commas: vmbr0 on every host, pve1/vmbr0 on host pve1. On a node with"
              + " a protected guest none is taken down anyway.",
      required = false)
  String[] protected_networks() default {};

  /** Which hosts commands may contact unasked. */
  @AttributeDefinition(
      name = "Destinations",
      description =
          "Names of hosts that a model's command may contact without a person, separated by commas."
              + " The clusters' nodes, configured hosts and private addresses need not be named.",
      required = false)
  String[] command_destinations() default {};

  /** Which tools nobody may use. */
  @AttributeDefinition(
      name = "Tools that are never used",
      description =
          "Names of tools that nobody may ever use, separated by commas. Empty allows all. While an"
              + " entry cannot be read, the default counts as well, and everything that destroys is"
              + " refused.",
      required = false)
  String[] never_tools() default {"delete_vm", "delete_container", "delete_backup"};
}
