import { useEffect, useId, useState } from 'react';
import { api } from '../../app/server';
import { chatWords } from '../../copy/chatWords';
import { timeOfDay } from '../../copy/format';
import { words } from '../../copy/words';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { useApprovalsStore } from '../../stores/approvalsStore';
import { useChatStore } from '../../stores/chatStore';
import type { ToolPart } from '../../transport/chatWire';
import { inertLine } from '../../transport/detailWire';
import { actionReply } from '../../transport/wire';
import { ApprovalCard } from '../approvals/ApprovalCard';
import { Facts } from '../details/Facts';

const say = chatWords.tool;
const FOLDED_LINES = 12;
const MOST_LINES = 2_000;

function glyphOf(state: string | undefined): GlyphName {
  switch (state) {
    case 'SUCCEEDED':
      return 'done';
    case 'AWAITING_APPROVAL':
      return 'info';
    case undefined:
    case 'RUNNING':
      return 'running';
    case 'FAILED':
    case 'UNKNOWN':
      return 'warning';
    default:
      return 'refused';
  }
}

function took(part: ToolPart): string | undefined {
  if (part.startedAt === undefined || part.endedAt === undefined) return undefined;
  return `${(Math.max(0, part.endedAt - part.startedAt) / 1_000).toFixed(1)} s`;
}

/** A tool that was asked for: what, how it went, and on request everything about it. */
export function ToolCard({ part }: { part: ToolPart }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const state = part.state ?? undefined;
  const waits = state === 'AWAITING_APPROVAL';
  const refused = state === 'REFUSED';
  const ended = took(part);
  return (
    <div className={refused ? 'tc refused' : 'tc'} data-tool={part.tool} data-state={state ?? 'RUNNING'}>
      <button type="button" className="tc-head" aria-expanded={open} aria-controls={id} aria-label={say.unfold(part.title)} onClick={() => setOpen(!open)}>
        <Glyph name={glyphOf(state)} />
        <span className="tc-name m">{part.tool}</span>
        <bdi className="tc-title">{part.title}</bdi>
        <span className="t2 s12">{waits ? say.waits : state === undefined ? say.running : state === 'SUCCEEDED' ? (part.tier === 'GREEN' ? say.readOnly : '') : (words.activity.state[state] ?? state)}</span>
        {ended !== undefined && <span className="m s12 t3">{ended}</span>}
      </button>
      {part.summary !== '' && !waits && <p className={refused ? 'tc-why' : 'tc-sum t2'}>{refused && <b>{say.refused}: </b>}<bdi>{part.summary}</bdi></p>}
      <div id={id} hidden={!open}>{open && <Unfolded part={part} took={ended} />}</div>
      {waits && part.approval && <Waiting approval={part.approval} action={part.action ?? undefined} />}
    </div>
  );
}

function Unfolded({ part, took: ended }: { part: ToolPart; took: string | undefined }) {
  const args = Object.entries(part.arguments).map(([name, value]) => [inertLine(name), inertLine(typeof value === 'string' ? value : JSON.stringify(value))] as const);
  return (
    <div className="tc-more">
      <Facts rows={[[say.begun, timeOfDay(part.startedAt)], ...(ended === undefined ? [] : [[say.took, ended] as const]), ...(part.tier ? [[say.tier, part.tier] as const] : [])]} />
      <section aria-label={say.arguments}>
        <h4>{say.arguments}</h4>
        {args.length === 0 ? <p className="t3 s12">{say.none}</p> : <Facts wide rows={args} />}
      </section>
      {part.data && <Result data={part.data} />}
    </div>
  );
}

/** As it was told, folded where it is long. */
function Result({ data }: { data: Record<string, unknown> }) {
  const [whole, setWhole] = useState(false);
  const lines = JSON.stringify(data, null, 2).split('\n').slice(0, MOST_LINES).map(inertLine);
  const more = lines.length - FOLDED_LINES;
  return (
    <section aria-label={say.result}>
      <h4>{say.result}</h4>
      <pre className="log" tabIndex={0} role="group" aria-label={say.result}><bdi dir="ltr">{(whole || more <= 0 ? lines : lines.slice(0, FOLDED_LINES)).join('\n')}</bdi></pre>
      {more > 0 && <button type="button" className="quiet s12" onClick={() => setWhole(!whole)}>{whole ? say.fewer : say.more(more)}</button>}
    </section>
  );
}

/** The card that the server made of the action, as it stands among the approvals. */
function Waiting({ approval, action }: { approval: string; action: string | undefined }) {
  const card = useApprovalsStore((state) => state.cards.get(approval));
  const [asked, setAsked] = useState(0);
  const known = card !== undefined;
  useEffect(() => (known ? useChatStore.getState().holdCard(approval) : undefined), [known, approval]);
  useEffect(() => {
    if (known || action === undefined) return undefined;
    const leaving = new AbortController();
    api.get(`api/actions/${encodeURIComponent(action)}`, actionReply, leaving.signal).then(
      (reply) => useApprovalsStore.getState().noteAction(reply.action, Date.now()),
      // It says so, and can be asked for again.
      () => undefined,
    );
    return () => leaving.abort();
  }, [known, action, asked]);
  if (card) return <ApprovalCard card={card} />;
  return <p className="notice">{say.elsewhere} <button type="button" onClick={() => setAsked(asked + 1)}>{say.look}</button></p>;
}
