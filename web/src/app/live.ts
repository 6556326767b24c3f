import { browser, Channel, type Link } from '../transport/channel';
import { ServerClock } from '../transport/clock';
import { DeltaQueue, onNextPaint } from '../transport/deltaQueue';
import { socketAddress } from '../transport/paths';
import { action, approval, clusterFrame, event, eventFrame, listOf, type ClusterFrame, type EventFrame } from '../transport/wire';
import { actionOf, useActivityStore } from '../stores/activityStore';
import { useApprovalsStore } from '../stores/approvalsStore';
import { useClusterStore } from '../stores/clusterStore';
import { useExtensionsStore } from '../stores/extensionsStore';
import { recordTick, useConnectionStore, type ChannelName } from '../stores/connectionStore';
import { useProblemsStore } from '../stores/problemsStore';
import { refreshSummary } from '../stores/summaryStore';
import { lookForNewPage } from '../features/newPage/newPage';
import { loadExtensions } from './extensions';
import { loadGuardrails } from './guardrails';
import { loadMaintenance } from './maintenance';
import { loadPanels, notePanelFrame, sayShownPanelsBy } from './panels';
import { loadScreen, noteScreenFrame } from './screen';
import { loadProblems, noteProblemEvent, serverNow } from './problems';
import { api } from './server';
import { checkSession, refreshHealth } from './session';

const HISTORY_EVENTS = 200;
/** How often Jarvis is asked how its own parts are: a disk fills without an event. */
const HEALTH_EVERY_MS = 15_000;

const connection = () => useConnectionStore.getState();
const clock = new ServerClock();
/** Below this many resources summing up is cheap enough to follow each flush; above, the second's beat does. */
const SUMMED_AT_ONCE = 1_000;

const queue = new DeltaQueue((changes) => {
  useClusterStore.getState().applyChanges(changes);
  if (useClusterStore.getState().entities.size < SUMMED_AT_ONCE) refreshSummary();
}, onNextPaint);

function setLink(channel: ChannelName, link: Link): void {
  connection().setLink(channel, link);
  refreshSummary();
}

function noteStamp(at: string, receivedAt: number): void {
  clock.observe(at, receivedAt);
  connection().setOffset(clock.offset);
}

function onClusterFrame(frame: ClusterFrame, receivedAt: number): string | undefined {
  if (frame.type === 'closing') return frame.reason ?? undefined;
  noteStamp(frame.at, receivedAt);
  recordTick({ at: receivedAt, kind: frame.type === 'heartbeat' ? 'heartbeat' : 'data' });
  if (frame.observed) useClusterStore.getState().noteObserved(frame.observed);
  if (frame.type === 'snapshot') {
    queue.clear();
    useClusterStore.getState().replaceAll([...frame.clusters, ...frame.resources]);
    refreshSummary();
  }
  if (frame.type === 'delta') {
    for (const item of frame.added ?? []) queue.put(item);
    for (const change of frame.changed ?? []) queue.patch(change);
    for (const change of frame.clusters ?? []) queue.patch(change);
    for (const ref of frame.removed ?? []) queue.remove(ref);
  }
  return undefined;
}

let eventsKnown = false;

function onEventFrame(frame: EventFrame, receivedAt: number): string | undefined {
  if (frame.type === 'closing') return frame.reason ?? undefined;
  if (!eventsKnown) {
    eventsKnown = true;
    void loadEventsBefore(frame.seq);
  }
  if (frame.type === 'heartbeat') {
    noteStamp(frame.at, receivedAt);
    return undefined;
  }
  recordTick({ at: receivedAt, kind: 'event' });
  useActivityStore.getState().noteEvent(frame.event);
  const carried = actionOf(frame.event);
  noteProblemEvent(frame.event, receivedAt);
  if (frame.event.type.startsWith('extension.')) void loadExtensions();
  if (frame.event.type === 'guardrails.changed') void loadGuardrails();
  if (frame.event.type.startsWith('maintenance.')) void loadMaintenance();
  if (carried) useApprovalsStore.getState().noteAction(carried, receivedAt);
  return undefined;
}

/** The stream starts at now; what happened before this page was opened is fetched once. */
async function loadEventsBefore(seq: number): Promise<void> {
  const after = Math.max(0, seq - HISTORY_EVENTS);
  try {
    const { items } = await api.get(`api/events?after=${String(after)}&limit=${String(HISTORY_EVENTS)}`, listOf(event));
    for (const past of items) if (!actionOf(past)) useActivityStore.getState().noteEvent(past);
  } catch {
    eventsKnown = false;
  }
}

