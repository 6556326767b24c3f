import './chat.css';
import { useEffect, type KeyboardEvent } from 'react';
import { stop, showConversation, talk } from '../../app/chat';
import { chatWords as say } from '../../copy/chatWords';
import { useChatStore } from '../../stores/chatStore';
import { useSessionStore } from '../../stores/sessionStore';
import type { Provider } from '../../transport/chatWire';
import { Composer } from './Composer';
import { Histories } from './Histories';
import { Log } from './Log';
import { Help, Start } from './Start';

/** Talking to Jarvis: what was said, what is said, and the field to say something. */
export function ChatDesk({ titleId }: { titleId: string }) {
  const signedIn = useSessionStore((state) => state.phase === 'in');
  const username = useSessionStore((state) => state.username);
  useEffect(() => (signedIn ? talk() : undefined), [signedIn, username]);
  const face = useChatStore((state) => state.face);
  const running = useChatStore((state) => state.state === 'RUNNING');
  const empty = useChatStore((state) => state.order.length === 0);
  const known = useChatStore((state) => state.known);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (running) void stop();
    else if (face !== 'log') useChatStore.getState().turn('log');
  };
  return (
    <div className="chat-in" aria-busy={!known} onKeyDown={onKeyDown}>
      <Head titleId={titleId} />
      <Standing />
      {face === 'history' ? <Histories /> : face === 'help' ? <Help /> : empty ? <Start /> : <Log />}
      <Composer />
    </div>
  );
}

function Head({ titleId }: { titleId: string }) {
  const title = useChatStore((state) => state.title);
  const first = useChatStore((state) => state.providers?.[0]);
  const face = useChatStore((state) => state.face);
  return (
    <header className="ph">
      <h2 id={titleId} className="d up">{say.title}</h2>
      {title !== '' && <bdi className="note chat-title">{title}</bdi>}
      {first && <Who provider={first} />}
      <span className="sp" />
      <button type="button" className="quiet" aria-pressed={face === 'history'} onClick={() => useChatStore.getState().turn(face === 'history' ? 'log' : 'history')}>{say.history}</button>
      <button type="button" className="quiet" title={say.newTitle} onClick={() => { showConversation(null); useChatStore.getState().call(); }}>{say.newOne}</button>
    </header>
  );
}

/** Who will be asked first, and whether what is said leaves the house for it. */
function Who({ provider: { title, model, leavesTheHouse, destination } }: { provider: Provider }) {
  return (
    <span className="note who" title={leavesTheHouse ? say.leavesTitle(destination) : say.stays}>
      <bdi>{say.answers(title)}</bdi>
      {model !== '' && model !== title && <bdi className="model">{model}</bdi>}
      {leavesTheHouse && <span className="leaves">{say.leaves}</span>}
    </span>
  );
}

/** What keeps anybody from talking, where something does. */
function Standing() {
  const live = useChatStore((state) => state.link.phase === 'live' || state.link.phase === 'idle' || (state.link.phase === 'connecting' && state.link.attempt === 1));
  const unavailable = useChatStore((state) => state.unavailable);
  if (!live) return <p className="chat-standing" data-chat="offline">{say.offline}</p>;
  return unavailable === undefined ? null : <p className="chat-standing" data-chat="unavailable"><bdi>{say.unavailable(unavailable)}</bdi></p>;
}
