import { describe, expect, it } from 'vitest';
import { fieldsOf, isComplete, labelOf, readField, readForm, type FormField } from './schemaForm';

const schema = {
  type: 'object',
  required: ['vmid', 'name', 'keep'],
  properties: {
    vmid: { type: 'integer' },
    name: { type: 'string', pattern: '^[a-z]+$', maxLength: 8 },
    keep: { type: 'integer', minimum: 1, maximum: 9, default: 3 },
    mode: { enum: ['stop', 'suspend'] },
    withMemory: { type: 'boolean', default: true },
    options: { type: 'object' },
  },
};
const given = { vmid: 101 };
const field = (more: Partial<FormField>): FormField => ({ name: 'x', label: 'X', kind: 'text', required: true, initial: '', ...more });

describe('isComplete', () => {
  it('asks only for what is required and not given', () => {
    expect(isComplete(schema, given)).toBe(false);
    expect(isComplete(schema, { vmid: 101, name: 'a', keep: 1 })).toBe(true);
    expect(isComplete(undefined, {})).toBe(true);
  });
});

describe('fieldsOf', () => {
  it('draws a field for each property that the offer has not fixed', () => {
    expect(fieldsOf(schema, given).map(({ name, kind, required, initial }) => [name, kind, required, initial])).toEqual([
      ['name', 'text', true, ''],
      ['keep', 'integer', true, '3'],
      ['mode', 'choice', false, ''],
      ['withMemory', 'boolean', false, 'true'],
      ['options', 'json', false, ''],
    ]);
  });
  it('draws nothing from a schema that is none', () => {
    expect(fieldsOf({ properties: ['x'] }, {})).toEqual([]);
  });
});

describe('readField', () => {
  it.each<[Partial<FormField>, string, unknown]>([
    [{ kind: 'integer' }, '2.5', { ok: false, why: { fault: 'not-whole' } }],
    [{ kind: 'number' }, 'much', { ok: false, why: { fault: 'not-a-number' } }],
    [{ kind: 'integer', minimum: 1 }, '0', { ok: false, why: { fault: 'too-small', minimum: 1 } }],
    [{ kind: 'number', maximum: 9 }, '9.1', { ok: false, why: { fault: 'too-large', maximum: 9 } }],
    [{ pattern: '^[a-z]+$' }, 'A1', { ok: false, why: { fault: 'pattern', pattern: '^[a-z]+$' } }],
    [{ pattern: '(((' }, 'anything', { ok: true, value: 'anything' }],
    [{ minLength: 3 }, 'ab', { ok: false, why: { fault: 'too-short', minLength: 3 } }],
    [{ maxLength: 3 }, 'abcd', { ok: false, why: { fault: 'too-long', maxLength: 3 } }],
    [{}, '  ', { ok: false, why: { fault: 'missing' } }],
    [{ required: false }, '', { ok: true, value: undefined }],
    [{ kind: 'boolean' }, 'true', { ok: true, value: true }],
    [{ kind: 'json' }, '{"a":1}', { ok: true, value: { a: 1 } }],
    [{ kind: 'json' }, '{a}', { ok: false, why: { fault: 'not-json' } }],
    [{ kind: 'integer' }, ' 7 ', { ok: true, value: 7 }],
  ])('%j reads %j', (more, raw, expected) => {
    expect(readField(field(more), raw)).toEqual(expected);
  });
});

describe('readForm', () => {
  it('adds the filled fields to what was given and leaves empty optional ones out', () => {
    const reading = readForm(fieldsOf(schema, given), new Map([['name', 'nightly']]), given);
    expect(reading).toEqual({ ok: true, arguments: { vmid: 101, name: 'nightly', keep: 3, withMemory: true } });
  });
  it('names every field at fault', () => {
    const reading = readForm(fieldsOf(schema, given), new Map([['name', 'UPPER'], ['keep', '12']]), given);
    expect(reading.ok ? [] : [...reading.faults.keys()]).toEqual(['name', 'keep']);
  });
});

describe('labelOf', () => {
  it('reads names of code as words', () => {
    expect([labelOf('withMemory'), labelOf('snapshot_name')]).toEqual(['With memory', 'Snapshot name']);
  });
});
