import { count } from './format';
import { words } from './words';

export const presentedWords = {
  title: 'Shown', close: 'Close', show: 'Show chart', showOf: (name: string) => `Show chart of ${name}`,
  by: (who: string, origin: string) => `shown by ${who} through ${words.approvals.origin[origin] ?? origin}`,
  span: 'How far back', spans: { 60: '1 h', 360: '6 h', 1440: '24 h' },
  loading: 'Fetching the course', failed: (why: string) => `The course did not come: ${why}`,
  at: (time: string, values: string) => `${time}: ${values}`, moment: 'Moment',
  rows: (shown: number, all: number) => `The first ${count(shown)} of ${count(all)} rows.`, noRows: 'No rows.', noLines: 'No lines.', planOnly: 'This is only shown. Nothing of it is carried out by that.',
  gone: 'It is not there any more.', kind: { node: 'Node', guest: 'Guest', storage: 'Storage', cluster: 'Cluster' }, status: 'Status',
  figures: { cpu: 'CPU', memory: 'RAM', disk: 'Used space', load: 'Load', netIn: 'Net in', netOut: 'Net out', diskRead: 'Disk read', diskWritten: 'Disk written' } as Record<string, string>,
} as const;
