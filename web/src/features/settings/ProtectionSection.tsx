import { useState } from 'react';
import { settingsWords } from '../../copy/settingsWords';
import { api } from '../../app/server';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { protection, whereabouts, type Protection, type Whereabouts } from '../../transport/wire';
import { AliasesSection } from './AliasesSection';
import { AutonomySection } from './AutonomySection';
import { Confirmed } from './Confirmed';
import { ListState } from './ListState';
import { PlaceForm } from './PlaceForm';
import { ReleaseForm } from './ReleaseForm';
import { TypedWordsSection } from './TypedWordsSection';
import { useList } from './useList';

/** What no action may harm and why, and where Jarvis itself runs. */
export function ProtectionSection() {
  const protections = useList('api/protections', protection);
  const places = useList('api/whereabouts', whereabouts);
  const reload = () => {
    places.reload();
    protections.reload();
  };
  return (
    <>
      <AutonomySection />
      <TypedWordsSection />
      <AliasesSection />
      <section>
        <h3>{settingsWords.protection.title}</h3>
        <p className="t2 s12">{settingsWords.protection.lead}</p>
        <ListState list={protections.list} empty={settingsWords.protection.empty} reload={protections.reload}>
          {(items) => (
            <ul className="lines exts">
              {items.map((item) => <ProtectionLine key={`${item.source} ${item.ref ?? item.name}`} item={item} reload={protections.reload} />)}
            </ul>
          )}
        </ListState>
      </section>
      <section>
        <h3>{settingsWords.protection.place}</h3>
        <p className="t2 s12">{settingsWords.protection.placeLead}</p>
        <ListState list={places.list} empty={settingsWords.protection.noClusters} reload={places.reload}>
          {(items) => (
            <ul className="lines exts">
              {items.map((item) => <PlaceLine key={item.cluster} item={item} reload={reload} />)}
            </ul>
          )}
        </ListState>
      </section>
    </>
  );
}

function ProtectionLine({ item, reload }: { item: Protection; reload: () => void }) {
  const live = useConnectionStore(isLive);
  const [asking, setAsking] = useState(false);
  return (
    <li data-protection={item.ref ?? item.name} data-source={item.source}>
      <div className="head">
        <p><b><bdi>{item.name}</bdi></b> <span className="tag">{settingsWords.protection.source[item.source]}</span></p>
        {item.releasable && !asking && (
          <button type="button" aria-label={settingsWords.protection.releaseOf(item.name)} disabled={!live} onClick={() => setAsking(true)}>{settingsWords.protection.release}</button>
        )}
      </div>
      <p className="t2 s12"><bdi>{item.reason}</bdi> {item.obstacle && <bdi>{item.obstacle}</bdi>}</p>
      {asking && <ReleaseForm item={item} onDone={reload} onKept={() => setAsking(false)} />}
    </li>
  );
}

function placeOf(item: Whereabouts): string {
  const { places } = settingsWords.protection;
  return item.place === 'guest' ? places.guest(String(item.guest ?? '')) : places[item.place];
}

function PlaceLine({ item, reload }: { item: Whereabouts; reload: () => void }) {
  const live = useConnectionStore(isLive);
  const path = `api/whereabouts/${encodeURIComponent(item.cluster)}`;
  const takeBack = async () => {
    await api.remove(path);
    reload();
  };
  return (
    <li data-place={item.place} data-cluster={item.cluster}>
      <div className="head">
        <p>
          <b><bdi>{item.cluster}</bdi></b>: {placeOf(item)} <span className="t2 s12">{settingsWords.protection.by[item.source]}</span>
        </p>
        {item.source === 'person' && (
          <Confirmed label={settingsWords.protection.takeBack} question={settingsWords.protection.takeBackSure} keep={settingsWords.protection.keepStated} of={item.cluster} stays disabled={!live} act={takeBack} />
        )}
      </div>
      <p className="t2 s12"><bdi>{item.reason}</bdi></p>
      {item.source !== 'configuration' && item.source !== 'person' && <PlaceForm cluster={item.cluster} path={path} disabled={!live} onDone={reload} />}
    </li>
  );
}
