/** What the settings say; fetched with them. */
export const settingsWords = {
  hosts: {
    title: 'Hosts', lead: 'Machines that are reached over SSH. A host whose key nobody accepted gets nothing sent.',
    empty: 'No host is configured. Describe a cluster’s hosts in etc/org.jarvis.connector.ssh-<name>.cfg.',
    status: { idle: 'ready', connected: 'connected', 'key-unknown': 'its key waits for you', 'key-changed': 'its key changed', 'login-refused': 'refuses the login', unreachable: 'does not answer', misconfigured: 'configured wrongly' },
    fingerprint: 'Fingerprint', at: (user: string, address: string, port: number) => `${user}@${address}, port ${String(port)}`, sudo: 'with sudo', since: (when: string) => `since ${when}`,
    compare: 'Compare it on the host itself: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub', changed: 'Somebody may stand in its place. Accept the new key only if you know why it changed.',
    hold: 'Hold to accept this key', accepted: 'Its key is accepted.', forget: 'Forget its key', forgetSure: 'Forget it? Nothing is sent to the host until somebody accepts its key again.', keep: 'Keep it',
  },
  recordings: {
    title: 'Recordings of terminals', lead: 'What each terminal printed, with the times. asciinema play FILE shows one.', empty: 'No terminal has been recorded, or what was is too old to be kept.',
    by: 'by', open: 'still open', fetch: 'Download', fetchOf: (title: string, when: string) => `Download the recording of ${title}, ${when}`,
  },
  account: {
    who: 'Signed in as', password: 'Change password', current: 'Current password', next: 'New password', repeat: 'New password again', change: 'Change password',
    rule: 'At least 12 characters, and not your user name.', consequence: 'All other sessions and all API tokens end with it.', wrong: 'This is not the current password.', same: 'This is the current password.', isName: 'The password is not the user name.',
    changed: 'The password is changed. All other sessions and all API tokens have ended; this browser stays signed in.',
    sessions: 'Sessions', here: 'this browser', opened: 'Opened', used: 'last used', ends: 'ends', end: 'End', endSure: 'End it? That browser is signed out at once.', noSessions: 'No session is open.',
  },
  tokens: {
    make: 'New token', name: 'Name', nameHint: 'What will use it, so that you know it again.', nameLong: 'At most 64 characters.', scopes: 'It may', noScope: 'Choose at least one.', expires: 'It ends', create: 'Make token',
    scope: { read: 'see everything', operate: 'run tools as well', admin: 'administer Jarvis as well' },
    audience: 'It is for', audiences: { api: 'the API and MCP', mcp: 'MCP alone' }, mcpAlone: 'MCP alone',
    person: 'No token stands for a person: none can approve an action or consent to an extension.',
    lives: { '7': 'in 7 days', '30': 'in 30 days', '90': 'in 90 days', '365': 'in a year', never: 'never, until revoked' },
    fresh: 'New token', once: 'It is shown only this once. Jarvis keeps no copy; whoever has it can do what it may.', done: 'I have it',
    list: 'Tokens', login: 'from a login', made: 'Made', used: 'last used', unused: 'never used', ends: 'ends', endless: 'does not end', expired: 'has ended',
    revoke: 'Revoke', revokeSure: 'Revoke it? Whatever uses it is locked out at once.', empty: 'No tokens. Make one for a script, a monitor or an MCP client.',
  },
  health: {
    overall: { UP: 'All parts of Jarvis work.', DEGRADED: 'Some parts of Jarvis work with restrictions.', DOWN: 'Some parts of Jarvis do not work.' } as Record<string, string>,
    status: { UP: 'up', DEGRADED: 'degraded', DOWN: 'down' } as Record<string, string>, version: (version: string) => `Jarvis ${version}`, asOf: (time: string) => `as of ${time}`, none: 'Jarvis names no parts.',
  },
  protection: {
    title: 'What no action may harm', lead: 'Refused at any tier, with any approval.', empty: 'Nothing is protected but what a tag or the configuration will name.',
    source: { configuration: 'configuration', service: 'service', tag: 'tag', home: 'Jarvis runs here' },
    release: 'Release', releaseOf: (name: string) => `Release ${name}`, releaseSure: (name: string) => `Type ${name} to let actions harm it again.`, typed: 'Name', keep: 'Keep it protected', released: (name: string) => `${name} is no longer protected by its tag.`,
    place: 'Where Jarvis itself runs', placeLead: 'Until this is known, Jarvis stops, reboots and migrates nothing in the cluster.', noClusters: 'No cluster is connected yet.',
    places: { unknown: 'not known', outside: 'outside this cluster', guest: (id: string) => `in guest ${id}` },
    by: { configuration: 'by configuration', person: 'stated by a person', discovery: 'found out by Jarvis', nobody: '' },
    number: 'Number of the guest', state: 'Jarvis runs in this guest', notANumber: 'A number from 100 on.',
    outside: 'Jarvis runs outside', outsideSure: 'In no guest of it? Then everything in it can be stopped, with your approval.', outsideKeep: 'Not sure', takeBack: 'Take it back', takeBackSure: 'Take it back? Jarvis goes by what it finds out itself.', keepStated: 'Keep it',
  },
  autonomy: {
    title: 'How far Jarvis may go by itself', lead: 'What you click yourself is not affected.', unknown: 'The server has not told yet.',
    levels: {
      observe: { name: 'Observe', meaning: 'It only shows. Models and clients can change nothing, not even with your approval.' },
      ask: { name: 'Ask', meaning: 'It proposes, and you decide about each action.' },
      act: { name: 'Act', meaning: 'It runs what you allowed it to run by itself, and asks for the rest.' },
    },
  },
  typedWords: {
    title: 'What you type to Jarvis',
    name: 'Ask me about every change.',
    meaning: 'Otherwise a small one that you asked for by hand, such as starting one guest, needs no further word.',
  },
} as const;
