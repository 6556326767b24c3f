import { useEffect, useId } from 'react';
import { holdPanel } from '../../app/panels';
import { duration } from '../../copy/format';
import { panelWords as words } from '../../copy/panelWords';
import { Plate } from '../../design/Plate';
import { useConnectionStore } from '../../stores/connectionStore';
import { freshnessOf, placeKey, usePanelsStore, type PanelFreshness, type ShownPanel } from '../../stores/panelsStore';
import type { PanelInfo } from '../../transport/panelWire';
import { PanelBody } from './PanelBody';
import './panels.css';

/** One panel at one place; it is asked for as long as this is on the screen. */
export function PanelCard({ info, place }: { info: PanelInfo; place: string | null }) {
  const id = useId();
  const shown = usePanelsStore((state) => state.shown.get(placeKey({ id: info.id, ref: place })));
  const now = useConnectionStore((state) => state.now);
  const offset = useConnectionStore((state) => state.offset);
  const link = useConnectionStore((state) => state.links.events);
  useEffect(() => holdPanel({ id: info.id, ref: place }), [info.id, place]);
  const freshness = shown && freshnessOf(shown, { now, offset, link });
  const stale = freshness?.state === 'stale' && shown?.content !== undefined;
  const Heading = place === null ? 'h2' : 'h4';
  return (
    <section className={`${place === null ? 'p ' : ''}panel${stale ? ' stl' : ''}`} aria-labelledby={id} data-panel={info.id} data-stale={stale}>
      <header className="ph">
        <Heading id={id} className="d up" title={info.description}><bdi>{info.title}</bdi></Heading>
        <span className="note s12 t3">{words.from(info.provider)}</span>
        <span className="sp" />
        {freshness?.ageSeconds !== undefined && (stale
          ? <Plate kind="stale">{words.staleFor(duration(freshness.ageSeconds)).toUpperCase()}</Plate>
          : <span className="s12 t3 m">{words.age(duration(freshness.ageSeconds))}</span>)}
      </header>
      <div className="panel-body"><State info={info} shown={shown} freshness={freshness} stale={stale} /></div>
    </section>
  );
}

interface StateProps {
  info: PanelInfo;
  shown: ShownPanel | undefined;
  freshness: PanelFreshness | undefined;
  stale: boolean;
}

function State({ info, shown, freshness, stale }: StateProps) {
  if (!shown || (shown.content === undefined && shown.failure === undefined)) return <p className="skeleton lines" aria-label={words.loading} />;
  return (
    <>
      {shown.failure !== undefined && <p className="s12 t2 why">{words.failed(shown.failure)}</p>}
      {stale && shown.failure === undefined && freshness?.because && freshness.because !== 'failure' && <p className="s12 t2 why">{words.because[freshness.because]}</p>}
      {shown.content === undefined ? <p className="s12 t3">{words.nothingYet}</p> : <PanelBody content={shown.content} title={info.title} stale={stale} />}
    </>
  );
}
