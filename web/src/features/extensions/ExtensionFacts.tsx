import { bytes } from '../../copy/format';
import { extensionWords } from '../../copy/extensionWords';
import { CopyText } from '../../design/CopyText';
import { replacedBy, useExtensionsStore } from '../../stores/extensionsStore';
import type { Extension } from '../../transport/wire';

const MOST_ASKS = 100;

/** Who made it, which jar exactly, and what it asks for: all of it said by the jar, drawn as text. */
export function ExtensionFacts({ extension, id }: { extension: Extension; id?: string }) {
  const { signer } = extension;
  const replaced = useExtensionsStore((state) => replacedBy(extension, state.extensions));
  return (
    <div className="facts" id={id}>
      {extension.description && <p><bdi>{extension.description}</bdi></p>}
      {extension.replaces && <p className="repl">{replaced?.version ? extensionWords.replaces(replaced.version) : extensionWords.replacesSome}</p>}
      <dl>
        <div><dt>{extensionWords.file}</dt><dd><bdi>{extension.file}</bdi> <span className="t3">{bytes(extension.size)}</span></dd></div>
        {extension.symbolicName !== '' && <div><dt>{extensionWords.bundle}</dt><dd><bdi>{extension.symbolicName}</bdi></dd></div>}
        <div><dt>{extensionWords.sha}</dt><dd><CopyText what={extensionWords.sha} text={extension.sha256} grouped /></dd></div>
        <div>
          <dt>{extensionWords.signer}</dt>
          <dd>{signer ? <bdi>{signer.subject}</bdi> : <span className="unsigned">{extensionWords.unsigned}</span>}</dd>
        </div>
        {signer && (
          <div>
            <dt>{extensionWords.fingerprint}</dt>
            <dd>
              <CopyText what={extensionWords.fingerprint} text={signer.fingerprint} grouped />
              <span className="note">{extensionWords.signerNote}</span>
            </dd>
          </div>
        )}
      </dl>
      <Asks asks={extension.asks} />
    </div>
  );
}

function Asks({ asks }: { asks: readonly string[] }) {
  if (asks.length === 0) return <p className="t2">{extensionWords.asksNothing}</p>;
  return (
    <div className="asks">
      <p className="t3">{extensionWords.asks}</p>
      <ul className="scroll" tabIndex={0} aria-label={extensionWords.asks}>
        {asks.slice(0, MOST_ASKS).map((ask, at) => (
          <li key={at}><bdi>{ask}</bdi></li>
        ))}
        {asks.length > MOST_ASKS && <li>{extensionWords.asksMore(asks.length - MOST_ASKS)}</li>}
      </ul>
    </div>
  );
}
