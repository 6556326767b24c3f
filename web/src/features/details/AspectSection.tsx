import './details.css';
import { useId, useState, type ReactNode } from 'react';
import { duration } from '../../copy/format';
import { resourceWords } from '../../copy/resourceWords';
import { words } from '../../copy/words';
import { Plate } from '../../design/Plate';
import { useAspect, type Standing } from '../../stores/detailsStore';
import type { AspectName, AspectValue } from '../../transport/detailWire';

interface AspectSectionProps<N extends AspectName> {
  title: string;
  of: string;
  aspect: N;
  /** What it comes to, in a word or two. */
  summary: (value: AspectValue<N>) => string;
  /** Whether it wants somebody: then it is open by itself, and its summary stands out. */
  alarming?: (value: AspectValue<N>) => boolean;
  /** In the words for a failure of this code, where there are better ones than the server's. */
  failed?: (code: string) => string | undefined;
  children: (value: AspectValue<N>) => ReactNode;
}

/** One side of a resource, folded to a line; says how old it is, and why it is not there where it is not. */
export function AspectSection<N extends AspectName>({ title, of, aspect, summary, alarming, failed, children }: AspectSectionProps<N>) {
  const { standing, value } = useAspect(of, aspect);
  if (standing.is !== 'known' || value === undefined) {
    return (
      <section className="asp" aria-label={title} data-aspect={aspect} data-standing={standing.is}>
        <span className="asp-h">{title}</span>
        <span className="t2"><bdi>{absence(standing, failed)}</bdi></span>
      </section>
    );
  }
  return (
    <Fold title={title} name={aspect} summary={summary(value)} standing={standing} alarm={!standing.stale && (alarming?.(value) ?? false)}>
      {() => children(value)}
    </Fold>
  );
}

interface FoldProps {
  title: string;
  name: string;
  summary: string;
  standing: Extract<Standing, { is: 'known' }>;
  alarm?: boolean;
  children: () => ReactNode;
}

/** A line that opens in place; by itself where it alarms. */
export function Fold({ title, name, summary, standing, alarm = false, children }: FoldProps) {
  const [chosen, setChosen] = useState<boolean>();
  const id = useId();
  const open = chosen ?? alarm;
  return (
    <section className={standing.stale ? 'asp stl' : 'asp'} aria-label={title} data-aspect={name} data-standing={standing.stale ? 'stale' : 'known'}>
      <span className="asp-h">
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setChosen(!open)}>{title}</button>
      </span>
      <span className={alarm ? 'sum alarm' : 'sum t2'}><bdi>{summary}</bdi></span>
      {standing.stale && <Plate kind="stale">{words.plate.stale(standing.ageSeconds === undefined ? '' : duration(standing.ageSeconds))}</Plate>}
      <div id={id} hidden={!open} className="asp-body">{open && children()}</div>
      {standing.incomplete && <p className="asp-note"><bdi>{resourceWords.aspect.incomplete(standing.incomplete)}</bdi></p>}
      {standing.why && <p className="asp-note"><bdi>{resourceWords.aspect.again(standing.why)}</bdi></p>}
    </section>
  );
}

/** Why an aspect is not there, or not to be relied on. */
export function absence(standing: Standing, failed?: (code: string) => string | undefined): string {
  switch (standing.is) {
    case 'waiting':
      return resourceWords.aspect.waiting;
    case 'failed':
      return failed?.(standing.code) ?? resourceWords.aspect.failed(standing.why);
    case 'unreadable':
      return resourceWords.aspect.unreadable;
    case 'known':
      return words.plate.stale(standing.ageSeconds === undefined ? '' : duration(standing.ageSeconds)).toLowerCase();
  }
}
