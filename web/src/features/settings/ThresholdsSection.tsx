import { useId, useState } from 'react';
import { thresholdWords as say } from '../../copy/careWords';
import { words } from '../../copy/words';
import { CopyText } from '../../design/CopyText';
import { problemKind, type ProblemKind } from '../../transport/careWire';
import { isSound, linesOf, plain, type KindWish } from './kindLines';
import { ListState } from './ListState';
import { useList } from './useList';

/** What can be found wrong and by which limits, with the line of the file that sets another. */
export function ThresholdsSection() {
  const { list, reload } = useList('api/problem-kinds', problemKind);
  const [text, setText] = useState('');
  const id = useId();
  const wanted = text.trim().toLowerCase();
  return (
    <section>
      <h3>{words.settings.sections.thresholds}</h3>
      <p className="t2 s13">{say.lead}</p>
      <div className="field">
        <label htmlFor={id}>{say.filter}</label>
        <input id={id} type="search" value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      </div>
      <ListState list={list} empty={say.empty} reload={reload}>
        {(kinds) => {
          const shown = kinds.filter(({ id: kind, title, explanation }) => `${kind} ${title} ${explanation}`.toLowerCase().includes(wanted));
          return shown.length === 0 ? <p className="t2">{say.noMatch}</p> : <ul className="lines exts">{shown.map((kind) => <KindLine key={kind.id} kind={kind} />)}</ul>;
        }}
      </ListState>
    </section>
  );
}

function KindLine({ kind }: { kind: ProblemKind }) {
  const [open, setOpen] = useState(false);
  const severity = words.problems.severity[kind.worst as keyof typeof words.problems.severity] as string | undefined;
  return (
    <li data-kind={kind.id}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary><b><bdi>{kind.title}</bdi></b> <span className="m s12 t3">{kind.id}</span></summary>
        <p className="t2"><bdi>{kind.explanation}</bdi></p>
        <p className="s12 t2">{say.worst((severity ?? kind.worst).toLowerCase())}, {say.after(kind.after)}, {say.gone(kind.clearAfter)}</p>
        {kind.noRemedy && <p className="s12"><span className="t3">{say.remedy}</span> <bdi>{kind.noRemedy}</bdi></p>}
        {open && <KindForm kind={kind} />}
      </details>
    </li>
  );
}

function KindForm({ kind }: { kind: ProblemKind }) {
  const [wish, setWish] = useState<KindWish>(new Map());
  const set = (key: string, value: string) => setWish(new Map(wish).set(key, value));
  const lines = linesOf(kind, wish);
  const value = (key: string, usual: string) => wish.get(key) ?? usual;
  return (
    <div className="fields">
      {kind.limits.map((limit) => (
        <Setting
          key={limit.name}
          label={say.limit(limit.title, limit.unit)}
          value={value(limit.name, plain(limit.value))}
          wrong={isSound(kind, limit.name, value(limit.name, plain(limit.value))) ? undefined : say.wrong(plain(limit.least), plain(limit.most))}
          hint={say.range(plain(limit.least), plain(limit.most), plain(limit.value))}
          onChange={(next) => set(limit.name, next)}
        />
      ))}
      <Setting label={say.afterLabel} value={value('after', `${String(kind.after)}s`)} wrong={isSound(kind, 'after', value('after', '0')) ? undefined : say.time} hint={say.time} onChange={(next) => set('after', next)} />
      <Setting label={say.goneLabel} value={value('gone', `${String(kind.clearAfter)}s`)} wrong={isSound(kind, 'gone', value('gone', '0')) ? undefined : say.time} hint={say.time} onChange={(next) => set('gone', next)} />
      <label className="check">
        <input type="checkbox" checked={value('enabled', 'true') === 'true'} onChange={(event) => set('enabled', String(event.target.checked))} />
        <span>{say.watched}</span>
      </label>
      <div data-lines="">
        <p className="s12 t2">{say.lines}</p>
        {lines === '' ? <p className="t3 s12">{say.unchanged}</p> : <CopyText what={say.lines} text={lines} />}
      </div>
    </div>
  );
}

interface SettingProps {
  label: string;
  value: string;
  wrong: string | undefined;
  hint: string;
  onChange: (value: string) => void;
}

function Setting({ label, value, wrong, hint, onChange }: SettingProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} inputMode="decimal" value={value} aria-invalid={wrong !== undefined} aria-describedby={`${id}-d`} onChange={(event) => onChange(event.target.value)} />
      <p id={`${id}-d`} className={wrong ? 'fault' : 't3 s12'}>{wrong ?? hint}</p>
    </div>
  );
}
