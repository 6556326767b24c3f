import { count, plural } from './format';

/** What the opened nodes, guests and storages say. */
export const resourceWords = {
  aspect: {
    waiting: 'not read yet',
    unreadable: 'It came in a form that this page does not know.',
    failed: (why: string) => `Could not be read: ${why}`,
    again: (why: string) => `From before; it could not be read again: ${why}`,
    incomplete: (what: string) => `Not all there is: ${what}`,
    none: 'none',
  },
  chart: {
    figures: { cpu: 'CPU', memory: 'RAM', network: 'Net in / out', netIn: 'Net in', netOut: 'Net out' },
    waiting: 'Fetching the course',
    failed: (why: string) => `The course did not come: ${why}`,
    none: 'nothing measured',
    now: (value: string) => `now ${value}`,
    last: (value: string, time: string) => `last ${value} at ${time}`,
    spoken: (title: string, last: string, least: string, most: string) => `${title}: ${last}, lowest ${least}, highest ${most}`,
  },
  memory: {
    title: 'Memory', used: 'Used', cache: 'Cache + ARC', free: 'Free', whole: 'Used, cache included',
    spoken: (used: string, cache: string | undefined, free: string) => (cache === undefined ? `${used} used, cache included, ${free} free` : `${used} used, ${cache} cache and ARC, ${free} free`),
  },
  node: {
    swap: 'Swap', ioWait: 'IO wait', kernel: 'Kernel', processor: 'Processor', load: 'Load 1 5 15 min', cores: (share: string, cores: number) => `${share} of ${String(cores)} cores`, system: (why: string) => `The node’s own status: ${why}`,
    services: 'Services', servicesFine: (n: number) => `all ${count(n)} run`, servicesFailed: (failed: number, n: number) => `${count(failed)} of ${count(n)} failed`,
    disks: 'Disks', disksFine: (n: number) => `${plural(n, 'disk')}, all well`, disksBad: (bad: number) => `${plural(bad, 'disk')} not well`, life: (left: number) => `${String(left)}% life left`, healthUnknown: 'health not told',
    temperatures: 'Temperatures', warmest: (degrees: number) => `warmest ${String(Math.round(degrees))} °C`, celsius: (degrees: number) => `${String(Math.round(degrees))} °C`, limits: (high: number) => `warm from ${String(Math.round(high))} °C`,
    updates: 'Updates', updatesReady: (n: number) => `${count(n)} ready`, updatesNone: 'none ready',
    zfs: 'ZFS pools', fragmented: (share: number) => `${String(share)}% fragmented`, scrubbed: (age: string) => `scrubbed ${age} ago`, errors: (n: number) => plural(n, 'error'),
  },
  guest: {
    snapshots: 'Snapshots', withMemory: 'with memory', backups: 'Backups', lastBackup: (age: string) => `last ${age} ago`, noBackups: 'none on the storages that were read', noBackupStorage: 'No storage here takes backups.',
    notRead: (n: number) => `${plural(n, 'storage', 'storages')} not read`,
    configuration: 'Configuration', cores: 'Cores', sockets: (sockets: number, cores: number) => `${String(sockets)} × ${String(cores)}`, boot: 'Starts with its node', yes: 'yes', no: 'no', os: 'Operating system', pending: 'Waits for a restart', notes: 'Notes',
    inside: 'From the inside', agentOff: 'agent not running', agentNotConfigured: 'no agent is configured', notRunning: 'it does not run', host: 'Host name', addresses: 'Addresses',
    protection: 'Protected', whyUnknown: 'Why could not be fetched.',
  },
  storage: {
    status: 'Status', type: 'Type', usedHour: 'Used, last hour', shared: 'Shared', sharedBy: (n: number) => `counted once, seen by ${plural(n, 'node')}`, local: (node: string) => `on ${node} alone`, takes: 'Takes', free: 'Free',
    content: 'Content', volumes: (n: number, size: string) => `${plural(n, 'volume')}, ${size}`, backups: 'Backups', of: (id: number) => `of ${String(id)}`, verified: 'verified', unverified: 'not verified', verificationFailed: 'verification failed', kept: 'kept', more: (n: number) => `${count(n)} more`,
    kinds: { images: 'VM disks', rootdir: 'Container disks', backup: 'Backups', iso: 'ISO images', vztmpl: 'Templates', snippets: 'Snippets', import: 'Imports' } as Record<string, string>,
  },
} as const;
