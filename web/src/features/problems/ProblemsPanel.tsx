import { useEffect, useMemo, useRef, useState, type FocusEvent } from 'react';
import { words } from '../../copy/words';
import { useRoving } from '../../a11y/roving';
import { loadProblems } from '../../app/problems';
import { Panel } from '../../design/Panel';
import { useConnectionStore } from '../../stores/connectionStore';
import { heldOrder } from '../../stores/guestOrder';
import { useProblemCount, useProblemsStore } from '../../stores/problemsStore';
import { useUiStore } from '../../stores/uiStore';
import { ProblemCard } from './ProblemCard';

/** More cards than these say less. */
const MOST_CARDS = 7;

/** The ids as they are listed: not sorted anew while the list has the pointer or focus. */
function useListed(held: boolean): { loud: readonly string[]; silenced: readonly string[] } {
  const wanted = useProblemsStore((state) => state.order);
  const problems = useProblemsStore((state) => state.problems);
  const last = useRef<readonly string[]>([]);
  const order = useMemo(() => (held ? heldOrder(last.current, wanted) : wanted), [held, wanted]);
  useEffect(() => {
    last.current = order;
  }, [order]);
  const silent = (id: string) => problems.get(id)?.silenced === true;
  return { loud: order.filter((id) => !silent(id)), silenced: order.filter(silent) };
}

/** Focus stays where the hand was: what was resolved loses its buttons, and what leaves is followed by the next card. */
function useFocusKeeping(shown: readonly string[], list: { readonly current: HTMLElement | null }) {
  const focused = useRef<{ id: string; at: number }>(undefined);
  const leaving = useProblemsStore((state) => state.leaving);
  const key = shown.map((id) => `${id} ${String(leaving.has(id))}`).join(',');
  useEffect(() => {
    const before = focused.current;
    if (!before || document.activeElement !== document.body) return;
    const heads = [...(list.current?.querySelectorAll<HTMLElement>('[data-roving]') ?? [])];
    const own = heads.find((head) => head.closest<HTMLElement>('[data-problem]')?.dataset['problem'] === before.id);
    (own ?? heads[Math.min(before.at, heads.length - 1)] ?? document.getElementById('centre'))?.focus();
  }, [key, list]);

  const onFocus = (event: FocusEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-problem]')?.dataset['problem'] : undefined;
    focused.current = id === undefined ? undefined : { id, at: shown.indexOf(id) };
  };
  const onBlur = ({ target, currentTarget }: FocusEvent) => {
    // Who went elsewhere is not called back; from what was removed nobody went.
    window.setTimeout(() => {
      if (target.isConnected && !currentTarget.contains(document.activeElement)) focused.current = undefined;
    });
  };
  return { onFocus, onBlur };
}

/** What is wrong, the worst first, each with what mends it. */
export function ProblemsPanel() {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const { loud, silenced } = useListed(useUiStore((state) => state.still) || pointer || focus);
  const { all, silenced: withSilenced } = useUiStore((state) => state.listed);
  const stale = useConnectionStore((state) => state.links.events.phase !== 'live');
  const { open } = useProblemCount();
  const { list, settle, onKeyDown, onFocus } = useRoving();
  const few = all ? loud : loud.slice(0, MOST_CARDS);
  const shown = withSilenced ? [...few, ...silenced] : few;
  const keeping = useFocusKeeping(shown, list);
  const hidden = loud.length - few.length;
  const key = shown.join(' ');

  useEffect(() => {
    settle();
  }, [key, settle]);

  return (
    <Panel title={words.problems.title} className="problems" note={open > 0 ? words.problems.open(open) : undefined} aside={<Aside stale={stale} some={open > 0} />}>
      <div
        className="scroll"
        ref={list}
        data-list="problems"
        onKeyDown={onKeyDown}
        onPointerEnter={() => setPointer(true)}
        onPointerLeave={() => setPointer(false)}
        onFocus={(event) => {
          setFocus(true);
          keeping.onFocus(event);
          onFocus(event);
        }}
        onBlur={(event) => {
          setFocus(event.currentTarget.contains(event.relatedTarget));
          keeping.onBlur(event);
        }}
      >
        {few.map((id) => <ProblemCard key={id} id={id} stale={stale} />)}
        {few.length === 0 && <Nothing />}
        {(hidden > 0 || (all && loud.length > MOST_CARDS)) && (
          <button type="button" className="more" aria-expanded={all} onClick={() => useUiStore.getState().list({ all: !all })}>
            {all ? words.problems.fewer : words.problems.more(hidden)}
          </button>
        )}
        {silenced.length > 0 && (
          <button type="button" className="more" aria-expanded={withSilenced} onClick={() => useUiStore.getState().list({ silenced: !withSilenced })}>
            {withSilenced ? words.problems.silencedFewer : words.problems.silencedMore(silenced.length)}
          </button>
        )}
        {withSilenced && silenced.map((id) => <ProblemCard key={id} id={id} stale={stale} />)}
      </div>
    </Panel>
  );
}

function Aside({ stale, some }: { stale: boolean; some: boolean }) {
  if (stale) return <span className="s12 tone-stale">{words.problems.asOf}</span>;
  return some ? <span className="s12">{words.problems.worstFirst}</span> : null;
}

/** Nothing known is not the same as nothing wrong. */
function Nothing() {
  const list = useProblemsStore((state) => state.list);
  const why = useProblemsStore((state) => state.why);
  if (list === 'unknown') return <p className="skeleton tall" />;
  if (list === 'known') return <p className="empty">{words.problems.empty}</p>;
  return (
    <p className="empty">
      {words.problems.failed(why ?? '')}
      <button type="button" onClick={() => void loadProblems()}>{words.problems.retry}</button>
    </p>
  );
}