/** After each (re)connect: what waits and what ran may have changed while nobody listened. */
async function loadLists(): Promise<void> {
  const askedAt = Date.now();
  try {
    const [actions, approvals] = await Promise.all([
      api.get('api/actions?limit=50', listOf(action)),
      api.get('api/approvals', listOf(approval)),
    ]);
    useActivityStore.getState().noteHistory(actions.items);
    useApprovalsStore.getState().replaceAll(approvals.items, Date.now(), askedAt);
  } catch {
    // A failed list is asked for again at the next connect; the line's own state is on screen.
  }
}

function channel(name: ChannelName, onFrame: (frame: unknown, receivedAt: number) => string | undefined): Channel {
  return new Channel(
    (after) => socketAddress(`ws/${name}`, after),
    {
      onFrame: (frame, receivedAt) => {
        connection().noteMessage(receivedAt);
        return onFrame(frame, receivedAt);
      },
      onLink: (link) => {
        const before = connection().links[name].phase;
        setLink(name, link);
        // Where one line stands, the other need not wait for its own pause to end.
        if (link.phase === 'live') retryNow();
        if (name === 'events' && link.phase === 'live' && before !== 'silent') {
          void loadLists();
          void loadProblems();
          void loadExtensions();
          void loadPanels();
          void loadScreen();
          void loadGuardrails();
          void loadMaintenance();
          void refreshHealth();
          void lookForNewPage();
        }
      },
      onLost: () => void checkSession(),
    },
    browser,
  );
}

const channels = {
  cluster: channel('cluster', (frame, receivedAt) => {
    const parsed = clusterFrame.safeParse(frame);
    return parsed.success ? onClusterFrame(parsed.data, receivedAt) : undefined;
  }),
  events: channel('events', (frame, receivedAt) => {
    if (notePanelFrame(frame) || noteScreenFrame(frame)) return undefined;
    const parsed = eventFrame.safeParse(frame);
    return parsed.success ? onEventFrame(parsed.data, receivedAt) : undefined;
  }),
};

sayShownPanelsBy((frame) => channels.events.say(frame));

/** Up to this many guests the server tells everybody all metrics at once. */
const ALL_TOLD = 200;
const SHOWN_AFTER_MS = 250;
const MOST_SHOWN = 500;
let shown: readonly string[] | undefined;
let saying: number | undefined;

/** These guests are on the screen: of others the server sends metrics once a minute. */
export function showGuests(refs: readonly string[]): void {
  const few = useClusterStore.getState().entities.size <= ALL_TOLD;
  const now = refs.slice(0, MOST_SHOWN);
  if (shown === undefined ? few : shown.join(' ') === now.join(' ')) return;
  shown = now;
  // While somebody scrolls, what flies past is of no interest.
  window.clearTimeout(saying);
  saying = window.setTimeout(() => {
    channels.cluster.say({ type: 'show', refs: shown });
  }, SHOWN_AFTER_MS);
}

let healthAskedAt = Date.now();

function tick(): void {
  const now = Date.now();
  if (!document.hidden && now - healthAskedAt >= HEALTH_EVERY_MS) {
    healthAskedAt = now;
    void refreshHealth();
  }
  channels.cluster.checkSilence();
  channels.events.checkSilence();
  connection().tick(now);
  useApprovalsStore.getState().dropDecided(now);
  useExtensionsStore.getState().dropDecided(now);
  useProblemsStore.getState().passTime(now, serverNow());
  refreshSummary();
}

export function retryNow(): void {
  channels.cluster.retryNow();
  channels.events.retryNow();
}

/** Opens the channels and starts the page's clock; the answer ends both. */
export function goLive(): () => void {
  const onVisible = () => {
    if (document.hidden) return;
    // Before a re-shown tab paints: what was fresh when it was hidden may be hours old.
    tick();
    queue.flush();
    retryNow();
  };
  const timer = window.setInterval(tick, 1_000);
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', retryNow);
  channels.cluster.start();
  channels.events.start();
  return () => {
    window.clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', retryNow);
    channels.cluster.stop();
    channels.events.stop();
    tick();
  };
}
