import './boot.css';
import { useEffect, useState } from 'react';
import { bootWords as say } from '../../copy/bootWords';
import { words } from '../../copy/words';
import { Glyph, Logo } from '../../design/Glyph';
import { useClusterStore } from '../../stores/clusterStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { recalled, remember } from '../../stores/device';
import { useGuardrailsStore } from '../../stores/guardrailsStore';
import { useProblemCount, useProblemsStore } from '../../stores/problemsStore';
import { useSessionStore } from '../../stores/sessionStore';
import { useSummaryStore } from '../../stores/summaryStore';
import { checksOf, type Check } from './checks';

/** It never keeps anybody longer than this; what has not answered by then answers on the page. */
export const BOOT_MS = 1_800;
const LINE_MS = 110;
const READ_MS = 350;
const SETTLED_AFTER_MS = 8 * LINE_MS + READ_MS;

const today = (): string => new Date().toDateString();

/** Once a day on this device, and never for those who asked for less motion. */
function isWanted(): boolean {
  return recalled('boot') !== today() && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function useChecks(): Check[] {
  const health = useSessionStore((state) => state.health);
  const live = useConnectionStore(isLive);
  const down = useConnectionStore((state) => state.links.cluster.phase === 'waiting' || state.links.events.phase === 'waiting');
  const loaded = useClusterStore((state) => state.loaded);
  const clusters = useClusterStore((state) => state.refs.cluster.length);
  const summary = useSummaryStore((state) => state.summary);
  const list = useProblemsStore((state) => state.list);
  const why = useProblemsStore((state) => state.why);
  const { open } = useProblemCount();
  const guardrails = useGuardrailsStore((state) => state.guardrails);
  return checksOf({ health, live, down, loaded, clusters, summary, problems: { list, open, why }, guardrails });
}

/**
 * The first seconds of the day: what is being asked, and what came back. It lies over a page that is already filling, takes no
 * key and no press from it, and leaves at the first of either.
 */
export function Boot() {
  const [wanted, setWanted] = useState(isWanted);
  return wanted ? <Lines onOver={() => setWanted(false)} /> : null;
}

function Lines({ onOver }: { onOver: () => void }) {
  const checks = useChecks();
  const settled = checks.every(({ state }) => state !== 'pending');
  const [read, setRead] = useState(false);

  useEffect(() => {
    remember('boot', today());
    const over = window.setTimeout(onOver, BOOT_MS);
    const readable = window.setTimeout(() => setRead(true), SETTLED_AFTER_MS);
    window.addEventListener('keydown', onOver, true);
    window.addEventListener('pointerdown', onOver, true);
    return () => {
      window.clearTimeout(over);
      window.clearTimeout(readable);
      window.removeEventListener('keydown', onOver, true);
      window.removeEventListener('pointerdown', onOver, true);
    };
    // The hands of the clock do not start anew when the page is drawn again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    if (settled && read) onOver();
  }, [settled, read, onOver]);

  return (
    // Everything that it says is on the page beneath, in words and in order.
    <div className="boot" aria-hidden="true" data-boot>
      <div className="boot-in">
        <p className="logo"><Logo />{words.brand}</p>
        <ul>
          {checks.map(({ name, state, text }, at) => (
            <li key={name} data-check={state} style={{ animationDelay: `${String(at * LINE_MS)}ms` }}>
              <Glyph name={state === 'pending' ? 'stale' : state === 'good' ? 'done' : 'warning'} />
              <span>{name}</span>
              <span className="m">{text}</span>
            </li>
          ))}
        </ul>
        <p className="t3 s12">{say.skip}</p>
      </div>
    </div>
  );
}
