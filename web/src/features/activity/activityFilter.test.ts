import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../stores/activityStore';
import type { Action } from '../../transport/wire';
import { actorsOf, fits } from './activityFilter';

const by = (name: string): Action => ({ id: name, tool: 'stop_vm', state: 'SUCCEEDED', principal: { name, kind: 'person' } });
const actions = new Map([['a', by('mary')], ['b', by('ci')], ['c', by('mary')], ['d', { id: 'd', tool: 'x', state: 'FAILED' }]]);
const action = (actionId: string): ActivityEntry => ({ key: actionId, at: 1, kind: 'action', actionId });
const change: ActivityEntry = { key: 'e', at: 1, kind: 'event', event: { seq: 1, at: '', type: 'guest.changed', summary: '' } };

describe('the filter of the activity', () => {
  it('knows everybody who asked, once', () => expect(actorsOf(actions)).toEqual(['ci', 'mary']));
  it('tells actions from changes', () => {
    const shown = (kind: 'all' | 'actions' | 'changes') => [action('a'), change].map((entry) => fits(entry, actions, { kind, actor: '' }));
    expect(shown('all')).toEqual([true, true]);
    expect(shown('actions')).toEqual([true, false]);
    expect(shown('changes')).toEqual([false, true]);
  });
  it('shows what one of them asked for, and nothing that nobody asked for', () => {
    const shown = [action('a'), action('b'), action('d'), change].map((entry) => fits(entry, actions, { kind: 'all', actor: 'mary' }));
    expect(shown).toEqual([true, false, false, false]);
  });
});
