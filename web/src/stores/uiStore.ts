import { create } from 'zustand';
import { isWall } from '../features/wall/wall';
import { modeNames, type Mode } from '../design/tokens';
import type { Action, Offer } from '../transport/wire';
import { recalledOneOf, remember } from './device';

export type View = 'status' | 'guests' | 'activity';
export type GuestSort = 'vmid' | 'name' | 'cpu' | 'memory';

/** A result of the person's own action. The activity list is the record; a toast only points at it. */
export interface Toast {
  id: number;
  title: string;
  /** Follows this action while it runs. */
  actionId?: string;
  failure?: string;
  /** How it went, where no action says so. */
  outcome?: string;
  shownAt: number;
}

export type Sheet =
  | { show: 'consent'; offer: Offer; arguments: Record<string, unknown>; targetName: string }
  | { show: 'form'; offer: Offer; targetName: string }
  | { show: 'keys' }
  | { show: 'more' }
  | { show: 'alerts' }
  | { show: 'result'; title: string; action: Action }
  | { show: 'settings'; section: SettingsSection }
  | { show: 'maintenance'; refs: readonly string[]; name: string }
  | { show: 'audit'; resource?: string };

export type SettingsSection = 'account' | 'tokens' | 'clusters' | 'hosts' | 'protection' | 'thresholds' | 'silences' | 'extensions' | 'health';

export interface UiState {
  mode: Mode;
  /** Hanging on a wall: everything is shown, nothing acts. */
  wall: boolean;
  /** Nothing moves and nothing is sorted anew, until somebody lets go. */
  still: boolean;
  /** What the palette is opened with; undefined while it is shut. */
  palette: string | undefined;
  view: View;
  open: ReadonlySet<string>;
  filter: string;
  sort: { by: GuestSort; descending: boolean };
  toasts: readonly Toast[];
  sheet: Sheet | undefined;
  menu: { ref: string; anchor: HTMLElement } | undefined;
  /** Which problems are listed besides the worst few. */
  listed: { all: boolean; silenced: boolean };
  setMode: (mode: Mode) => void;
  holdStill: (still: boolean) => void;
  openPalette: (query: string | undefined) => void;
  list: (listed: Partial<UiState['listed']>) => void;
  setView: (view: View) => void;
  toggleOpen: (ref: string) => void;
  setFilter: (filter: string) => void;
  sortBy: (by: GuestSort) => void;
  addToast: (toast: Omit<Toast, 'id' | 'shownAt'>) => void;
  dropToast: (id: number) => void;
  showSheet: (sheet: Sheet | undefined) => void;
  showMenu: (menu: UiState['menu']) => void;
}

export const MOST_TOASTS = 3;
let nextToast = 1;

function openFromAddress(search: string): ReadonlySet<string> {
  return new Set((new URLSearchParams(search).get('open') ?? '').split(',').filter((ref) => ref !== ''));
}

/** The address names what is open, so that a reload or a shared link shows the same. */
function writeAddress(open: ReadonlySet<string>): void {
  const url = new URL(location.href);
  if (open.size === 0) url.searchParams.delete('open');
  else url.searchParams.set('open', [...open].join(','));
  history.replaceState(null, '', url);
}

export const useUiStore = create<UiState>()((set, get) => ({
  mode: recalledOneOf('mode', modeNames, 'jarvis'),
  wall: isWall(location.search),
  still: false,
  palette: undefined,
  view: 'status',
  open: openFromAddress(location.search),
  filter: '',
  sort: { by: 'vmid', descending: false },
  toasts: [],
  sheet: undefined,
  menu: undefined,
  listed: { all: false, silenced: false },
  setMode: (mode) => {
    remember('mode', mode);
    set({ mode });
  },
  holdStill: (still) => set({ still }),
  openPalette: (palette) => set({ palette }),
  list: (listed) => set({ listed: { ...get().listed, ...listed } }),
  setView: (view) => set({ view }),
  toggleOpen: (ref) => {
    const open = new Set(get().open);
    if (!open.delete(ref)) open.add(ref);
    writeAddress(open);
    set({ open });
  },
  setFilter: (filter) => set({ filter }),
  sortBy: (by) => {
    const { sort } = get();
    const figures = by === 'cpu' || by === 'memory';
    set({ sort: sort.by === by ? { by, descending: !sort.descending } : { by, descending: figures } });
  },
  addToast: (toast) => set({ toasts: [...get().toasts, { ...toast, id: nextToast++, shownAt: Date.now() }].slice(-MOST_TOASTS) }),
  dropToast: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
  showSheet: (sheet) => set({ sheet }),
  showMenu: (menu) => set({ menu }),
}));
