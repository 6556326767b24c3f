import { count } from './format';

export const taskWords = {
  tasks: 'Tasks', running: (n: number) => `${count(n)} running`, ended: 'none running', none: 'No task of it is known.',
  log: 'Log', logOf: (what: string) => `Log of ${what}`, title: 'Task log',
  runs: 'runs', failed: (why: string) => `failed: ${why}`, warned: (how: string) => how.toLowerCase(), done: 'done', unknownEnd: 'ended',
  search: 'Search in the log', searchHint: 'search', matches: (n: number) => (n === 1 ? '1 line' : `${count(n)} lines`), lines: (n: number) => (n === 1 ? '1 line' : `${count(n)} lines`), next: 'Next match', previous: 'Previous match',
  copy: 'Copy all', copied: 'Copied', uncopied: 'Could not be copied: this page is not served securely.',
  follow: 'Follow', following: 'Follows the end', empty: 'The task has written nothing yet.', loading: 'Fetching the log', stopped: (why: string) => `The log did not come: ${why}`,
  cut: (n: number) => `Only the last ${count(n)} lines are kept here.`,
  types: {
    qmstart: 'Start VM', qmstop: 'Stop VM', qmshutdown: 'Shut down VM', qmreboot: 'Reboot VM', qmreset: 'Reset VM', qmigrate: 'Migrate VM', qmsnapshot: 'Snapshot VM', qmdelsnapshot: 'Delete snapshot', qmrollback: 'Roll back VM', qmcreate: 'Create VM', qmdestroy: 'Delete VM', qmclone: 'Clone VM', qmrestore: 'Restore VM', qmconfig: 'Configure VM',
    vzstart: 'Start container', vzstop: 'Stop container', vzshutdown: 'Shut down container', vzreboot: 'Reboot container', vzmigrate: 'Migrate container', vzsnapshot: 'Snapshot container', vzdelsnapshot: 'Delete snapshot', vzrollback: 'Roll back container', vzcreate: 'Create container', vzdestroy: 'Delete container', vzrestore: 'Restore container',
    vzdump: 'Backup', aptupdate: 'Refresh package lists', srvstart: 'Start service', srvstop: 'Stop service', srvrestart: 'Restart service', srvreload: 'Reload service', imgdel: 'Delete volume', imgcopy: 'Copy volume', prunebackups: 'Prune backups', startall: 'Start all guests', stopall: 'Stop all guests', vncproxy: 'Console', vncshell: 'Shell', termproxy: 'Terminal', zfscreate: 'Create ZFS pool',
  } as Record<string, string>,
} as const;
