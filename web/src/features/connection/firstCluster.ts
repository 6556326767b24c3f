/** A token with the privileges that this Jarvis uses and no others, made as root on a Proxmox VE node. */
export const tokenCommands: readonly string[] = [
  'pveum role add Jarvis --privs "Sys.Audit VM.Audit VM.PowerMgmt Datastore.Audit"',
  'pveum user add jarvis@pve',
  'pveum acl modify / --users jarvis@pve --roles Jarvis',
  'pveum user token add jarvis@pve jarvis --privsep 0',
  'openssl x509 -in /etc/pve/local/pve-ssl.pem -noout -fingerprint -sha256',
];

/** The smallest configuration that connects a cluster and lets Jarvis act on it. */
export const configurationLines: readonly string[] = [
  'name = home',
  'addresses = https://192.168.1.10:8006',
  'token = jarvis@pve!jarvis=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  'tls.fingerprint = 4F:0A:…',
  'runs.outside = true',
];
