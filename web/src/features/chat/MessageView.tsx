import { memo } from 'react';
import { chatWords as say } from '../../copy/chatWords';
import { count, dayAndTime, timeOfDay } from '../../copy/format';
import type { Answerer, ChatMessage } from '../../transport/chatWire';
import { Markdown } from './Markdown';
import { ToolCard } from './ToolCard';

/** One message; drawn anew only where it is another object. */
export const MessageView = memo(function MessageView({ message }: { message: ChatMessage }) {
  const mine = message.role === 'user';
  const name = mine ? say.you : say.jarvis;
  const words = message.parts.length === 0 && message.text !== '' ? [{ kind: 'words' as const, text: message.text }] : message.parts;
  const last = words.length - 1;
  const waits = words.some((part) => part.kind === 'tool' && part.state === 'AWAITING_APPROVAL');
  return (
    <article className={mine ? 'msg mine' : 'msg'} data-message={message.id} data-role={message.role} data-whole={message.whole} aria-label={`${name}, ${timeOfDay(message.at)}`} aria-busy={!message.whole}>
      <header>
        <b>{name}</b>
        {message.at !== undefined && <time className="m s12 t3" dateTime={new Date(message.at).toISOString()} title={dayAndTime(message.at)}>{timeOfDay(message.at)}</time>}
      </header>
      {words.map((part, at) => {
        if (part.kind === 'tool') return <ToolCard key={`${String(at)} ${part.callId}`} part={part} />;
        if (part.kind === 'notice') return <p key={at} className="remark t2"><bdi>{part.text}</bdi></p>;
        if (part.text === '') return null;
        // What a person wrote is what they wrote.
        return mine ? <p key={at} className="plain" dir="auto">{part.text}</p> : <Markdown key={at} text={part.text} live={!message.whole && at === last} />;
      })}
      {!message.whole && <p className="at-it t3 s12"><i aria-hidden="true" />{waits ? say.waitsForYou : say.thinking}</p>}
      {message.answerer && message.whole && <Origin answerer={message.answerer} />}
    </article>
  );
});

/** Who answered, where what was said went for it, and what it took. */
function Origin({ answerer }: { answerer: Answerer }) {
  const { inputTokens, outputTokens, cachedTokens, cost, currency } = answerer;
  return (
    <footer className="by s12 t3" data-provider={answerer.provider}>
      <span className="sr">{say.answeredBy} </span>
      <bdi>{answerer.title}</bdi>
      {answerer.model !== '' && answerer.model !== answerer.title && <bdi className="m">{answerer.model}</bdi>}
      {answerer.leavesTheHouse && <span className="leaves">{say.leaves}</span>}
      {typeof inputTokens === 'number' && typeof outputTokens === 'number' && inputTokens + outputTokens > 0 && <span className="m">{say.tokens(count(inputTokens), count(outputTokens))}</span>}
      {typeof cachedTokens === 'number' && cachedTokens > 0 && <span className="m">{say.cached(count(cachedTokens))}</span>}
      {typeof cost === 'number' && Number.isFinite(cost) && cost > 0 && <span className="m">{say.cost(cost < 0.01 ? cost.toFixed(4) : cost.toFixed(2), currency ?? '')}</span>}
    </footer>
  );
}
