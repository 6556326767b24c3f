/** A token with the rights that this Jarvis uses, made on a Proxmox VE node. */
export const tokenCommands: readonly string[] = [
  'pveum user add jarvis@pve',
  'pveum aclmod / --users jarvis@pve --roles PVEAuditor,PVEVMAdmin',
  'pveum user token add jarvis@pve jarvis --privsep 0',
];

/** The smallest configuration that connects a cluster. */
export const configurationLines: readonly string[] = [
  'address=https://192.168.1.10:8006',
  'token.id=jarvis@pve!jarvis',
  'token.secret=00000000-0000-0000-0000-000000000000',
];
