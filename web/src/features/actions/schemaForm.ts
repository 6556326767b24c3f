/**
 * The little of JSON Schema that a form can be drawn from. What it does not know becomes a field for
 * JSON text; the server checks the arguments anyway.
 */
export type FieldKind = 'text' | 'integer' | 'number' | 'boolean' | 'choice' | 'json';

export interface FormField {
  name: string;
  label: string;
  kind: FieldKind;
  required: boolean;
  description?: string;
  choices?: readonly string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  /** What the offer or the schema already proposes, as the text of the field. */
  initial: string;
}

type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const figure = (value: unknown) => (typeof value === 'number' ? value : undefined);

function requiredNames(schema: Schema): readonly string[] {
  const required = schema['required'];
  return Array.isArray(required) ? required.filter((name): name is string => typeof name === 'string') : [];
}

/** Whether the offer's arguments can be sent as they are. */
export function isComplete(schema: Schema | null | undefined, given: Readonly<Record<string, unknown>>): boolean {
  return !schema || requiredNames(schema).every((name) => name in given);
}

function kindOf(schema: Schema): FieldKind {
  const choices = schema['enum'];
  if (Array.isArray(choices) && choices.every((choice) => typeof choice === 'string')) return 'choice';
  switch (schema['type']) {
    case 'string':
      return 'text';
    case 'integer':
      return 'integer';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'json';
  }
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `snapshot_name` and `snapshotName` read as "Snapshot name". */
export function labelOf(name: string): string {
  const spaced = name.replace(/[_-]+/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A field per property that the offer has not already fixed. */
export function fieldsOf(schema: Schema, given: Readonly<Record<string, unknown>>): FormField[] {
  const properties = schema['properties'];
  if (!isSchema(properties)) return [];
  const required = requiredNames(schema);
  return Object.entries(properties).flatMap(([name, property]) => {
    if (name in given || !isSchema(property)) return [];
    const kind = kindOf(property);
    return [
      {
        name,
        label: text(property['title']) ?? labelOf(name),
        kind,
        required: required.includes(name),
        description: text(property['description']),
        choices: kind === 'choice' ? (property['enum'] as string[]) : undefined,
        minimum: figure(property['minimum']),
        maximum: figure(property['maximum']),
        minLength: figure(property['minLength']),
        maxLength: figure(property['maxLength']),
        pattern: text(property['pattern']),
        initial: kind === 'boolean' ? String(property['default'] === true) : asText(property['default']),
      },
    ];
  });
}

export type FieldValue = { ok: true; value: unknown } | { ok: false; why: FieldFault };
export type FieldFault =
  | { fault: 'missing' }
  | { fault: 'not-a-number' }
  | { fault: 'not-whole' }
  | { fault: 'too-small'; minimum: number }
  | { fault: 'too-large'; maximum: number }
  | { fault: 'too-short'; minLength: number }
  | { fault: 'too-long'; maxLength: number }
  | { fault: 'pattern'; pattern: string }
  | { fault: 'not-json' };

const bad = (why: FieldFault): FieldValue => ({ ok: false, why });

function readNumber(field: FormField, raw: string): FieldValue {
  const value = Number(raw);
  if (!Number.isFinite(value)) return bad({ fault: 'not-a-number' });
  if (field.kind === 'integer' && !Number.isInteger(value)) return bad({ fault: 'not-whole' });
  if (field.minimum !== undefined && value < field.minimum) return bad({ fault: 'too-small', minimum: field.minimum });
  if (field.maximum !== undefined && value > field.maximum) return bad({ fault: 'too-large', maximum: field.maximum });
  return { ok: true, value };
}

/** A schema's pattern comes from an extension: one that is no pattern here is left to the server. */
function fitsPattern(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}

function readText(field: FormField, value: string): FieldValue {
  if (field.minLength !== undefined && value.length < field.minLength) return bad({ fault: 'too-short', minLength: field.minLength });
  if (field.maxLength !== undefined && value.length > field.maxLength) return bad({ fault: 'too-long', maxLength: field.maxLength });
  if (field.pattern !== undefined && !fitsPattern(field.pattern, value)) return bad({ fault: 'pattern', pattern: field.pattern });
  return { ok: true, value };
}

/** The argument that a field's text stands for; `undefined` leaves an optional argument out. */
export function readField(field: FormField, raw: string): FieldValue {
  if (field.kind === 'boolean') return { ok: true, value: raw === 'true' };
  if (raw.trim() === '') return field.required ? bad({ fault: 'missing' }) : { ok: true, value: undefined };
  switch (field.kind) {
    case 'integer':
    case 'number':
      return readNumber(field, raw.trim());
    case 'text':
    case 'choice':
      return readText(field, raw);
    case 'json':
      try {
        return { ok: true, value: JSON.parse(raw) as unknown };
      } catch {
        return bad({ fault: 'not-json' });
      }
  }
}

export type FormReading =
  | { ok: true; arguments: Record<string, unknown> }
  | { ok: false; faults: ReadonlyMap<string, FieldFault> };

export function readForm(fields: readonly FormField[], raw: ReadonlyMap<string, string>, given: Readonly<Record<string, unknown>>): FormReading {
  const faults = new Map<string, FieldFault>();
  const filled: Record<string, unknown> = { ...given };
  for (const field of fields) {
    const read = readField(field, raw.get(field.name) ?? field.initial);
    if (!read.ok) faults.set(field.name, read.why);
    else if (read.value !== undefined) filled[field.name] = read.value;
  }
  return faults.size === 0 ? { ok: true, arguments: filled } : { ok: false, faults };
}
