import { count, duration, plural } from './format';

/** What the page says in the settings of clusters and silences. */
export const clusterWords = {
  lead: 'How Jarvis stands with each cluster and its members. Addresses and tokens are set in the cluster’s file in etc/; what is pinned there counts before a person’s consent.',
  empty: 'No cluster is connected. Put a file such as etc/org.jarvis.connector.proxmox-home.cfg in place.',
  connection: { live: 'answers', connecting: 'connecting', failing: 'does not answer', missing: 'its connector is gone' } as Record<string, string>,
  version: (version: string) => `Proxmox VE ${version}`,
  quorum: (votes: number, expected: number) => `${String(votes)} of ${String(expected)} votes`,
  seen: (age: string) => `read ${age} ago`,
  traffic: (n: number, slow: number, failed: number) => `${plural(n, 'request')} in the last minute, ${count(slow)} of them for details${failed > 0 ? `, ${count(failed)} failed` : ''}`,
  members: 'Members',
  state: { untried: 'not asked yet', answering: 'answers', failing: 'does not answer', resting: 'left alone for a while' } as Record<string, string>,
  pinned: 'certificate pinned',
  notPinned: 'certificate not pinned',
  discovered: 'discovered',
  lastAnswer: (age: string) => `last answer ${age} ago`,
  clock: (seconds: number) => `its clock is ${duration(Math.abs(seconds))} ${seconds < 0 ? 'behind' : 'ahead'}`,
  test: 'Test',
  testOf: (name: string) => `Test ${name}`,
  testing: 'Trying everything that Jarvis needs',
  passed: 'Everything that Jarvis needs in order to watch works.',
  notPassed: 'Something that Jarvis needs does not work.',
  failed: (why: string) => `The test did not run: ${why}`,
  outcome: { passed: 'works', limited: 'limited', failed: 'fails' } as Record<string, string>,
  cure: (name: string) => `what to do about ${name}`,
  maintain: 'Maintenance of all nodes…',
} as const;

export const silenceWords = {
  lead: 'Problems that somebody did not want to hear of. They come back to the list when the silence ends.',
  empty: 'Nothing is silenced.',
  until: (when: string, who: string) => `until ${when}, by ${who}`,
  over: 'over at the moment',
  end: 'End it',
  endSure: 'End it? The problem is told of again at once.',
  keep: 'Keep it silent',
} as const;
