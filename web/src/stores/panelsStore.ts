import { create } from 'zustand';
import type { PanelContent, PanelInfo, PanelReading } from '../transport/panelWire';
import type { Link } from '../transport/channel';
import { INTERVALS_UNTIL_STALE } from './freshness';

/** One place where a panel stands; `ref` is the resource within which it does. */
export interface PanelPlace {
  id: string;
  ref: string | null;
}

export const placeKey = ({ id, ref }: PanelPlace): string => `${id} ${ref ?? ''}`;

/** What a panel shows, as far as this page was told. */
export interface ShownPanel extends PanelPlace {
  content: PanelContent | undefined;
  at: number | undefined;
  intervalSeconds: number;
  stale: boolean;
  failure: string | undefined;
}

export interface PanelsState {
  /** By id, as the server lists them. */
  panels: readonly PanelInfo[];
  shown: ReadonlyMap<string, ShownPanel>;
  replaceAll: (panels: readonly PanelInfo[]) => void;
  noteReading: (reading: PanelReading) => void;
  /** Nobody shows it any more; what it showed grows old unseen. */
  forget: (place: PanelPlace) => void;
  reset: () => void;
}

const fresh = { panels: [], shown: new Map<string, ShownPanel>() } as const;

export const usePanelsStore = create<PanelsState>()((set, get) => ({
  ...fresh,
  replaceAll: (panels) => {
    const ids = new Set(panels.map(({ id }) => id));
    set({ panels, shown: new Map([...get().shown].filter(([, { id }]) => ids.has(id))) });
  },
  noteReading: (reading) => {
    const key = placeKey(reading);
    const before = get().shown.get(key);
    const at = reading.at === null ? Number.NaN : Date.parse(reading.at);
    const next: ShownPanel = {
      id: reading.id,
      ref: reading.ref,
      content: reading.content === undefined ? before?.content : (reading.content ?? undefined),
      at: Number.isNaN(at) ? undefined : at,
      intervalSeconds: reading.interval,
      stale: reading.stale,
      failure: reading.failure ?? undefined,
    };
    set({ shown: new Map(get().shown).set(key, next) });
  },
  forget: (place) => {
    const shown = new Map(get().shown);
    if (shown.delete(placeKey(place))) set({ shown });
  },
  reset: () => set(fresh),
}));

export interface PanelFreshness {
  state: 'fresh' | 'stale';
  ageSeconds: number | undefined;
  because: 'link' | 'failure' | 'age' | undefined;
}

/** Never green on stale: by the line, by what the server says, and by age alone. */
export function freshnessOf(panel: ShownPanel, moment: { now: number; offset: number; link: Link }): PanelFreshness {
  const ageSeconds = panel.at === undefined ? undefined : Math.max(0, (moment.now + moment.offset - panel.at) / 1_000);
  const old = ageSeconds === undefined || ageSeconds > INTERVALS_UNTIL_STALE * panel.intervalSeconds;
  const because = moment.link.phase !== 'live' ? 'link' : panel.failure !== undefined ? 'failure' : panel.stale || old ? 'age' : undefined;
  return { state: because === undefined ? 'fresh' : 'stale', ageSeconds, because };
}
