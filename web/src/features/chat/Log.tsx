import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { announcePolitely } from '../../a11y/announcer';
import { chatWords as say } from '../../copy/chatWords';
import { words } from '../../copy/words';
import { cut } from '../../transport/wire';
import { useChatStore } from '../../stores/chatStore';
import type { ChatMessage } from '../../transport/chatWire';
import { MessageView } from './MessageView';

/** Drawn at first, and as many again with each wish for earlier ones: a document is no place for a thousand of them. */
const PAGE = 60;
/** This close to its end, its end is what is read. */
const AT_END_PX = 48;
const MOST_SPOKEN = 600;

/** What was said, and what is being said. */
export function Log() {
  const order = useChatStore((state) => state.order);
  const messages = useChatStore((state) => state.messages);
  const before = useChatStore((state) => state.before);
  const shown = useChatStore((state) => state.shown);
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  const lastMine = useRef<string>(undefined);
  const [pages, setPages] = useState({ of: shown, n: 1 });
  const [behind, setBehind] = useState(false);
  const many = PAGE * (pages.of === shown ? pages.n : 1);
  const drawn = order.slice(-many);
  const earlier = order.length - drawn.length;
  useSpoken(order, messages);

  useLayoutEffect(() => {
    atEnd.current = true;
  }, [shown]);
  // Whoever reads further up is not taken away from there.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // Who says something wants to see what comes of it.
    const mine = order.findLast((id) => messages.get(id)?.role === 'user');
    if (mine !== lastMine.current) atEnd.current = true;
    lastMine.current = mine;
    if (atEnd.current) element.scrollTop = element.scrollHeight;
    else setBehind(true);
  }, [order, messages]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const content = element.firstElementChild;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    if (content) observer.observe(content);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight <= AT_END_PX;
    // Only whoever scrolls up leaves the end: what grows meanwhile has not taken anybody away from it.
    if (near || element.scrollTop < lastTop.current - 1) atEnd.current = near;
    lastTop.current = element.scrollTop;
    if (atEnd.current) setBehind(false);
  };
  const toEnd = () => {
    atEnd.current = true;
    setBehind(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    scroller.current?.focus();
  };
  const showEarlier = () => {
    const element = scroller.current;
    const below = element ? element.scrollHeight - element.scrollTop : 0;
    atEnd.current = false;
    setPages({ of: shown, n: many / PAGE + 1 });
    requestAnimationFrame(() => {
      if (element) element.scrollTop = element.scrollHeight - below;
    });
  };
  return (
    <div className="chat-log">
      <div ref={scroller} className="scroll" role="log" aria-live="off" aria-label={say.log} tabIndex={0} onScroll={onScroll}>
        <div className="msgs">
          {earlier === 0 && before > 0 && <p className="t3 s12 notkept">{say.notKept(before)}</p>}
          {earlier > 0 && <button type="button" className="quiet earlier" onClick={showEarlier}>{say.earlier(Math.min(PAGE, earlier))}</button>}
          {drawn.map((id) => {
            const message = messages.get(id);
            return message && <MessageView key={id} message={message} />;
          })}
        </div>
      </div>
      {behind && <button type="button" className="pri to-end" onClick={toEnd}>{say.more} ↓</button>}
    </div>
  );
}

const spokenOf = (message: ChatMessage): string =>
  message.parts.map((part) => (part.kind === 'tool' ? say.spokenTool(part.title, words.activity.state[part.state ?? 'RUNNING'] ?? '') : part.text)).filter((text) => text !== '').join(' ');

/** An answer is spoken once it is complete, and only where it came while somebody listened. */
function useSpoken(order: readonly string[], messages: ReadonlyMap<string, ChatMessage>): void {
  const begun = useRef(new Set<string>());
  useEffect(() => {
    for (const id of order.slice(-3)) {
      const message = messages.get(id);
      if (message?.role !== 'assistant') continue;
      if (!message.whole) begun.current.add(id);
      else if (begun.current.delete(id)) announcePolitely(say.spoken(cut(spokenOf(message), MOST_SPOKEN)));
    }
  }, [order, messages]);
}
