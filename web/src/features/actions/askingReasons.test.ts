import { describe, expect, it } from 'vitest';
import type { Action } from '../../transport/wire';
import { askingReasons } from './askingReasons';

const action = (more: Partial<Action>): Action => ({ id: 'a', tool: 'stop_vm', state: 'AWAITING_APPROVAL', ...more });

describe('why a person is asked', () => {
  it('leaves out what the policies that allow it say', () => {
    const asked = action({
      reasons: ['It interrupts whoever uses it.', 'The state of the cluster is current.'],
      decisions: [
        { policy: 'tier', verdict: 'require-approval', reason: 'It interrupts whoever uses it.' },
        { policy: 'knowledge', verdict: 'allow', reason: 'The state of the cluster is current.' },
        { policy: 'record', verdict: 'allow-and-record', reason: 'It is small.' },
      ],
    });
    expect(askingReasons(asked)).toEqual(['It interrupts whoever uses it.']);
  });

  it('says nothing twice', () => {
    const decisions = ['It interrupts the service.', 'It is red.', 'It is red.'].map((reason) => ({ policy: 'tier', verdict: 'require-approval', reason }));
    expect(askingReasons(action({ decisions, impact: { summary: 'Runs it.', effects: ['It interrupts the service.'] } }))).toEqual(['It is red.']);
  });

  it('keeps every reason, also of a kind that is not known yet', () => {
    expect(askingReasons(action({ decisions: [{ policy: 'third', verdict: 'delay', reason: 'It is night.' }] }))).toEqual(['It is night.']);
    expect(askingReasons(action({ reasons: ['Ask.'] }))).toEqual(['Ask.']);
  });
});
