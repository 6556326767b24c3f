import { placeKey, usePanelsStore, type PanelPlace } from '../stores/panelsStore';
import { panelFrame, panelInfo, panelReading } from '../transport/panelWire';
import { listOf } from '../transport/wire';
import { Coalesced } from './coalesced';
import { api } from './server';

/** The server asks no more for one page. */
const MOST_SHOWN = 20;
const SAID_AFTER_MS = 50;

/** How often the channel has told of them: what was asked for before that is older than what it told. */
let told = 0;

const list = new Coalesced(async () => {
  const before = told;
  try {
    const { items } = await api.get('api/panels', listOf(panelInfo));
    if (told === before) usePanelsStore.getState().replaceAll(items);
  } catch {
    // What is there stays, and grows stale with the line; the list is asked for again with the next connection.
  }
});

/** Asks for the list anew: a server that has no panels tells of none. */
export function loadPanels(): Promise<void> {
  return list.run();
}

/** Asks what a panel shows, with what it offers decided for this person. */
export async function loadPanel({ id, ref }: PanelPlace): Promise<void> {
  try {
    const query = ref === null ? '' : `?ref=${encodeURIComponent(ref)}`;
    const reading = await api.get(`api/panels/${encodeURIComponent(id)}${query}`, panelReading);
    if (held.has(placeKey({ id, ref }))) usePanelsStore.getState().noteReading(reading);
  } catch {
    // It stays as it was told, undecided; nothing undecided can be chosen.
  }
}

/** Takes what the channel of events tells of panels; false for everything else. */
export function notePanelFrame(frame: unknown): boolean {
  const parsed = panelFrame.safeParse(frame);
  if (!parsed.success) return false;
  if (parsed.data.type === 'panels') {
    told += 1;
    usePanelsStore.getState().replaceAll(parsed.data.panels);
    return true;
  }
  const { panel } = parsed.data;
  if (!held.has(placeKey(panel))) return true;
  const kind = panel.content === undefined ? usePanelsStore.getState().shown.get(placeKey(panel))?.content?.kind : panel.content?.kind;
  // Offers are the same for nobody else: they are asked for, and until then the decided ones before stay.
  if (kind === 'actions') void loadPanel(panel);
  else usePanelsStore.getState().noteReading(panel);
  return true;
}

const held = new Map<string, { place: PanelPlace; holders: number }>();
let say: (frame: object) => void = () => undefined;
let saying: ReturnType<typeof setTimeout> | undefined;

function sayShown(): void {
  const panels = document.hidden ? [] : [...held.values()].slice(0, MOST_SHOWN).map(({ place }) => place);
  say({ type: 'show', panels });
}

function sayShownSoon(): void {
  clearTimeout(saying);
  saying = setTimeout(sayShown, SAID_AFTER_MS);
}

/** This place is on the screen until the answer is called. */
export function holdPanel(place: PanelPlace): () => void {
  const key = placeKey(place);
  const before = held.get(key);
  held.set(key, { place, holders: (before?.holders ?? 0) + 1 });
  if (!before) sayShownSoon();
  return () => {
    const now = held.get(key);
    if (!now) return;
    if (now.holders > 1) {
      held.set(key, { place, holders: now.holders - 1 });
      return;
    }
    held.delete(key);
    usePanelsStore.getState().forget(place);
    sayShownSoon();
  };
}

/** Where it is said what this page shows; a hidden page shows nothing. */
export function sayShownPanelsBy(channel: (frame: object) => void): void {
  say = channel;
  document.addEventListener('visibilitychange', () => {
    if (held.size > 0) sayShown();
  });
}
