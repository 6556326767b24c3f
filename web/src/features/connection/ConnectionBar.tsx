import { useEffect, useRef } from 'react';
import { duration, timeOfDay } from '../../copy/format';
import { words } from '../../copy/words';
import { announceNow, announcePolitely } from '../../a11y/announcer';
import { retryNow } from '../../app/live';
import { Glyph } from '../../design/Glyph';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import type { Link } from '../../transport/channel';

function worst(cluster: Link, events: Link): Link {
  const order: readonly Link['phase'][] = ['idle', 'waiting', 'connecting', 'silent', 'live'];
  return order.indexOf(cluster.phase) <= order.indexOf(events.phase) ? cluster : events;
}

const useWorstLink = () => {
  const cluster = useConnectionStore((state) => state.links.cluster);
  const events = useConnectionStore((state) => state.links.events);
  return worst(cluster, events);
};

/** At most one beat in this time: five hundred messages a second are not five hundred beats. */
const BEAT_MS = 700;

/** The state of the line in two words, always in the top bar. */
export function LiveMark() {
  const link = useWorstLink();
  const age = useConnectionStore((state) => (state.lastMessageAt === undefined ? undefined : Math.max(0, (state.now - state.lastMessageAt) / 1_000).toFixed(1)));
  const beat = useConnectionStore((state) => Math.floor((state.lastMessageAt ?? 0) / BEAT_MS));
  const text = link.phase === 'live' ? words.link.live(age ?? '0.0') : link.phase === 'silent' ? words.link.silent : link.phase === 'connecting' ? words.link.connecting : words.link.down;
  return (
    <span className={`live ${link.phase}`} data-link={link.phase}>
      {/* A new dot for each message beats once: what does not come does not beat. */}
      {link.phase === 'live' ? <span key={beat} className="dot" aria-hidden="true" /> : <Glyph name="stale" />}
      {text}
    </span>
  );
}

/** Beneath the top bar as long as the line is not alive: since when, what is tried next. */
export function ConnectionBar() {
  const link = useWorstLink();
  const live = useConnectionStore(isLive);
  const now = useConnectionStore((state) => state.now);
  const everLive = useRef(false);

  useEffect(() => {
    if (live && everLive.current) announcePolitely(words.link.announce.back);
    if (!live && everLive.current) announceNow(words.link.announce.lost);
    if (live) everLive.current = true;
  }, [live]);

  if (link.phase === 'live' || link.phase === 'idle') return null;
  const { bar } = words.link;
  const since = link.downSince;
  return (
    <div className="bar-line" data-bar={link.phase}>
      <Glyph name="stale" />
      <span>
        {link.phase === 'connecting' && bar.connecting(link.attempt)}
        {link.phase === 'silent' && bar.silent(duration((now - since) / 1_000))}
        {link.phase === 'waiting' && `${bar.waiting(link.attempt, duration(Math.max(0, (link.retryAt - now) / 1_000)))} ${bar.since(timeOfDay(since))}`}
        {link.phase === 'waiting' && link.reason && ` ${bar.reason(link.reason)}`}
      </span>
      {link.phase === 'waiting' && <button type="button" onClick={retryNow}>{bar.retry}</button>}
    </div>
  );
}
