import { plural } from './format';

/** What the first seconds of the day say. */
export const bootWords = {
  names: { server: 'Server', line: 'Live line', clusters: 'Clusters', nodes: 'Nodes', guests: 'Guests', storages: 'Storage', problems: 'Problems', guardrails: 'Guardrails' },
  pending: 'asking',
  server: (version: string | undefined, status: string) => `${version === undefined ? 'Jarvis' : `Jarvis ${version}`}, ${status}`,
  live: 'connected',
  noLine: 'no line',
  clusters: (n: number) => plural(n, 'cluster'),
  quorum: (votes: number, expected: number) => `, ${String(votes)} of ${String(expected)} votes`,
  none: 'none connected',
  of: (reporting: number, total: number) => `${String(reporting)} of ${String(total)} report`,
  guests: (running: number, total: number) => `${String(running)} of ${String(total)} run`,
  problems: (n: number) => (n === 0 ? 'none open' : `${String(n)} open`),
  unknown: (why: string | undefined) => why ?? 'not known',
  guardrails: (autonomy: string, halted: boolean) => (halted ? 'halted' : `autonomy: ${autonomy}`),
  skip: 'Any key skips this',
} as const;
