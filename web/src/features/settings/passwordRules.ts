import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { ApiError } from '../../transport/api';

export const SHORTEST_PASSWORD = 12;

export interface PasswordEntry {
  current: string;
  next: string;
  repeat: string;
}

export type PasswordFaults = Partial<Record<keyof PasswordEntry, string>>;

/** What can be known here already; the server has the last word. */
export function faultsOf({ current, next, repeat }: PasswordEntry, username: string): PasswordFaults {
  const faults: PasswordFaults = {};
  if (current === '') faults.current = words.session.required;
  // Characters as people count them, not halves of them.
  if (Array.from(next).length < SHORTEST_PASSWORD) faults.next = words.session.tooShort;
  else if (next === current) faults.next = settingsWords.account.same;
  else if (next.toLowerCase() === username.toLowerCase()) faults.next = settingsWords.account.isName;
  if (repeat !== next) faults.repeat = words.session.mismatch;
  return faults;
}

/** Which field the server's refusal is about. */
export function refusedField(error: unknown): PasswordFaults {
  if (!(error instanceof ApiError)) return {};
  if (error.code === 'login-failed') return { current: settingsWords.account.wrong };
  const fields = error.fieldErrors;
  const current = fields.get('current');
  const next = fields.get('new') ?? fields.get('password');
  return { ...(current === undefined ? {} : { current }), ...(next === undefined ? {} : { next }) };
}
