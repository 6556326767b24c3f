/**
 * One socket, kept open: reconnects with growing, jittered pauses, resumes after the last seq it saw,
 * and notices a server that is connected but silent.
 */
export type Link =
  | { phase: 'idle' }
  | { phase: 'connecting'; attempt: number; downSince: number }
  | { phase: 'live'; since: number }
  | { phase: 'silent'; since: number; downSince: number }
  | { phase: 'waiting'; attempt: number; retryAt: number; downSince: number; reason?: string };

export interface Socket {
  onopen: ((event: Event) => void) | null;
  onmessage: ((message: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  onerror: ((event: Event) => void) | null;
  send: (text: string) => void;
  close: () => void;
}

export interface ChannelEnvironment {
  now: () => number;
  random: () => number;
  setTimeout: (run: () => void, afterMs: number) => number;
  clearTimeout: (timer: number) => void;
  open: (address: string) => Socket;
}

/** The page's own: tests bring another. */
export const browser: ChannelEnvironment = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (run, afterMs) => window.setTimeout(run, afterMs),
  clearTimeout: (timer) => window.clearTimeout(timer),
  open: (address) => new WebSocket(address),
};

export interface ChannelListener {
  /** A parsed JSON frame; returns the reason when it announces the server's close. */
  onFrame: (frame: unknown, receivedAt: number) => string | undefined;
  onLink: (link: Link) => void;
  /** A connection attempt failed or the socket closed: a good moment to ask whether the session still lives. */
  onLost: () => void;
}

/** Looked at twice a second, so that nothing is shown as fresh three seconds after the last word. */
export const SILENT_AFTER_MS = 2_400;
const ABANDON_AFTER_MS = 9_000;
const FIRST_PAUSE_MS = 500;
/** Whoever looks at the page expects it alive within two seconds of Jarvis's return, however long it was away. */
const LONGEST_PAUSE_MS = 1_000;

/** The pause before an attempt, between half and all of a bound that doubles each time. */
export function pauseBefore(attempt: number, random: number): number {
  const bound = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 10));
  return bound / 2 + (bound / 2) * random;
}

export class Channel {
  private socket: Socket | undefined;
  private link: Link = { phase: 'idle' };
  private attempt = 0;
  private lastFrameAt = 0;
  private downSince = 0;
  private retryTimer: number | undefined;
  private watchTimer: number | undefined;
  private closingReason: string | undefined;
  private seq: number | undefined;
  private saying: string | undefined;
  private said = false;

  constructor(
    private readonly address: (after: number | undefined) => string,
    private readonly listener: ChannelListener,
    private readonly environment: ChannelEnvironment,
    /** Where the server has nothing to tell until it was told what to show, it is told as soon as it can hear. */
    private readonly speaksFirst = false,
  ) {}

  start(): void {
    if (this.link.phase !== 'idle') return;
    this.downSince = this.environment.now();
    this.connect();
  }

  stop(): void {
    this.discardSocket();
    this.clearTimers();
    this.attempt = 0;
    this.become({ phase: 'idle' });
  }

  /** Said now and after every reconnect, until something else is said: a new server knows nothing of it. */
  say(frame: object): void {
    this.saying = JSON.stringify(frame);
    if (this.link.phase === 'live' || this.link.phase === 'silent') this.socket?.send(this.saying);
  }

  /** Do not wait for the pause to end: the person asked, or the network came back. */
  retryNow(): void {
    if (this.link.phase === 'waiting') this.connect();
  }

  /** Looks at the clock now; called by the watch timer and before a re-shown tab paints. */
  checkSilence(): void {
    if (this.link.phase !== 'live' && this.link.phase !== 'silent') return;
    const silence = this.environment.now() - this.lastFrameAt;
    if (silence >= ABANDON_AFTER_MS) this.lose();
    else if (silence >= SILENT_AFTER_MS && this.link.phase === 'live') {
      this.downSince = this.lastFrameAt;
      this.become({ phase: 'silent', since: this.lastFrameAt, downSince: this.lastFrameAt });
    }
  }

  private connect(): void {
    this.clearTimers();
    this.discardSocket();
    this.attempt += 1;
    this.closingReason = undefined;
    this.become({ phase: 'connecting', attempt: this.attempt, downSince: this.downSince });
    const socket = this.environment.open(this.address(this.seq));
    this.socket = socket;
    this.said = false;
    socket.onopen = () => {
      if (this.speaksFirst) this.repeat();
      this.lastFrameAt = this.environment.now();
      this.watch();
    };
    socket.onmessage = (message) => {
      this.receive(message.data);
    };
    socket.onclose = () => {
      this.lose();
    };
    socket.onerror = null;
    // An upgrade that is neither accepted nor refused is given up like a silent server.
    this.retryTimer = this.environment.setTimeout(() => {
      if (this.link.phase === 'connecting') this.lose();
    }, ABANDON_AFTER_MS);
  }

  private receive(data: unknown): void {
    const now = this.environment.now();
    let frame: unknown;
    try {
      frame = JSON.parse(String(data));
    } catch {
      return;
    }
    this.lastFrameAt = now;
    if (this.link.phase !== 'live') {
      const first = this.link.phase === 'connecting';
      this.attempt = 0;
      this.clearRetry();
      this.become({ phase: 'live', since: now });
      if (first && !this.said) this.repeat();
    }
    this.remember(frame);
    this.closingReason = this.listener.onFrame(frame, now) ?? this.closingReason;
  }

  private repeat(): void {
    if (this.saying === undefined) return;
    this.said = true;
    this.socket?.send(this.saying);
  }

  private remember(frame: unknown): void {
    if (typeof frame !== 'object' || frame === null) return;
    const { seq, type } = frame as { seq?: unknown; type?: unknown };
    if (typeof seq !== 'number') return;
    // A heartbeat tells how far the stream is, not that everything before it arrived here.
    if (type !== 'heartbeat' || this.seq === undefined) this.seq = seq;
  }

  private lose(): void {
    const now = this.environment.now();
    if (this.link.phase === 'live') this.downSince = now;
    this.discardSocket();
    this.clearTimers();
    const attempt = this.attempt + 1;
    const retryAt = now + pauseBefore(attempt, this.environment.random());
    this.become({ phase: 'waiting', attempt, retryAt, downSince: this.downSince, reason: this.closingReason });
    this.retryTimer = this.environment.setTimeout(() => {
      this.connect();
    }, retryAt - now);
    this.listener.onLost();
  }

  private watch(): void {
    this.watchTimer = this.environment.setTimeout(() => {
      this.checkSilence();
      if (this.socket !== undefined) this.watch();
    }, 500);
  }

  private discardSocket(): void {
    const socket = this.socket;
    if (socket === undefined) return;
    this.socket = undefined;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private clearRetry(): void {
    if (this.retryTimer !== undefined) this.environment.clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
  }

  private clearTimers(): void {
    this.clearRetry();
    if (this.watchTimer !== undefined) this.environment.clearTimeout(this.watchTimer);
    this.watchTimer = undefined;
  }

  private become(link: Link): void {
    this.link = link;
    this.listener.onLink(link);
  }
}
