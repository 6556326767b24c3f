import { useEffect, useRef, useState } from 'react';
import { dateAndTime } from '../../copy/format';
import { words } from '../../copy/words';
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
        <h3>{words.tokens.list}</h3>
        <ListState list={list} empty={words.tokens.empty} reload={reload}>
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
      <h3 ref={heading} tabIndex={-1}>{words.tokens.fresh}: <bdi>{made.name}</bdi></h3>
      <p>{words.tokens.once}</p>
      <CopyText what={words.tokens.fresh} text={made.token} onCopied={onTaken} />
      <div className="send"><button type="button" onClick={dismiss}>{words.tokens.done}</button></div>
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
          <b><bdi>{token.name}</bdi></b> {token.kind === 'login' && <span className="t2 s12">{words.tokens.login}</span>}{' '}
          {token.scopes.map((scope) => <span key={scope} className="tag">{scope}</span>)}
          {token.audience === 'mcp' && <span className="tag">{words.tokens.mcpAlone}</span>}
        </p>
        <p className="t2 s12">
          {words.tokens.made} {dateAndTime(Date.parse(token.createdAt))}, {token.lastUsedAt ? `${words.tokens.used} ${dateAndTime(Date.parse(token.lastUsedAt))}` : words.tokens.unused},{' '}
          {ends === undefined ? words.tokens.endless : ends <= now ? words.tokens.expired : `${words.tokens.ends} ${dateAndTime(ends)}`}
        </p>
      </div>
      <Confirmed label={words.tokens.revoke} question={words.tokens.revokeSure} of={token.name} act={revoke} />
    </li>
  );
}
