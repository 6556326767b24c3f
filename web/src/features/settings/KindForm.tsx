import { useState, type SubmitEvent } from 'react';
import { announceNow } from '../../a11y/announcer';
import { api } from '../../app/server';
import { thresholdWords as say } from '../../copy/thresholdWords';
import { words } from '../../copy/words';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { ApiError } from '../../transport/api';
import { problemKind, type ProblemKind } from '../../transport/careWire';
import { changesOf, currentOf, isInFile, isSound, keysOf, linesOf, plain, usualOf, type KindWish } from './kindLines';
import { KindNotes, Lines, Setting, WhoSetIt } from './KindNotes';
import { useFaultFocus } from './useFaultFocus';

interface KindFormProps {
  kind: ProblemKind;
  onChanged: (kind: ProblemKind) => void;
}

interface Fault {
  fields: ReadonlyMap<string, string>;
  why: string | undefined;
}

const NO_FAULT: Fault = { fields: new Map(), why: undefined };

function faultOf(error: unknown): Fault {
  if (!(error instanceof ApiError)) return { fields: new Map(), why: words.session.unreachable };
  const { fieldErrors } = error;
  return { fields: fieldErrors, why: fieldErrors.size > 0 ? undefined : error.message };
}

/** The values of one kind, to be set and taken back by a person; the server has the last word on each. */
export function KindForm({ kind, onChanged }: KindFormProps) {
  const [wish, setWish] = useState<KindWish>(new Map());
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault>(NO_FAULT);
  const { form, refused } = useFaultFocus();
  const live = useConnectionStore(isLive);
  const value = (key: string) => wish.get(key) ?? currentOf(kind, key);
  const changes = changesOf(kind, wish);
  const wrong = keysOf(kind).some((key) => !isSound(kind, key, value(key)));
  const idle = Object.keys(changes).length === 0;
  const isSet = kind.settings.some(({ source }) => source === 'person');

  const set = (key: string, next: string) => {
    setWish(new Map(wish).set(key, next));
    setFault(NO_FAULT);
  };
  const send = async (ask: () => Promise<ProblemKind>, said: string) => {
    setBusy(true);
    setFault(NO_FAULT);
    try {
      onChanged(await ask());
      setWish(new Map());
      announceNow(said);
    } catch (error) {
      const next = faultOf(error);
      setFault(next);
      refused();
      announceNow(next.why ?? [...next.fields.values()].join(' '));
    } finally {
      setBusy(false);
    }
  };
  const path = `api/problem-kinds/${encodeURIComponent(kind.id)}`;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || !live || idle) return;
    if (wrong) refused();
    else void send(() => api.put(path, { values: changes }, problemKind), say.saved(kind.title));
  };
  const takeBack = () => {
    if (busy || !live) return;
    const values = Object.fromEntries(kind.settings.filter(({ source }) => source === 'person').map(({ key }) => [key, null]));
    void send(() => api.put(path, { values }, problemKind), say.isBack(kind.title));
  };
  const field = (key: string, label: string, hint: string, rule: string) => (
    <Setting
      key={key}
      label={label}
      value={value(key)}
      named={isInFile(kind, key)}
      wrong={fault.fields.get(key) ?? (isSound(kind, key, value(key)) ? undefined : rule)}
      hint={isInFile(kind, key) ? say.inFile : hint}
      onChange={(next) => set(key, next)}
    />
  );
  const why = live ? (idle ? say.nothingToSave : wrong ? say.notYet : undefined) : words.link.refusal;
  return (
    <form ref={form} className="fields kind" noValidate onSubmit={save}>
      {kind.limits.map((limit) =>
        field(limit.name, say.limit(limit.title, limit.unit), say.range(plain(limit.least), plain(limit.most), plain(limit.value)), say.wrong(plain(limit.least), plain(limit.most))),
      )}
      {field('after', say.afterLabel, say.usualTime(usualOf(kind, 'after')), say.time)}
      {field('gone', say.goneLabel, say.usualTime(usualOf(kind, 'gone')), say.time)}
      <label className="check">
        <input type="checkbox" checked={value('enabled') === 'true'} disabled={isInFile(kind, 'enabled')} onChange={(event) => set('enabled', String(event.target.checked))} />
        <span>{say.watched}{isInFile(kind, 'enabled') && <span className="t3 s12"> {say.inFile}</span>}</span>
      </label>
      {fault.fields.has('enabled') && <p className="fault">{fault.fields.get('enabled')}</p>}
      <KindNotes kind={kind} changes={changes} />
      {fault.why && <p className="notice" role="note">{fault.why}</p>}
      <div className="send">
        <button type="submit" className="pri" aria-label={say.saveOf(kind.title)} aria-disabled={!live || idle || busy} title={why}>{busy ? words.session.busy : say.save}</button>
        {isSet && <button type="button" aria-label={say.backOf(kind.title)} aria-disabled={!live || busy} onClick={takeBack}>{say.back}</button>}
        {why && <span className="t2 s12">{why}</span>}
      </div>
      <WhoSetIt kind={kind} />
      <Lines text={linesOf(kind, wish)} />
    </form>
  );
}
