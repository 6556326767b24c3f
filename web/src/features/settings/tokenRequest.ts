import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';

export const scopes = ['read', 'operate', 'admin'] as const;
export type Scope = (typeof scopes)[number];
export const audiences = ['api', 'mcp'] as const;
export type Audience = (typeof audiences)[number];
export const lives = ['7', '30', '90', '365', 'never'] as const;
export type Life = (typeof lives)[number];

const DAY_MS = 86_400_000;
export const LONGEST_NAME = 64;

export interface TokenWish {
  name: string;
  scopes: ReadonlySet<Scope>;
  audience: Audience;
  life: Life;
}

export type TokenFaults = Partial<Record<'name' | 'scopes' | 'expiresAt', string>>;

export interface TokenRequest {
  name: string;
  scopes: Scope[];
  audience: Audience;
  expiresAt?: string;
}

export function wishFaults({ name, scopes: chosen }: TokenWish): TokenFaults {
  const faults: TokenFaults = {};
  if (name.trim() === '') faults.name = words.session.required;
  else if (Array.from(name.trim()).length > LONGEST_NAME) faults.name = settingsWords.tokens.nameLong;
  if (chosen.size === 0) faults.scopes = settingsWords.tokens.noScope;
  return faults;
}

/** `now` is the server's: a machine with a wrong clock shall not ask for an end in the past. */
export function requestOf({ name, scopes: chosen, audience, life }: TokenWish, now: number): TokenRequest {
  const request: TokenRequest = { name: name.trim(), scopes: scopes.filter((scope) => chosen.has(scope)), audience };
  if (life !== 'never') request.expiresAt = new Date(now + Number(life) * DAY_MS).toISOString();
  return request;
}
