import { describe, expect, it } from 'vitest';
import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { requestOf, wishFaults, type TokenWish } from './tokenRequest';

const wish = (changes: Partial<TokenWish> = {}): TokenWish => ({ name: ' grafana ', scopes: new Set(['operate', 'read']), audience: 'api', life: '7', ...changes });
const now = Date.UTC(2026, 0, 1);

describe('a token that is wished for', () => {
  it('is asked for with its trimmed name, its scopes in order and its end by the server’s clock', () => {
    expect(requestOf(wish(), now)).toEqual({ name: 'grafana', scopes: ['read', 'operate'], audience: 'api', expiresAt: '2026-01-08T00:00:00.000Z' });
  });
  it('is for what was chosen', () => expect(requestOf(wish({ audience: 'mcp' }), now).audience).toBe('mcp'));
  it('names no end when it shall have none', () => expect('expiresAt' in requestOf(wish({ life: 'never' }), now)).toBe(false));
  it('needs a name that fits and a scope', () => {
    expect(wishFaults(wish())).toEqual({});
    expect(wishFaults(wish({ name: '  ', scopes: new Set() }))).toEqual({ name: words.session.required, scopes: settingsWords.tokens.noScope });
    expect(wishFaults(wish({ name: 'n'.repeat(65) }))).toEqual({ name: settingsWords.tokens.nameLong });
  });
});
