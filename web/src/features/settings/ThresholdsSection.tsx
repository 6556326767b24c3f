import { useId, useState } from 'react';
import { thresholdWords as say } from '../../copy/thresholdWords';
import { words } from '../../copy/words';
import { problemKind, type ProblemKind } from '../../transport/careWire';
import { KindForm } from './KindForm';
import { ListState } from './ListState';
import { useList } from './useList';

/** What can be found wrong and by which limits, and a person's word on them. */
export function ThresholdsSection() {
  const { list, reload } = useList('api/problem-kinds', problemKind);
  const [changed, setChanged] = useState<ReadonlyMap<string, ProblemKind>>(new Map());
  const [text, setText] = useState('');
  const id = useId();
  const wanted = text.trim().toLowerCase();
  const onChanged = (kind: ProblemKind) => setChanged((before) => new Map(before).set(kind.id, kind));
  return (
    <section>
      <h3>{words.settings.sections.thresholds}</h3>
      <p className="t2 s13">{say.lead}</p>
      <div className="field">
        <label htmlFor={id}>{say.filter}</label>
        <input id={id} type="search" value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      </div>
      <ListState list={list} empty={say.empty} reload={reload}>
        {(fetched) => {
          const kinds = fetched.map((kind) => changed.get(kind.id) ?? kind);
          const off = kinds.filter(({ now }) => !now.enabled).map(({ title }) => title);
          const shown = kinds.filter(({ id: kind, title, explanation }) => `${kind} ${title} ${explanation}`.toLowerCase().includes(wanted));
          return (
            <>
              {off.length > 0 && <p className="notice" role="note" data-unwatched="">{say.unwatched(off)}</p>}
              {shown.length === 0 ? <p className="t2">{say.noMatch}</p> : <ul className="lines exts">{shown.map((kind) => <KindLine key={kind.id} kind={kind} onChanged={onChanged} />)}</ul>}
            </>
          );
        }}
      </ListState>
    </section>
  );
}

function KindLine({ kind, onChanged }: { kind: ProblemKind; onChanged: (kind: ProblemKind) => void }) {
  const [open, setOpen] = useState(false);
  const severity = words.problems.severity[kind.worst as keyof typeof words.problems.severity] as string | undefined;
  return (
    <li data-kind={kind.id} data-watched={kind.now.enabled}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <b><bdi>{kind.title}</bdi></b> <span className="m s12 t3">{kind.id}</span>
          {!kind.now.enabled && <span className="tag">{say.off}</span>}
          {kind.now.enabled && kind.settings.some(({ counts }) => counts) && <span className="tag">{say.set}</span>}
        </summary>
        <p className="t2"><bdi>{kind.explanation}</bdi></p>
        <p className="s12 t2">{say.worst((severity ?? kind.worst).toLowerCase())}, {say.after(kind.now.after)}, {say.gone(kind.now.clearAfter)}</p>
        {kind.noRemedy && <p className="s12"><span className="t3">{say.remedy}</span> <bdi>{kind.noRemedy}</bdi></p>}
        {open && <KindForm kind={kind} onChanged={onChanged} />}
      </details>
    </li>
  );
}
