import { expect, it } from 'vitest';
import type { Action } from '../../transport/wire';
import { outcomeWords } from './ActionItem';

const action = (state: string, message: string) => ({ id: '1', tool: 'stop_vm', state, error: { code: 'refused', message } }) as unknown as Action;

it('does not say twice that an action was refused', () => {
  expect(outcomeWords(action('REFUSED', 'Refused: opnsense is protected.'))).toBe('Refused: opnsense is protected.');
});

it('says the state before a message that does not', () => {
  expect(outcomeWords(action('FAILED', 'No space on pbs-main.'))).toBe('failed: No space on pbs-main.');
});
