import { useId, useState } from 'react';
import { words } from '../../copy/words';
import type { Offer } from '../../transport/wire';
import { useUiStore, type Sheet as SheetState } from '../../stores/uiStore';
import { fieldsOf, readForm, type FieldFault, type FormField } from './schemaForm';
import { Sheet } from './Sheet';
import { proceed } from './choose';

export function faultWords(fault: FieldFault): string {
  const { faults } = words.actions;
  switch (fault.fault) {
    case 'missing': return faults.missing;
    case 'not-a-number': return faults.notANumber;
    case 'not-whole': return faults.notWhole;
    case 'too-small': return faults.tooSmall(fault.minimum);
    case 'too-large': return faults.tooLarge(fault.maximum);
    case 'too-short': return faults.tooShort(fault.minLength);
    case 'too-long': return faults.tooLong(fault.maxLength);
    case 'pattern': return faults.pattern(fault.pattern);
    case 'not-json': return faults.notJson;
  }
}

/** A form drawn from the tool's own schema, for the arguments that the menu could not know. */
export function FormSheet({ sheet }: { sheet: Extract<SheetState, { show: 'form' }> }) {
  const { offer, targetName } = sheet;
  const given = offer.arguments ?? {};
  const fields = fieldsOf(offer.schema ?? {}, given);
  const [raw, setRaw] = useState<ReadonlyMap<string, string>>(new Map());
  const [faults, setFaults] = useState<ReadonlyMap<string, FieldFault>>(new Map());
  const close = () => useUiStore.getState().showSheet(undefined);

  const submit = (complete: Offer) => {
    const reading = readForm(fields, raw, given);
    if (!reading.ok) {
      setFaults(reading.faults);
      return;
    }
    close();
    void proceed(complete, reading.arguments, targetName);
  };

  return (
    <Sheet title={offer.title} kicker={targetName} onClose={close}>
      {offer.description && <p className="t2">{offer.description}</p>}
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(offer);
        }}
      >
        {fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={raw.get(field.name) ?? field.initial}
            fault={faults.get(field.name)}
            onChange={(value) => setRaw(new Map(raw).set(field.name, value))}
          />
        ))}
        <footer>
          <button type="submit" className="pri">{words.actions.continueLabel}</button>
          <button type="button" className="quiet" onClick={close}>{words.actions.cancel}</button>
        </footer>
      </form>
    </Sheet>
  );
}

function Field({ field, value, fault, onChange }: { field: FormField; value: string; fault: FieldFault | undefined; onChange: (value: string) => void }) {
  const id = useId();
  const described = `${id}-d`;
  const shared = { id, 'aria-invalid': fault !== undefined, 'aria-describedby': described, 'aria-required': field.required };
  return (
    <div className="field">
      <label htmlFor={id}>
        {field.label} {!field.required && <span className="t3">{words.actions.optional}</span>}
      </label>
      {field.kind === 'choice' || field.kind === 'boolean' ? (
        <select {...shared} value={value} onChange={(event) => onChange(event.target.value)}>
          {field.kind === 'boolean' ? ['false', 'true'].map((choice) => <option key={choice}>{choice}</option>) : ['', ...(field.choices ?? [])].map((choice) => <option key={choice}>{choice}</option>)}
        </select>
      ) : field.kind === 'json' ? (
        <textarea {...shared} rows={4} value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...shared} inputMode={field.kind === 'text' ? 'text' : 'decimal'} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
      <p id={described} className={fault ? 'fault' : 't3 s12'}>{fault ? faultWords(fault) : field.description}</p>
    </div>
  );
}
