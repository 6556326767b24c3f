import { cut, tame } from '../../transport/wire';
import type { AuditRecord } from '../../transport/auditWire';

/** What somebody looks for; the moments are as a browser's own field writes them, in local time. */
export interface AuditFilter {
  actor: string;
  activity: string;
  resource: string;
  since: string;
  until: string;
}

export const noFilter: AuditFilter = { actor: '', activity: '', resource: '', since: '', until: '' };
export const PAGE = 50;

export function isFiltered(filter: AuditFilter): boolean {
  return Object.values(filter).some((text: string) => text.trim() !== '');
}

/** The path of one page: without a cursor that of the newest. */
export function auditPath(filter: AuditFilter, cursor: string | undefined): string {
  const query = new URLSearchParams({ order: 'newest', limit: String(PAGE) });
  for (const name of ['actor', 'activity', 'resource'] as const) if (filter[name].trim() !== '') query.set(name, filter[name].trim());
  for (const name of ['since', 'until'] as const) {
    const at = Date.parse(filter[name]);
    if (!Number.isNaN(at)) query.set(name, new Date(at).toISOString());
  }
  if (cursor !== undefined) query.set('cursor', cursor);
  return `api/audit?${query.toString()}`;
}

/** As much of a record's detail as is drawn; the log itself keeps all of it. */
const MOST_DETAIL = 20_000;

/** Where the record was asked for one by one: the page that begins with it. */
export const cursorAt = (seq: number): string => String(seq + 1);

const textOf = (value: unknown, name: string): string | undefined => {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof found === 'string' ? tame(found) : undefined;
};

/** What it was about, in one line: the tool and its targets where it is a step of an action. */
export function aboutOf({ subject, detail }: Pick<AuditRecord, 'subject' | 'detail'>): string {
  const tool = textOf(detail, 'tool');
  if (tool === undefined) return subject ?? '';
  const targets = (detail as { targets?: unknown }).targets;
  const refs = Array.isArray(targets) ? targets.filter((ref) => typeof ref === 'string').map(tame) : [];
  return cut([tool, ...refs].join(' '), 300);
}

/** The detail as text to read. */
export function detailOf({ detail }: Pick<AuditRecord, 'detail'>): string | undefined {
  if (detail === undefined || detail === null || (typeof detail === 'object' && Object.keys(detail).length === 0)) return undefined;
  return cut(tame(JSON.stringify(detail, undefined, 2)), MOST_DETAIL);
}
