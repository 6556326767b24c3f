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
  const [chosen, setChosen] = useState<boolean>();
  const id = useId();
  const alarm = value !== undefined && standing.is === 'known' && !standing.stale && (alarming?.(value) ?? false);
  const open = chosen ?? alarm;
  if (standing.is !== 'known' || value === undefined) {
    return (
      <section className="asp" aria-label={title} data-aspect={aspect} data-standing={standing.is}>
        <h4>{title}</h4>
        <span className="t2"><bdi>{absence(standing, failed)}</bdi></span>
      </section>
    );
  }
  return (
    <section className={standing.stale ? 'asp stl' : 'asp'} aria-label={title} data-aspect={aspect} data-standing={standing.stale ? 'stale' : 'known'}>
      <h4>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setChosen(!open)}>{title}</button>
      </h4>
      <span className={alarm ? 'sum alarm' : 'sum t2'}><bdi>{summary(value)}</bdi></span>
      {standing.stale && <Plate kind="stale">{words.plate.stale(standing.ageSeconds === undefined ? '' : duration(standing.ageSeconds))}</Plate>}
      <div id={id} hidden={!open} className="asp-body">{open && children(value)}</div>
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
