import type { ChannelEnvironment, Socket } from './channel';
import { pauseBefore } from './channel';
import { terminalFrame, type TerminalFrame } from './terminalWire';

/** Where the line to a terminal stands. */
export type LinePhase = 'connecting' | 'live' | 'silent' | 'reconnecting' | 'ended';

export interface LineListener {
  /** Something was printed; `shown` is called once it is on the screen. */
  onOutput: (text: string, shown: () => void) => void;
  onPhase: (phase: LinePhase, reason?: string, exitStatus?: number) => void;
  onWarning: (code: string, message: string, endsAt?: string) => void;
  /** The server did not take something; the line goes on. */
  onRefusal: (message: string) => void;
}

/** The server keeps a terminal for a minute while nobody is attached. */
export const GRACE_MS = 60_000;
/** It beats once a second; after this long without a beat, people are told. */
export const QUIET_MS = 2_500;
/** One that says nothing for this long is not there. */
export const SILENCE_MS = 6_000;
/** What is shown is acknowledged in portions: each costs a frame. */
export const ACK_EVERY = 32 * 1024;
const ACK_AFTER_MS = 50;
/** Even where each character has to be escaped, a frame stays within what the server takes. */
export const MOST_INPUT = 4_096;

/** Text in pieces of a frame each, none of which ends within a character. */
export function pieces(text: string, most = MOST_INPUT): string[] {
  const all: string[] = [];
  let at = 0;
  while (at < text.length) {
    let end = Math.min(text.length, at + most);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    all.push(text.slice(at, end));
    at = end;
  }
  return all;
}

/**
 * One terminal's socket. Each attachment uses up a secret and learns the next one; after a blip of the
 * network it attaches again, to the same shell, and gets what it missed.
 */
export class TerminalLine {
  private socket: Socket | undefined;
  private phase: LinePhase = 'connecting';
  private attempt = 0;
  private attached = false;
  private received: number | undefined;
  private acknowledged = 0;
  private shown = 0;
  private lostAt: number | undefined;
  private lastFrameAt = 0;
  private size: { columns: number; rows: number } | undefined;
  private lastWords: string | undefined;
  private retryTimer: number | undefined;
  private ackTimer: number | undefined;
  private watchTimer: number | undefined;

  constructor(
    private readonly address: string,
    private secret: string,
    private readonly listener: LineListener,
    private readonly environment: ChannelEnvironment,
  ) {}

  start(): void {
    this.connect();
  }

  /** Leaves it; the terminal itself ends a minute later, or by a request of its own. */
  stop(): void {
    this.phase = 'ended';
    this.discard();
  }

  type(text: string): void {
    for (const data of pieces(text)) this.send({ type: 'input', data });
  }

  resize(columns: number, rows: number): void {
    if (this.size?.columns === columns && this.size.rows === rows) return;
    this.size = { columns, rows };
    this.send({ type: 'resize', columns, rows });
  }

  stay(): void {
    this.send({ type: 'stay' });
  }

  retryNow(): void {
    if (this.retryTimer !== undefined && this.phase === 'reconnecting') this.connect();
  }

  private send(frame: object): void {
    if (this.attached) this.socket?.send(JSON.stringify(frame));
  }

  private connect(): void {
    this.discard();
    this.attempt += 1;
    const socket = this.environment.open(this.address);
    this.socket = socket;
    this.lastFrameAt = this.environment.now();
    socket.onopen = () => socket.send(JSON.stringify({ type: 'attach', secret: this.secret, ...(this.received === undefined ? {} : { after: this.received }) }));
    socket.onmessage = (message) => this.take(message.data);
    socket.onclose = () => this.lose();
    socket.onerror = null;
    this.watch();
  }

  private take(data: unknown): void {
    this.lastFrameAt = this.environment.now();
    if (this.phase === 'silent') this.become('live');
    let parsed;
    try {
      parsed = terminalFrame.safeParse(JSON.parse(String(data)));
    } catch {
      return;
    }
    if (parsed.success) this.follow(parsed.data);
  }

  private follow(frame: TerminalFrame): void {
    switch (frame.type) {
      case 'opened':
        this.opened(frame.secret, frame.seq);
        return;
      case 'output':
        this.received = frame.seq;
        this.listener.onOutput(frame.data, () => this.noteShown(frame.seq));
        return;
      case 'warning':
        this.listener.onWarning(frame.code, frame.message, frame.endsAt ?? undefined);
        return;
      case 'ended':
        this.end(frame.reason, frame.exitStatus ?? undefined);
        return;
      case 'error':
        this.refused(frame.message, frame.code);
        return;
      case 'closing':
        this.lastWords = frame.reason ?? undefined;
        return;
      case 'heartbeat':
      case 'pong':
    }
  }

  private opened(next: string, seq: number): void {
    this.secret = next;
    this.attached = true;
    this.attempt = 0;
    this.lostAt = undefined;
    this.received ??= seq;
    this.acknowledged = Math.max(this.acknowledged, seq);
    this.become('live');
    if (this.size) this.send({ type: 'resize', ...this.size });
  }

  private refused(message: string, code: string): void {
    // Before it is attached, what is refused is the attachment itself: there is no other try.
    if (!this.attached || code === 'replaced') this.end(message);
    else this.listener.onRefusal(message);
  }

  private noteShown(seq: number): void {
    this.shown = Math.max(this.shown, seq);
    if (this.shown - this.acknowledged >= ACK_EVERY) this.acknowledge();
    else this.ackTimer ??= this.environment.setTimeout(() => this.acknowledge(), ACK_AFTER_MS);
  }

  private acknowledge(): void {
    if (this.ackTimer !== undefined) this.environment.clearTimeout(this.ackTimer);
    this.ackTimer = undefined;
    if (this.shown <= this.acknowledged) return;
    this.acknowledged = this.shown;
    this.send({ type: 'ack', seq: this.shown });
  }

  private watch(): void {
    this.watchTimer = this.environment.setTimeout(() => {
      const silentFor = this.environment.now() - this.lastFrameAt;
      if (silentFor >= SILENCE_MS) {
        this.lose();
        return;
      }
      if (this.phase === 'live' && silentFor >= QUIET_MS) this.become('silent');
      this.watch();
    }, 1_000);
  }

  private lose(): void {
    if (this.phase === 'ended') return;
    const now = this.environment.now();
    this.lostAt ??= now;
    this.discard();
    if (now - this.lostAt >= GRACE_MS) {
      this.end(this.lastWords);
      return;
    }
    this.become('reconnecting');
    const pause = pauseBefore(Math.max(1, this.attempt), this.environment.random());
    this.retryTimer = this.environment.setTimeout(() => this.connect(), pause);
  }

  private end(reason?: string, exitStatus?: number): void {
    if (this.phase === 'ended') return;
    this.discard();
    this.phase = 'ended';
    this.listener.onPhase('ended', reason, exitStatus);
  }

  private become(phase: LinePhase): void {
    if (this.phase === phase) return;
    this.phase = phase;
    this.listener.onPhase(phase);
  }

  private discard(): void {
    for (const timer of [this.retryTimer, this.ackTimer, this.watchTimer]) if (timer !== undefined) this.environment.clearTimeout(timer);
    this.retryTimer = this.ackTimer = this.watchTimer = undefined;
    this.attached = false;
    const socket = this.socket;
    if (!socket) return;
    this.socket = undefined;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
