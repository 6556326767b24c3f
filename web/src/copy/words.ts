import { count, duration, plural, spelled } from './format';

/** Every sentence that the page says by itself. Facts first, wit last, and none of it in bad news. */
export const words = {
  brand: 'JARVIS',
  skip: 'Skip to the verdict',
  regions: { left: 'Resources', centre: 'Verdict, approvals, problems and activity', top: 'Totals', rail: 'Pulse Rail', notices: 'Notices', views: 'Views' },
  resize: 'Width of the resources column',

  session: {
    title: 'Jarvis',
    starting: 'Looking for Jarvis',
    unreachable: 'Jarvis does not answer. Is it running, and is this machine on its network?',
    retrying: 'Trying again every 2 seconds.',
    ended: 'Your session has ended. Sign in again; what you see is from before.',
    setupTitle: 'First run',
    setupLead: 'Choose the account that operates this Jarvis. The setup token stands on the console that started it, in the line “Setup token:”.',
    token: 'Setup token',
    username: 'User name',
    password: 'Password',
    passwordHint: 'At least 12 characters. A sentence is easier than a riddle.',
    repeat: 'Password again',
    mismatch: 'The two passwords differ.',
    tooShort: 'At least 12 characters.',
    required: 'This is needed.',
    create: 'Create account',
    loginTitle: 'Sign in',
    loginLead: 'Nothing is shown before you do.',
    signIn: 'Sign in',
    signOut: 'Sign out',
    signedInAs: (name: string) => `Signed in as ${name}`,
    wait: (seconds: number) => `Too many attempts. Try again in ${duration(seconds)}.`,
    busy: 'One moment',
  },

  link: {
    live: (seconds: string) => `live ${seconds} s`,
    silent: 'silent',
    connecting: 'connecting',
    down: 'no line',
    bar: {
      connecting: (attempt: number) => (attempt <= 1 ? 'Connecting to Jarvis.' : `Connecting to Jarvis, attempt ${String(attempt)}.`),
      silent: (age: string) => `Jarvis has been silent for ${age}. Values are shown as stale.`,
      waiting: (attempt: number, age: string) => `The line to Jarvis is down. Attempt ${String(attempt)} in ${age}.`,
      since: (time: string) => `Offline since ${time}. Everything shown is from before.`,
      reason: (reason: string) => `Jarvis said: ${reason}.`,
      retry: 'Try now',
    },
    refusal: 'Actions are off until the line to Jarvis is back.',
    announce: { lost: 'The line to Jarvis is lost. All values are stale.', back: 'The line to Jarvis is back.' },
  },

  totals: {
    cpu: 'CPU', ram: 'RAM', storage: 'Storage', guests: 'Guests', quorum: 'Quorum',
    reporting: (reporting: number, total: number) => `${count(reporting)} of ${count(total)} reporting`,
    none: 'nothing reports',
    quorumLost: 'lost',
    clusters: (n: number) => plural(n, 'cluster'),
  },

  greeting: (hour: number) => (hour < 5 ? 'Good night' : hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening'),
  verdict: {
    waiting: 'Waiting for the first snapshot.',
    waitingDetail: 'Jarvis answers; the state of your clusters follows.',
    lost: 'The line to Jarvis is down.',
    lostDetail: (time: string) => `What you see is from ${time}. It may no longer be true.`,
    unconfigured: 'No cluster is connected yet.',
    unconfiguredDetail: 'Jarvis runs; it needs an address and a token to watch something.',
    quiet: (nodes: number, guests: number) => `${plural(nodes, 'node')} and ${plural(guests, 'guest')} report.`,
    quietDetail: 'Nothing is on fire. I checked twice.',
    matters: (n: number) => `${spelled(n)} ${n === 1 ? 'matter wants' : 'matters want'} you; the rest is in hand.`,
    bad: (n: number) => `${spelled(n)} ${n === 1 ? 'matter needs' : 'matters need'} you now.`,
    approvals: (n: number) => (n === 1 ? 'One approval is waiting.' : `${spelled(n)} approvals are waiting.`),
    stale: (n: number) => (n === 1 ? 'One resource has stopped reporting.' : `${spelled(n)} resources have stopped reporting.`),
    matter: (name: string, state: string) => `${name} is ${state}.`,
    reason: (name: string, reason: string) => `${name}: ${reason}`,
    more: (n: number) => `${count(n)} more.`,
    counts: { critical: 'critical', warning: 'warning', approval: 'to approve', stale: 'stale', running: 'running' },
  },

  status: {
    online: 'online', offline: 'offline', unknown: 'unknown', running: 'running', stopped: 'stopped', paused: 'paused',
    available: 'available', unavailable: 'unavailable', degraded: 'degraded', 'no-quorum': 'without quorum', unreachable: 'unreachable',
  } as Record<string, string>,
  plate: { halted: 'HALTED', critical: 'CRITICAL', warning: 'WARNING', stale: (age: string) => (age === '' ? 'STALE' : `STALE ${age}`), offline: 'OFFLINE', noQuorum: 'NO QUORUM', unreachable: 'UNREACHABLE', missing: 'CONNECTOR GONE', safeMode: 'SAFE MODE', full: (share: string) => `${share} FULL` },
  glyph: { critical: 'critical', warning: 'warning', info: 'note', stale: 'stale', normal: 'normal', stopped: 'stopped', done: 'done', running: 'running', refused: 'refused' },
  staleBecause: {
    link: 'The line to Jarvis is down.', server: 'Jarvis gets no answer from its source.', age: 'Nothing new has come for three intervals.', never: 'Never seen yet.',
  } as Record<string, string>,

  nodes: {
    title: 'Nodes', cpu: 'CPU', ram: 'RAM', lastKnown: 'last known', up: (age: string) => `up ${age}`,
    temperature: 'Temperature', celsius: (degrees: number) => `${String(Math.round(degrees))} °C`, celsiusStale: (degrees: number) => `${String(Math.round(degrees))} °C, old`,
    ramUsed: 'RAM used', ramNote: 'used, cache included', ramFree: 'RAM free', cores: 'Cores', load: 'Load', disk: 'Root disk', version: 'Version', cluster: 'Cluster', age: 'Age',
    empty: 'No nodes yet. They appear with the first answer of a cluster.',
  },
  guests: {
    title: 'Guests', id: 'ID', name: 'Name', node: 'Node', cpu: 'CPU %', ram: 'RAM %',
    summary: (running: number, stopped: number, silent: number) =>
      [`${count(running)} running`, ...(stopped > 0 ? [`${count(stopped)} stopped`] : []), ...(silent > 0 ? [`${count(silent)} stale`] : [])].join(', '),
    filtered: (shown: number, total: number) => `${count(shown)} of ${count(total)}`,
    filter: 'Filter guests by name, number, node, status or tag', filterHint: 'filter', clear: 'Clear filter',
    empty: 'No guests yet. Create one in Proxmox and it appears here.', noMatch: 'No guest matches. Clear the filter to see all.',
    memory: 'RAM', disk: 'Disk', uptime: 'Up', tags: 'Tags', type: 'Type', status: 'Status', pool: 'Pool', ha: 'HA', lock: 'Locked by', protectedGuest: 'Protected: no action may harm it',
    vm: 'VM', container: 'Container', template: 'template', busy: 'An action is running on it.', nodeIs: 'Node',
    sortedBy: (name: string, descending: boolean) => `${name}, sorted ${descending ? 'descending' : 'ascending'}`,
    age: 'Age',
  },
  storages: { title: 'Storage', used: 'used', shared: 'shared', nodes: (n: number) => plural(n, 'node'), empty: 'No storage yet. It appears with the first answer of a cluster.', more: (n: number, under: string) => `${count(n)} more, all under ${under}`, fewer: 'Show the fullest only' },

  actions: {
    loading: 'Asking what can be done', failed: (why: string) => `The list of actions did not come: ${why}`, retry: 'Retry', none: 'Nothing can be done here yet.',
    more: 'All actions', menu: (name: string) => `Actions for ${name}`, observes: 'Look', changes: 'Act',
    holdToRun: 'Hold to run', holdToApprove: 'Hold to approve', holding: 'Keep holding', confirm: 'Press again to confirm', run: 'Run', typeName: (name: string) => `Type ${name} to allow it`, typedLabel: 'Name of the target',
    cancel: 'Not now', close: 'Close', undoable: 'undoable', irreversible: 'not undoable',
    consequences: 'What happens', previewing: 'Working out the consequences', planChanged: 'The plan changed since you looked. Read it again, then decide.',
    refusedTitle: 'Refused', whyAsked: 'Why you are asked', target: 'Target', noFingerprint: 'Jarvis did not say what this consent would bind to, so nothing was run. Try again.',
    noApproval: 'Jarvis waits for an approval without naming it, so nothing was run. Look at the activity list.',
    result: 'Answer', resultEmpty: 'It ended without anything to show.', argumentsTitle: 'Arguments', command: 'Command', continueLabel: 'Continue', asking: 'Sending',
    optional: 'optional',
    faults: {
      missing: 'This is needed.', notANumber: 'A number is needed.', notWhole: 'A whole number is needed.', tooSmall: (n: number) => `At least ${String(n)}.`, tooLarge: (n: number) => `At most ${String(n)}.`,
      tooShort: (n: number) => `At least ${plural(n, 'character')}.`, tooLong: (n: number) => `At most ${plural(n, 'character')}.`, pattern: (p: string) => `It has to match ${p}`, notJson: 'This is not valid JSON.',
    },
  },

  approvals: {
    title: 'Approvals', empty: 'Nothing waits for your consent.', waiting: (n: number) => (n === 1 ? '1 waiting' : `${count(n)} waiting`),
    asks: 'asks', from: (origin: string) => `from ${origin}`, expires: (age: string) => `expires in ${age}`, expired: 'expired', reject: 'Reject',
    decided: { APPROVED: 'Approved', CONSUMED: 'Approved', REJECTED: 'Rejected', EXPIRED: 'Expired', LAPSED: 'Lapsed: its target changed', PENDING: 'Waiting' } as Record<string, string>,
    by: (who: string, when: string) => `by ${who} at ${when}`,
    announce: (n: number) => (n === 1 ? 'One approval is waiting.' : `${count(n)} approvals are waiting.`),
    origin: { browser: 'a browser', api: 'the API', console: 'the console', mcp: 'an MCP client', chat: 'the chat', runbook: 'a runbook', extension: 'an extension' } as Record<string, string>,
    principal: { person: 'person', token: 'API token', mcp: 'MCP client', runbook: 'runbook', extension: 'extension' } as Record<string, string>,
  },

  problems: {
    title: 'Problems', empty: 'No problem is open.', open: (n: number) => `${count(n)} open`, worstFirst: 'worst first', asOf: 'from before', failed: (why: string) => `The problems did not come: ${why}`, retry: 'Retry',
    more: (n: number) => `${count(n)} more`, fewer: 'Show the worst only', silencedMore: (n: number) => `${count(n)} silenced`, silencedFewer: 'Hide the silenced ones',
    since: (age: string) => `for ${age}`, of: (title: string, name: string) => `${title}: ${name}`, ownName: 'Jarvis', resolved: 'RESOLVED', resolvedAt: (time: string) => `at ${time}`, back: (times: string) => `came back ${times}`, timesBack: (n: number) => (n === 1 ? 'once' : n === 2 ? 'twice' : `${count(n)} times`),
    evidence: 'Evidence', affected: 'Affected', onNode: (name: string, node: string) => `${name} on ${node}`, affectedCount: (n: number) => `${count(n)} affected`, andMore: (n: number) => `and ${count(n)} more`, attempts: 'Attempts', notes: 'Notes', evidenceMore: (n: number) => `${count(n)} more`,
    fix: 'Fix…', fixAt: (title: string) => `Fix: ${title}`, fixOf: (title: string) => `Fix…: ${title}`, other: 'Other ways', noRemedy: 'No fix from here:', never: (title: string) => `“${title}” would help, but is never done unless the operator allows it (never.tools).`, mending: 'It is being mended.',
    plan: 'Steps', runPlan: 'Run all steps', runFirst: 'Run step 1 only', allSteps: 'All steps', firstOnly: 'Step 1 only', readOnly: 'read-only', undo: (how: string) => `Undo: ${how}`, atMost: (age: string) => `at most ${age}`, close: 'Not now',
    effect: { observes: 'looks only', changes: 'changes something', disrupts: 'disrupts what runs', destroys: 'destroys something' } as Record<string, string>,
    acknowledge: 'Acknowledge', acknowledged: (who: string, when: string) => `seen by ${who}, ${when}`, silence: 'Silence…', silenceFor: 'Silence it', silencedUntil: (when: string, who: string) => `silenced until ${when} by ${who}`, unsilence: 'End the silence',
    lengths: { hour: '1 h', shift: '8 h', tomorrow: 'until tomorrow', week: '7 days' },
    note: 'Note…', noteLabel: 'Note', addNote: 'Add the note', show: 'Show', showOf: (title: string) => `Show ${title}`, here: 'Problems here', suffers: 'suffers from it',
    count: 'Problems', none: 'none', announce: (n: number) => (n === 0 ? 'No problem is open.' : `${plural(n, 'problem')} ${n === 1 ? 'is' : 'are'} open.`), critical: (title: string, summary: string) => `Critical. ${title}. ${summary}`, criticalMore: (first: string, n: number) => `${first} ${count(n)} more critical.`,
    severity: { critical: 'CRITICAL', warning: 'WARNING', info: 'NOTE' },
  },

  settings: {
    title: 'Settings', open: 'Settings (press the comma key)', sections: { account: 'Account', tokens: 'API tokens', clusters: 'Clusters', hosts: 'Hosts', protection: 'Protection', thresholds: 'Thresholds', silences: 'Silences', extensions: 'Extensions', health: 'Health' },
    loading: 'Fetching', failed: (why: string) => `This did not come: ${why}`, retry: 'Retry', reload: 'Look again', unloadable: 'The settings did not load. If Jarvis was updated meanwhile, reload the page.',
    keep: 'Keep it', unsaved: 'The new token is shown only now. Close once more to leave without it.',
  },
  autonomy: { announce: (level: string) => `Autonomy: ${level}.` },
  halt: {
    halt: 'HALT', haltTitle: 'Stop everything that nobody directly asked for (Ctrl Alt H)', halted: 'HALTED', resume: 'Hold to resume',
    lead: 'The kill switch is on. Nothing starts that a person has not directly asked for.',
    running: (n: number) => (n === 0 ? 'Nothing runs.' : `${plural(n, 'action')} still ${n === 1 ? 'runs and takes' : 'run and take'} no further step.`),
    unsaved: 'It counts at once, but could not be stored yet.', announce: 'Halted.', resumed: 'The kill switch is off.',
    failed: (why: string) => `The kill switch did not answer: ${why}`,
  },
  copy: { copy: 'Copy', copied: 'Copied', selected: 'Now press Ctrl C', what: (what: string) => `Copy ${what}` },

  activity: {
    title: 'Activity', empty: 'Nothing has happened yet. Actions and changes are listed here as they come.', you: 'You', undo: 'Undo', detail: 'Detail', hide: 'Hide', why: 'Why',
    all: 'all', onlyActions: 'actions', showing: 'Show', log: 'Task log', moreLines: (n: number) => `${count(n)} earlier lines`,
    state: { RUNNING: 'running', AWAITING_APPROVAL: 'waits for approval', REFUSED: 'refused', SUCCEEDED: 'done', FAILED: 'failed', REJECTED: 'rejected', EXPIRED: 'expired', CANCELLED: 'cancelled', UNKNOWN: 'outcome unknown' } as Record<string, string>,
    took: (age: string) => `took ${age}`, cancel: 'Cancel',
  },
  toasts: { dismiss: 'Dismiss', label: 'Results of your actions', sent: (title: string) => `${title}: asked` },

  banners: {
    missing: (cluster: string) => `${cluster}: its connector is gone. Nothing new arrives and nothing can be done there until it is back; then this page goes on by itself.`,
    unreachable: (cluster: string) => `${cluster} is unreachable. Its last values are shown as stale; Jarvis keeps trying.`,
    connecting: (cluster: string) => `${cluster}: connecting.`,
    noQuorum: (cluster: string) => `${cluster} has lost its quorum. It refuses changes until enough nodes are back.`,
    reason: (reason: string) => `Reason: ${reason}`,
    safeMode: 'Watching goes on; actions are off.',
    health: 'Health',
    component: (name: string, status: string) => `${name} is ${status.toLowerCase()}.`,
  },
  unconfigured: {
    title: 'Connect a cluster',
    lead: 'Jarvis watches the clusters that its configuration names, one file each. It takes up a new file without a restart.',
    steps: [
      'As root on a Proxmox VE node, make a token for Jarvis; the last line prints the certificate’s fingerprint:',
      'Put this into a file in the etc folder of Jarvis, with your own address, secret and fingerprint:',
      'Save it. The cluster appears here; what is wrong with the file, this page and the log say.',
    ],
    file: 'etc/org.jarvis.connector.proxmox-home.cfg',
    fileNote: 'The last line states that Jarvis runs in no guest of this cluster. Where it does, write runs.in.guest = 105 with that guest’s number instead. Without either it stops nothing there.',
  },

  api: {
    unreachable: 'Jarvis does not answer. Is it running, and is this machine on its network?',
    wordless: (status: number) => `Jarvis answered ${String(status)} without saying why.`,
    unreadable: (path: string) => `Jarvis answered ${path} in a form that this page does not know. Reload the page.`,
  },

  error: { region: (name: string) => `${name} could not be drawn.`, retry: 'Draw it again', cause: (why: string) => `Cause: ${why}` },
  rail: { window: '60 s', cluster: (state: string) => `cluster ${state}`, events: (state: string) => `events ${state}`, polled: (name: string, age: string) => `${name} ${age} ago` },
  terminal: { title: 'Terminals', open: 'Open terminal', openNote: 'A free shell of your own. Takes your password.', unloadable: 'The terminal did not load. If Jarvis was updated meanwhile, reload the page.' },
} as const;

/** A status word as people say it; an unknown one as the server wrote it. */
export function statusWord(status: string): string {
  return words.status[status] ?? status;
}
