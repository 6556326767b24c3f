import { useState, type SubmitEvent } from 'react';
import { words } from '../../copy/words';
import { announceNow } from '../../a11y/announcer';
import { ApiError } from '../../transport/api';

export interface Submission {
  busy: boolean;
  problem: string | undefined;
  fieldFaults: ReadonlyMap<string, string>;
  /** What was said against a field was said against its old text. */
  edited: (field: string) => void;
  submit: (event: SubmitEvent, send: () => Promise<void>) => void;
}

/** One form at work: busy, and what the server said against it, field by field where it says so. */
export function useSubmit(): Submission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [fieldFaults, setFieldFaults] = useState<ReadonlyMap<string, string>>(new Map());

  const fail = (error: unknown) => {
    const known = error instanceof ApiError ? error : undefined;
    const faults = known?.fieldErrors ?? new Map<string, string>();
    const said = known?.retryAfterSeconds === undefined ? (known?.message ?? words.session.unreachable) : words.session.wait(known.retryAfterSeconds);
    setFieldFaults(faults);
    setProblem(faults.size > 0 ? undefined : said);
    announceNow(faults.size > 0 ? [...faults.values()].join(' ') : said);
  };

  const submit = (event: SubmitEvent, send: () => Promise<void>) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    setFieldFaults(new Map());
    send()
      .catch(fail)
      .finally(() => setBusy(false));
  };
  const edited = (field: string) => setFieldFaults((faults) => (faults.has(field) ? new Map([...faults].filter(([name]) => name !== field)) : faults));
  return { busy, problem, fieldFaults, edited, submit };
}
