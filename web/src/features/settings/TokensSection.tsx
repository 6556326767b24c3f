import { useEffect, useRef, useState } from 'react';
import { dateAndTime } from '../../copy/format';
import { settingsWords } from '../../copy/settingsWords';
import { api } from '../../app/server';
import { useConnectionStore } from '../../stores/connectionStore';
import { CopyText } from '../../design/CopyText';
import { apiToken, type ApiToken, type MadeToken } from '../../transport/wire';
import { Confirmed } from './Confirmed';
import { ListState } from './ListState';
import { TokenForm } from './TokenForm';
import { useList } from './useList';

/** Keys for programs: made, shown once, revoked. The secret lives in this component alone. */
export function TokensSection({ onUnsaved }: { onUnsaved: (unsaved: boolean) => void }) {
  const { list, reload } = useList('api/auth/tokens', apiToken);
  const [made, setMade] = useState<MadeToken>();
  const [taken, setTaken] = useState(false);
  const onMade = (token: MadeToken) => {
    setMade(token);
    onUnsaved(true);
    reload();
  };
  const dismiss = () => {
    setMade(undefined);
    setTaken(true);
    onUnsaved(false);
  };
  return (
    <>
      {made ? <FreshToken made={made} onTaken={() => onUnsaved(false)} dismiss={dismiss} /> : <TokenForm onMade={onMade} autoFocus={taken} />}
      <section>
        <h3>{settingsWords.tokens.list}</h3>
        <ListState list={list} empty={settingsWords.tokens.empty} reload={reload}>
          {(tokens) => (
            <ul className="lines">
              {tokens.map((token) => (
                <TokenLine key={token.id} token={token} reload={reload} />
              ))}
            </ul>
          )}
        </ListState>
      </section>
    </>
  );
}

function FreshToken({ made, onTaken, dismiss }: { made: MadeToken; onTaken: () => void; dismiss: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="fresh" data-fresh-token="">
      <h3 ref={heading} tabIndex={-1}>{settingsWords.tokens.fresh}: <bdi>{made.name}</bdi></h3>
      <p>{settingsWords.tokens.once}</p>
      <CopyText what={settingsWords.tokens.fresh} text={made.token} onCopied={onTaken} />
      <div className="send"><button type="button" onClick={dismiss}>{settingsWords.tokens.done}</button></div>
    </section>
  );
}

function TokenLine({ token, reload }: { token: ApiToken; reload: () => void }) {
  const now = useConnectionStore((state) => Math.floor((state.now + state.offset) / 60_000) * 60_000);
  const revoke = async () => {
    await api.remove(`api/auth/tokens/${encodeURIComponent(token.id)}`);
    reload();
  };
  const ends = token.expiresAt ? Date.parse(token.expiresAt) : undefined;
  return (
    <li data-token={token.id}>
      <div>
        <p>
          <b><bdi>{token.name}</bdi></b> {token.kind === 'login' && <span className="t2 s12">{settingsWords.tokens.login}</span>}{' '}
          {token.scopes.map((scope) => <span key={scope} className="tag">{scope}</span>)}
          {token.audience === 'mcp' && <span className="tag">{settingsWords.tokens.mcpAlone}</span>}
        </p>
        <p className="t2 s12">
          {settingsWords.tokens.made} {dateAndTime(Date.parse(token.createdAt))}, {token.lastUsedAt ? `${settingsWords.tokens.used} ${dateAndTime(Date.parse(token.lastUsedAt))}` : settingsWords.tokens.unused},{' '}
          {ends === undefined ? settingsWords.tokens.endless : ends <= now ? settingsWords.tokens.expired : `${settingsWords.tokens.ends} ${dateAndTime(ends)}`}
        </p>
      </div>
      <Confirmed label={settingsWords.tokens.revoke} question={settingsWords.tokens.revokeSure} of={token.name} act={revoke} />
    </li>
  );
}
