import './presented.css';
import { useState } from 'react';
import { presentedWords } from '../../copy/presentedWords';
import { useCourse } from '../../app/courses';
import { statusWord } from '../../copy/words';
import { useClusterStore } from '../../stores/clusterStore';
import { usePresentedStore } from '../../stores/presentedStore';
import type { Figures } from '../../stores/seriesStore';
import { Chart } from '../charts/Chart';
import { Facts } from '../details/Facts';
import { LogLines } from '../tasks/LogLines';
import { drawings, type Presented, type PresentedChart } from './presented';

const MINUTE_MS = 60_000;

/** Draws what is presented: each kind by a component of this page. */
export function PresentedData({ data }: { data: Presented }) {
  switch (data.show) {
    case 'chart':
      return <Charts key={JSON.stringify(data)} data={data} />;
    case 'table':
      return <Table data={data} />;
    case 'log':
      return data.lines.length === 0 ? <p className="empty">{presentedWords.noLines}</p> : <div className="pr-body"><LogLines title={data.title} buffer={{ first: 0, lines: data.lines }} running={false} /></div>;
    case 'plan':
      return <Plan data={data} />;
    case 'resource':
      return <ShownResource data={data} />;
  }
}

function Charts({ data }: { data: PresentedChart }) {
  const [minutes, setMinutes] = useState(data.minutes);
  const refs = [...new Set(data.series.map(({ ref }) => ref))];
  const spans = Object.entries(presentedWords.spans).map(([span, label]) => [Number(span), label] as const);
  return (
    <div className="pr-body">
      <div className="seg" role="group" aria-label={presentedWords.span}>
        {spans.map(([span, label]) => <button key={span} type="button" aria-pressed={minutes === span} onClick={() => setMinutes(span)}>{label}</button>)}
      </div>
      <Courses refs={refs} minutes={minutes} known={new Map()}>
        {(known, to, failure) => (
          <>
            {failure && <p className="t2 s12"><bdi>{presentedWords.failed(failure)}</bdi></p>}
            {drawings(data.series).map(({ unit, series }) => (
              <Chart
                key={unit} title={data.title} unit={unit} span={{ from: to - minutes * MINUTE_MS, to }}
                lines={series.map(({ ref, figure, label }) => ({ label: label ?? (refs.length > 1 ? `${nameOf(ref)} ${presentedWords.figures[figure] ?? figure}` : (presentedWords.figures[figure] ?? figure)), points: known.get(ref)?.[figure] ?? [] }))}
              />
            ))}
          </>
        )}
      </Courses>
    </div>
  );
}

const nameOf = (ref: string): string => useClusterStore.getState().entities.get(ref)?.name ?? ref;

interface CoursesProps {
  refs: readonly string[];
  minutes: number;
  known: ReadonlyMap<string, Figures>;
  failure?: string;
  to?: number;
  children: (known: ReadonlyMap<string, Figures>, to: number, failure: string | undefined) => React.ReactNode;
}

/** One course after the other, as many as there are: each is a question of its own. */
function Courses({ refs: [ref, ...rest], minutes, known, failure, to, children }: CoursesProps) {
  const course = useCourse({ ref: ref ?? '', minutes });
  if (ref === undefined) return null;
  if (!course) return <p className="skeleton tall" aria-label={presentedWords.loading} />;
  const now = new Map(known).set(ref, course.figures), latest = Math.max(to ?? 0, course.at), why = failure ?? course.failure;
  return rest.length === 0 ? <>{children(now, latest, why)}</> : <Courses refs={rest} minutes={minutes} known={now} failure={why} to={latest}>{children}</Courses>;
}

function Table({ data: { title, columns, rows } }: { data: Extract<Presented, { show: 'table' }> }) {
  if (rows.all === 0) return <p className="empty">{presentedWords.noRows}</p>;
  return (
    <div className="scroll pr-body" tabIndex={0} role="group" aria-label={title}>
      <table>
        <thead><tr>{columns.map((column, at) => <th key={at} scope="col"><bdi>{column}</bdi></th>)}</tr></thead>
        <tbody>
          {rows.shown.map((row, at) => <tr key={at}>{columns.map((_, n) => <td key={n} className={typeof row[n] === 'number' ? 'm' : undefined}><bdi>{row[n] === null || row[n] === undefined ? '–' : String(row[n])}</bdi></td>)}</tr>)}
        </tbody>
      </table>
      {rows.all > rows.shown.length && <p className="t2 s12">{presentedWords.rows(rows.shown.length, rows.all)}</p>}
    </div>
  );
}

function Plan({ data: { steps } }: { data: Extract<Presented, { show: 'plan' }> }) {
  return (
    <div className="pr-body">
      <ol className="pr-plan">{steps.map(({ title, detail }, at) => <li key={at}><bdi>{title}</bdi>{detail !== undefined && <p className="t2 s12"><bdi>{detail}</bdi></p>}</li>)}</ol>
      <p className="t3 s12">{presentedWords.planOnly}</p>
    </div>
  );
}

function ShownResource({ data }: { data: Extract<Presented, { show: 'resource' }> }) {
  const item = useClusterStore((state) => state.entities.get(data.ref));
  return (
    <div className="pr-body">
      {item ? <Facts rows={[[presentedWords.kind[item.kind], item.name], [presentedWords.status, statusWord(item.status)]]} /> : <p className="t2">{presentedWords.gone}</p>}
      <Facts wide rows={data.facts.map(({ label, value }) => [label, value === null ? '–' : String(value)] as const)} />
      {item && item.kind !== 'cluster' && <button type="button" onClick={() => usePresentedStore.getState().show({ show: 'chart', title: item.name, series: [{ ref: item.ref, figure: item.kind === 'storage' ? 'disk' : 'cpu' }] })}>{presentedWords.show}</button>}
    </div>
  );
}
