import { useEffect, useId } from 'react';
import { dateAndTime } from '../../copy/format';
import { extensionWords } from '../../copy/extensionWords';
import { words } from '../../copy/words';
import { decideExtension, loadExtensions } from '../../app/extensions';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { useExtensionsStore } from '../../stores/extensionsStore';
import type { Extension, ExtensionState } from '../../transport/wire';
import { useDeaf } from '../approvals/useDeaf';
import { ExtensionConsent } from '../extensions/ExtensionConsent';
import { ExtensionFacts } from '../extensions/ExtensionFacts';
import { Confirmed } from './Confirmed';
import { ListFailure } from './ListState';

const glyphs: Record<ExtensionState, GlyphName> = { 'awaiting-consent': 'info', running: 'normal', rejected: 'refused', failed: 'warning', unacceptable: 'refused' };
const order: readonly ExtensionState[] = ['awaiting-consent', 'failed', 'running', 'rejected', 'unacceptable'];

/** Every jar that was dropped in, whatever became of it. */
export function ExtensionsSection() {
  const extensions = useExtensionsStore((state) => state.extensions);
  const list = useExtensionsStore((state) => state.list);
  const why = useExtensionsStore((state) => state.why);
  useEffect(() => {
    void loadExtensions();
  }, []);
  const reload = () => void loadExtensions();
  return (
    <section>
      <h3 className="sr">{words.settings.sections.extensions}</h3>
      {why !== undefined && <ListFailure why={why} reload={reload} />}
      {list === 'unknown' && <p className="skeleton lines">{words.settings.loading}</p>}
      {list === 'known' && extensions.length === 0 && <p className="t2">{extensionWords.empty}</p>}
      <ul className="lines exts">
        {[...extensions].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)).map((extension) => (
          <ExtensionLine key={extension.id} extension={extension} />
        ))}
      </ul>
    </section>
  );
}

function ExtensionLine({ extension }: { extension: Extension }) {
  const live = useConnectionStore(isLive);
  const deaf = useDeaf();
  const factsId = useId();
  const waits = extension.state === 'awaiting-consent';
  const consentable = waits || extension.state === 'rejected' || extension.state === 'failed';
  const stop = async () => {
    await decideExtension(extension.id, 'reject', false);
  };
  return (
    <li data-extension={extension.id} data-state={extension.state}>
      <div className="head">
        <Glyph name={glyphs[extension.state]} />
        <p>
          <b><bdi>{extension.name}</bdi></b> <span className="m s12 t2"><bdi>{extension.version}</bdi></span>{' '}
          <span className="oc">{extensionWords.state[extension.state]}</span>
          {extension.decidedBy && <span className="t2 s12"> <bdi>{extensionWords.by(extension.decidedBy, dateAndTime(Date.parse(extension.decidedAt ?? '')))}</bdi></span>}
        </p>
        {extension.state === 'running' && <Confirmed label={extensionWords.stop} question={extensionWords.stopSure} keep={extensionWords.keep} of={extension.name} stays disabled={!live} act={stop} />}
      </div>
      {extension.reason && <p className="reasons"><bdi>{extension.reason}</bdi></p>}
      <details open={waits}>
        <summary>{extensionWords.details}</summary>
        <ExtensionFacts extension={extension} id={factsId} />
        {consentable && <ExtensionConsent extension={extension} deaf={deaf} label={waits ? extensionWords.hold : extensionWords.again} rejectable={extension.state !== 'rejected'} describedBy={factsId} />}
      </details>
    </li>
  );
}
