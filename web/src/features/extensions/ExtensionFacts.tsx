import { bytes } from '../../copy/format';
import { words } from '../../copy/words';
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
      {extension.replaces && <p className="repl">{replaced?.version ? words.extensions.replaces(replaced.version) : words.extensions.replacesSome}</p>}
      <dl>
        <div><dt>{words.extensions.file}</dt><dd><bdi>{extension.file}</bdi> <span className="t3">{bytes(extension.size)}</span></dd></div>
        {extension.symbolicName !== '' && <div><dt>{words.extensions.bundle}</dt><dd><bdi>{extension.symbolicName}</bdi></dd></div>}
        <div><dt>{words.extensions.sha}</dt><dd><CopyText what={words.extensions.sha} text={extension.sha256} grouped /></dd></div>
        <div>
          <dt>{words.extensions.signer}</dt>
          <dd>{signer ? <bdi>{signer.subject}</bdi> : <span className="unsigned">{words.extensions.unsigned}</span>}</dd>
        </div>
        {signer && (
          <div>
            <dt>{words.extensions.fingerprint}</dt>
            <dd>
              <CopyText what={words.extensions.fingerprint} text={signer.fingerprint} grouped />
              <span className="note">{words.extensions.signerNote}</span>
            </dd>
          </div>
        )}
      </dl>
      <Asks asks={extension.asks} />
    </div>
  );
}

function Asks({ asks }: { asks: readonly string[] }) {
  if (asks.length === 0) return <p className="t2">{words.extensions.asksNothing}</p>;
  return (
    <div className="asks">
      <p className="t3">{words.extensions.asks}</p>
      <ul className="scroll" tabIndex={0} aria-label={words.extensions.asks}>
        {asks.slice(0, MOST_ASKS).map((ask, at) => (
          <li key={at}><bdi>{ask}</bdi></li>
        ))}
        {asks.length > MOST_ASKS && <li>{words.extensions.asksMore(asks.length - MOST_ASKS)}</li>}
      </ul>
    </div>
  );
}
