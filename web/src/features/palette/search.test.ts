import { describe, expect, it } from 'vitest';
import { best, MOST_ROWS, scopeOf, score } from './search';

const labels = (found: { label: string }[]) => found.map(({ label }) => label);

describe('the palette’s search', () => {
  it('takes its scope from the first character', () => {
    expect(scopeOf('@ web 2')).toEqual({ scope: 'resource', text: 'web 2' });
    expect(['>x', '#x', '?x', 'x'].map((query) => scopeOf(query).scope)).toEqual(['action', 'problem', 'ask', 'all']);
  });
  it('prefers what is called so over what begins so, over what holds it, over what is only related', () => {
    const entries = [{ label: 'old-web' }, { label: 'proxy', more: 'web' }, { label: 'web' }, { label: 'webhook' }, { label: 'cobweb' }];
    expect(labels(best(entries, 'web'))).toEqual(['web', 'webhook', 'old-web', 'cobweb', 'proxy']);
  });
  it('wants every word, in any order and case', () => {
    const stop = { label: 'Shut down', more: 'stop_vm RED' };
    expect(score('DOWN shut', stop)).toBeGreaterThan(0);
    expect(score('stop shut', stop)).toBeGreaterThan(0);
    expect(score('shut up', stop)).toBe(0);
  });
  it('takes what is typed for text, not for a pattern', () => {
    expect(labels(best([{ label: 'a.c' }, { label: 'abc' }], 'a.c'))).toEqual(['a.c']);
    expect(best([{ label: 'abc' }], '.*')).toEqual([]);
  });
  it('never answers with more than fifty rows', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({ label: `guest-${String(at)}` }));
    expect(best(many, 'guest')).toHaveLength(MOST_ROWS);
    expect(best(many, '')).toHaveLength(MOST_ROWS);
  });
});
