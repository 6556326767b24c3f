import { describe, expect, it } from 'vitest';
import { settingsWords } from '../../copy/settingsWords';
import { words } from '../../copy/words';
import { ApiError } from '../../transport/api';
import { faultsOf, refusedField } from './passwordRules';

const good = { current: 'a sentence is easier', next: 'another sentence entirely', repeat: 'another sentence entirely' };

describe('faultsOf', () => {
  it('has nothing against a good one', () => expect(faultsOf(good, 'operator')).toEqual({}));
  it('counts characters as people do', () => {
    expect(faultsOf({ ...good, next: '🔑'.repeat(11), repeat: '🔑'.repeat(11) }, 'operator')).toEqual({ next: words.session.tooShort });
    expect(faultsOf({ ...good, next: '🔑'.repeat(12), repeat: '🔑'.repeat(12) }, 'operator')).toEqual({});
  });
  it('names each field that is wrong', () => {
    expect(faultsOf({ current: '', next: 'short', repeat: 'other' }, 'operator')).toEqual({ current: words.session.required, next: words.session.tooShort, repeat: words.session.mismatch });
    expect(faultsOf({ current: good.next, next: good.next, repeat: good.next }, 'operator')).toEqual({ next: settingsWords.account.same });
    expect(faultsOf({ ...good, next: 'The.Operator', repeat: 'The.Operator' }, 'the.operator')).toEqual({ next: settingsWords.account.isName });
  });
});

describe('refusedField', () => {
  const refusal = (status: number, code: string, errors: { field: string; message: string }[] = []) => new ApiError(status, code, 'no', { errors });
  it('puts a wrong password at the current one', () => expect(refusedField(refusal(401, 'login-failed'))).toEqual({ current: settingsWords.account.wrong }));
  it('puts the server’s words at the field that it names', () => {
    expect(refusedField(refusal(422, 'invalid-input', [{ field: 'new', message: 'too simple' }]))).toEqual({ next: 'too simple' });
    expect(refusedField(refusal(422, 'invalid-input', [{ field: 'password', message: 'too simple' }]))).toEqual({ next: 'too simple' });
  });
  it('knows no field for anything else', () => {
    expect(refusedField(refusal(429, 'throttled'))).toEqual({});
    expect(refusedField(new TypeError('broken'))).toEqual({});
  });
});
