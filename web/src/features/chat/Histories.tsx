import { useCallback, useEffect, useState } from 'react';
import { forget, listConversations, rename, showConversation, whyOf } from '../../app/chat';
import { chatWords } from '../../copy/chatWords';
import { dayAndTime } from '../../copy/format';
import { useChatStore } from '../../stores/chatStore';
import type { ConversationSummary } from '../../transport/chatWire';

const say = chatWords.histories;
const TYPED_MS = 200;
type Listed = { state: 'loading' } | { state: 'failed'; why: string } | { state: 'ready'; items: readonly ConversationSummary[]; total: number };

/** Everything that was talked about, to be found, named and forgotten. */
export function Histories() {
  const [query, setQuery] = useState('');
  const [listed, setListed] = useState<Listed>({ state: 'loading' });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    const leaving = new AbortController();
    const timer = window.setTimeout(() => {
      listConversations(query.trim(), leaving.signal).then(
        ({ items, total }) => setListed({ state: 'ready', items, total }),
        (error: unknown) => {
          if (!leaving.signal.aborted) setListed({ state: 'failed', why: whyOf(error) });
        },
      );
    }, query === '' ? 0 : TYPED_MS);
    return () => {
      window.clearTimeout(timer);
      leaving.abort();
    };
  }, [query, turn]);
  return (
    <div className="histories">
      <div className="find-in">
        <input type="search" aria-label={say.search} placeholder={say.search} value={query} autoFocus onChange={(event) => setQuery(event.target.value)} />
        <button type="button" onClick={() => useChatStore.getState().turn('log')}>{chatWords.back}</button>
      </div>
      {listed.state === 'loading' && <p className="skeleton tall" />}
      {listed.state === 'failed' && <p className="notice">{say.failed(listed.why)} <button type="button" onClick={again}>{say.retry}</button></p>}
      {listed.state === 'ready' && (
        <div className="scroll" tabIndex={0} role="group" aria-label={chatWords.history}>
          {listed.items.length === 0 && <p className="empty">{query === '' ? say.none : say.noMatch}</p>}
          <ul>{listed.items.map((item) => <Line key={item.id} item={item} onChanged={again} />)}</ul>
          {listed.total > listed.items.length && <p className="t3 s12 pad">{say.first(listed.items.length, listed.total)}</p>}
        </div>
      )}
    </div>
  );
}

function Line({ item, onChanged }: { item: ConversationSummary; onChanged: () => void }) {
  const here = useChatStore((state) => state.shown === item.id);
  const [asking, setAsking] = useState<'rename' | 'remove'>();
  const [name, setName] = useState(item.title);
  const [fault, setFault] = useState<string>();
  const title = item.title === '' ? chatWords.untitled : item.title;
  const settle = async (doing: Promise<void>) => {
    try {
      await doing;
      setAsking(undefined);
      setFault(undefined);
      onChanged();
    } catch (error) {
      setFault(say.notDone(whyOf(error)));
    }
  };
  const facts = [item.changedAt === undefined ? '' : dayAndTime(item.changedAt), say.messages(item.messages), say.state[item.state], here ? say.here : ''].filter((fact) => fact !== '');
  return (
    <li data-conversation={item.id}>
      <div className="row">
        <button type="button" className="nm" aria-current={here ? 'true' : undefined} onClick={() => showConversation(item.id)}>
          <bdi>{title}</bdi>
          <span className="t3 s12">{facts.join(' · ')}</span>
        </button>
        <button type="button" className="quiet" aria-label={say.renameOf(title)} aria-expanded={asking === 'rename'} onClick={() => setAsking(asking === 'rename' ? undefined : 'rename')}>{say.rename}</button>
        <button type="button" className="quiet" aria-label={say.removeOf(title)} aria-expanded={asking === 'remove'} onClick={() => setAsking(asking === 'remove' ? undefined : 'remove')}>{say.remove}</button>
      </div>
      {asking === 'rename' && (
        <form
          className="acts"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') void settle(rename(item.id, name.trim()));
          }}
        >
          <input aria-label={say.name} value={name} maxLength={80} autoFocus onChange={(event) => setName(event.target.value)} />
          <button type="submit" disabled={name.trim() === ''}>{say.save}</button>
          <button type="button" onClick={() => setAsking(undefined)}>{say.cancel}</button>
        </form>
      )}
      {asking === 'remove' && (
        <div className="acts" role="group" aria-label={say.removeOf(title)}>
          <span className="s13"><bdi>{say.sure(title)}</bdi></span>
          <button type="button" className="risky" onClick={() => void settle(forget(item.id))}>{say.removeNow}</button>
          <button type="button" onClick={() => setAsking(undefined)}>{say.cancel}</button>
        </div>
      )}
      {fault !== undefined && <p className="fault">{fault}</p>}
    </li>
  );
}
