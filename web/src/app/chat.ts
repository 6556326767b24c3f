import { chatWords } from '../copy/chatWords';
import { words } from '../copy/words';
import { useChatStore, type Addition, type ChatStore, type Draft } from '../stores/chatStore';
import { ApiError } from '../transport/api';
import { browser, Channel } from '../transport/channel';
import { begun, chatFrame, conversations, providers, sent, stopped, type ChatFrame, type ConversationSummary } from '../transport/chatWire';
import { onNextPaint } from '../transport/deltaQueue';
import { socketAddress } from '../transport/paths';
import { nothing } from '../transport/wire';
import { api } from './server';
import { checkSession } from './session';

const MOST_LISTED = 100;
const store = () => useChatStore.getState();
const path = (id: string) => `api/conversations/${encodeURIComponent(id)}`;
export const whyOf = (error: unknown): string => (error instanceof ApiError ? error.message : words.session.unreachable);

/** Words come faster than anybody draws: they wait for the next paint. */
let additions: Addition[] = [];
let scheduled = false;

function flush(): void {
  scheduled = false;
  if (additions.length === 0) return;
  const added = additions;
  additions = [];
  // A piece is missing, whatever became of it: the whole has it.
  if (!store().add(added)) sayShown();
}

function queue(addition: Addition): void {
  const last = additions.at(-1);
  if (last?.message === addition.message && last.part === addition.part) last.text += addition.text;
  else additions.push(addition);
  if (scheduled) return;
  scheduled = true;
  onNextPaint(flush);
}

function onFrame(frame: ChatFrame): string | undefined {
  switch (frame.type) {
    case 'heartbeat':
      return undefined;
    case 'closing':
      return frame.reason ?? undefined;
    case 'unavailable':
      useChatStore.setState({ unavailable: frame.reason });
      return undefined;
    case 'conversation':
      additions = [];
      store().replace(frame.conversation);
      return undefined;
    case 'words':
      if (frame.conversation === store().shown) queue(frame);
      return undefined;
    case 'message':
    case 'state':
    case 'gone':
      if (frame.conversation === store().shown) onChange(frame);
      return undefined;
  }
}

function onChange(frame: Extract<ChatFrame, { type: 'message' | 'state' | 'gone' }>): void {
  // What was said before comes before.
  flush();
  if (frame.type === 'message') store().put(frame.message, frame.state);
  else if (frame.type === 'state') {
    useChatStore.setState({ state: frame.state, title: frame.title });
    if (frame.state === 'IDLE') void loadProviders();
  } else showConversation(null);
}

const line = new Channel(
  () => socketAddress('ws/chat', undefined),
  {
    onFrame: (frame) => {
      const read = chatFrame.safeParse(frame);
      return read.success ? onFrame(read.data) : undefined;
    },
    onLink: (link) => {
      const before = store().link.phase;
      useChatStore.setState({ link });
      if (link.phase !== 'live' || before === 'silent') return;
      useChatStore.setState({ unavailable: undefined });
      void loadProviders();
      if (store().shown === undefined) void showLatest();
    },
    onLost: () => void checkSession(),
  },
  browser,
  true,
);

function sayShown(): void {
  const { shown } = store();
  if (shown !== undefined) line.say({ type: 'show', conversation: shown });
}

/** Whoever opens a second page sees what is talked about on the first. */
async function showLatest(): Promise<void> {
  try {
    const { items } = await api.get('api/conversations?limit=1', conversations);
    if (store().shown === undefined) showConversation(items[0]?.id ?? null);
  } catch {
    // Asked again with the next connection; until then there is nothing to show.
  }
}

export async function loadProviders(): Promise<void> {
  try {
    useChatStore.setState({ providers: (await api.get('api/chat/providers', providers)).items });
  } catch {
    // Those that were known are the best that is known.
  }
}

/** Null for one that begins with the next thing that is said. */
export function showConversation(id: string | null): void {
  additions = [];
  store().show(id);
  sayShown();
}

/** Whether somebody is at the talk: what was to be said in it is nobody's once they left. */
let open = false;

/** Connects the page with the talk, until the answer is called. */
export function talk(): () => void {
  open = true;
  const again = () => {
    if (document.hidden) return;
    line.checkSilence();
    line.retryNow();
  };
  document.addEventListener('visibilitychange', again);
  window.addEventListener('online', again);
  sayShown();
  line.start();
  if (store().shown === undefined) void showLatest();
  return () => {
    document.removeEventListener('visibilitychange', again);
    window.removeEventListener('online', again);
    open = false;
    line.stop();
  };
}

/** Whether something can be said now; `soon` while the page has just opened, or still learns what was said before. */
export type Hearing = 'now' | 'soon' | 'not';

export function hearing({ link, shown, known, unavailable }: ChatStore): Hearing {
  if (link.phase === 'live') return known || shown === undefined || unavailable !== undefined ? 'now' : 'soon';
  return link.phase === 'idle' || (link.phase === 'connecting' && link.attempt === 1) ? 'soon' : 'not';
}

/** Waits while it is to be soon, and no longer than the talk is open and shows what it showed. */
function heard(): Promise<boolean> {
  const { shown } = store();
  return new Promise((resolve) => {
    const settle = () => {
      const now = hearing(store());
      const same = store().shown === shown && open;
      if (now === 'soon' && same) return false;
      resolve(now === 'now' && same);
      return true;
    };
    if (settle()) return;
    const leave = useChatStore.subscribe(() => {
      if (settle()) leave();
    });
  });
}

/** Says it; the answer is why that did not go, or nothing. */
export async function say({ text, pasted }: Draft): Promise<string | undefined> {
  // Whoever speaks before an earlier conversation came has not read it, and means none.
  if (store().shown === undefined) showConversation(null);
  if (!(await heard())) return chatWords.notHeard;
  try {
    const id = store().shown ?? (await begin());
    // What comes of it, the socket tells, in its order.
    await api.post(`${path(id)}/messages`, { text, pasted }, sent);
    return undefined;
  } catch (error) {
    return whyOf(error);
  }
}

async function begin(): Promise<string> {
  const { id } = await api.post('api/conversations', {}, begun);
  showConversation(id);
  return id;
}

/** Nothing more is generated or begun; what was begun goes on. */
export async function stop(): Promise<string | undefined> {
  const { shown } = store();
  if (typeof shown !== 'string') return undefined;
  try {
    const { state } = await api.post(`${path(shown)}/stop`, {}, stopped);
    if (store().shown === shown) useChatStore.setState({ state });
    return undefined;
  } catch (error) {
    return chatWords.notStopped(whyOf(error));
  }
}

export async function listConversations(containing: string, signal: AbortSignal): Promise<{ items: readonly ConversationSummary[]; total: number }> {
  const { items, total } = await api.get(`api/conversations?limit=${String(MOST_LISTED)}&q=${encodeURIComponent(containing)}`, conversations, signal);
  return { items, total: total ?? items.length };
}

export async function rename(id: string, title: string): Promise<void> {
  await api.put(path(id), { title }, nothing);
  if (store().shown === id) useChatStore.setState({ title });
}

export async function forget(id: string): Promise<void> {
  await api.remove(path(id));
  if (store().shown === id) showConversation(null);
}
