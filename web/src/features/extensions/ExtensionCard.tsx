import { useId } from 'react';
import { timeOfDay } from '../../copy/format';
import { extensionWords } from '../../copy/extensionWords';
import { words } from '../../copy/words';
import { Glyph } from '../../design/Glyph';
import type { ConsentCardState } from '../../stores/extensionsStore';
import { useDeaf } from '../approvals/useDeaf';
import { ExtensionConsent } from './ExtensionConsent';
import { ExtensionFacts } from './ExtensionFacts';

/** Code that somebody dropped in and that waits for a person: what it is, what it would be allowed. */
export function ExtensionCard({ card }: { card: ConsentCardState }) {
  const { extension } = card;
  const deaf = useDeaf();
  const headId = useId();
  const factsId = useId();
  const decided = card.decidedAt !== undefined;
  return (
    <article className={decided ? 'cc ext decided' : 'cc ext'} aria-labelledby={headId} data-consent={card.id} tabIndex={-1}>
      <header className="hd">
        <Glyph name={!decided ? 'info' : extension.state === 'running' ? 'done' : 'refused'} />
        <h3 id={headId}><bdi>{extension.name}</bdi></h3>
        <span className="t2 m s12"><bdi>{extension.version}</bdi></span>
        <span className="sp" />
        <span className="tag">{extensionWords.waiting}</span>
      </header>
      {decided ? (
        <p className="decision">
          {extensionWords.decided[extension.state]}
          {extension.decidedBy && ` ${words.approvals.by(extension.decidedBy, timeOfDay(Date.parse(extension.decidedAt ?? '')))}`}
          {extension.reason && <span className="t2"> <bdi>{extension.reason}</bdi></span>}
        </p>
      ) : (
        <>
          <ExtensionFacts extension={extension} id={factsId} />
          <ExtensionConsent extension={extension} deaf={deaf} label={extensionWords.hold} rejectable describedBy={factsId} />
        </>
      )}
    </article>
  );
}
