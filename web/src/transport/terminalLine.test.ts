import { beforeEach, describe, expect, it } from 'vitest';
import { ACK_EVERY, GRACE_MS, MOST_INPUT, pieces, SILENCE_MS, TerminalLine, type LinePhase } from './terminalLine';
import type { Socket } from './channel';

class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;
  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close() {
    this.closed = true;
  }
  tell(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) } as MessageEvent);
  }
}

let now = 0;
let timers: { at: number; run: () => void; id: number }[] = [];
let sockets: FakeSocket[] = [];
let phases: [LinePhase, string | undefined, number | undefined][] = [];
let printed = '';
let shown: (() => void)[] = [];
let warnings: string[] = [];

function pass(ms: number) {
  const end = now + ms;
  for (;;) {
    const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
    if (!due) break;
    timers = timers.filter((timer) => timer !== due);
    now = due.at;
    due.run();
  }
  now = end;
}

function line(): TerminalLine {
  let id = 0;
  return new TerminalLine(
    'ws://jarvis/ws/terminal?id=t',
    'first',
    {
      onOutput: (text, done) => {
        printed += text;
        shown.push(done);
      },
      onPhase: (phase, reason, exit) => phases.push([phase, reason, exit]),
      onWarning: (code) => warnings.push(code),
      onRefusal: (message) => warnings.push(message),
    },
    {
      now: () => now,
      random: () => 0,
      setTimeout: (run, afterMs) => {
        timers.push({ at: now + afterMs, run, id: ++id });
        return id;
      },
      clearTimeout: (timer) => {
        timers = timers.filter((one) => one.id !== timer);
      },
      open: (address) => {
        expect(address).not.toContain('first');
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
    },
  );
}

const last = () => {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('No socket was opened.');
  return socket;
};

function attached(): TerminalLine {
  const opened = line();
  opened.start();
  last().onopen?.(new Event('open'));
  last().tell({ type: 'opened', seq: 0, secret: 'second' });
  return opened;
}

beforeEach(() => {
  now = 0;
  timers = [];
  sockets = [];
  phases = [];
  printed = '';
  shown = [];
  warnings = [];
});

describe('a terminal’s line', () => {
  it('attaches with the secret in a frame and says its size', () => {
    const opened = line();
    opened.resize(100, 30);
    opened.start();
    last().onopen?.(new Event('open'));
    expect(last().sent).toEqual([{ type: 'attach', secret: 'first' }]);
    last().tell({ type: 'opened', seq: 0, secret: 'second' });
    expect(phases.at(-1)?.[0]).toBe('live');
    expect(last().sent.at(-1)).toEqual({ type: 'resize', columns: 100, rows: 30 });
  });

  it('acknowledges what is on the screen, not what has only arrived', () => {
    attached();
    last().tell({ type: 'output', seq: ACK_EVERY, data: 'x' });
    pass(500);
    expect(last().sent.filter((frame) => frame['type'] === 'ack')).toEqual([]);
    shown[0]?.();
    expect(last().sent.at(-1)).toEqual({ type: 'ack', seq: ACK_EVERY });
    last().tell({ type: 'output', seq: ACK_EVERY + 1, data: 'y' });
    shown[1]?.();
    expect(last().sent.filter((frame) => frame['type'] === 'ack')).toHaveLength(1);
    pass(100);
    expect(last().sent.at(-1)).toEqual({ type: 'ack', seq: ACK_EVERY + 1 });
  });

  it('attaches again after a blip, with the next secret, from where it was', () => {
    attached();
    last().tell({ type: 'output', seq: 7, data: 'hello, ' });
    last().onclose?.(new CloseEvent('close'));
    expect(phases.at(-1)?.[0]).toBe('reconnecting');
    pass(5_000);
    expect(sockets).toHaveLength(2);
    last().onopen?.(new Event('open'));
    expect(last().sent[0]).toEqual({ type: 'attach', secret: 'second', after: 7 });
    last().tell({ type: 'opened', seq: 7, secret: 'third' });
    last().tell({ type: 'output', seq: 12, data: 'world' });
    expect(printed).toBe('hello, world');
    expect(phases.at(-1)?.[0]).toBe('live');
  });

  it('gives up after a minute', () => {
    attached();
    for (let at = 0; at <= GRACE_MS + 10_000 && phases.at(-1)?.[0] !== 'ended'; at += 1_000) {
      last().onclose?.(new CloseEvent('close'));
      pass(1_000);
    }
    expect(phases.at(-1)?.[0]).toBe('ended');
    expect(timers).toEqual([]);
  });

  it('notices a server that says nothing more', () => {
    attached();
    pass(SILENCE_MS - 1_500);
    last().tell({ type: 'heartbeat', seq: 0, at: '' });
    pass(SILENCE_MS - 1_500);
    expect(sockets).toHaveLength(1);
    expect(phases.at(-1)?.[0]).toBe('silent');
    pass(3_000);
    expect(phases.at(-1)?.[0]).toBe('reconnecting');
  });

  it('tells of a silence before it gives the line up, and of its end', () => {
    attached();
    pass(3_500);
    expect(phases.at(-1)?.[0]).toBe('silent');
    last().tell({ type: 'heartbeat', seq: 0, at: '' });
    expect(phases.at(-1)?.[0]).toBe('live');
    expect(sockets).toHaveLength(1);
  });

  it('ends where the attachment is refused, and does not try again', () => {
    const opened = line();
    opened.start();
    last().onopen?.(new Event('open'));
    last().tell({ type: 'error', seq: 0, code: 'refused', message: 'The secret is wrong.' });
    expect(phases).toEqual([['ended', 'The secret is wrong.', undefined]]);
    pass(120_000);
    expect(sockets).toHaveLength(1);
  });

  it('tells how it ended', () => {
    attached();
    last().tell({ type: 'ended', seq: 9, exitStatus: 3, reason: 'It ended with status 3.' });
    expect(phases.at(-1)).toEqual(['ended', 'It ended with status 3.', 3]);
    expect(last().closed).toBe(true);
    expect(timers).toEqual([]);
  });

  it('goes on after a refusal and a warning', () => {
    const opened = attached();
    last().tell({ type: 'error', seq: 0, code: 'throttled', message: 'Too much.' });
    last().tell({ type: 'warning', seq: 0, code: 'idle', message: 'Soon.', endsAt: null });
    expect(warnings).toEqual(['Too much.', 'idle']);
    opened.type('x');
    expect(last().sent.at(-1)).toEqual({ type: 'input', data: 'x' });
  });

  it('ignores what is no frame', () => {
    attached();
    last().onmessage?.({ data: '{' } as MessageEvent);
    last().tell({ type: 'output', data: 7 });
    last().tell({ type: 'constructor' });
    expect(printed).toBe('');
    expect(phases.at(-1)?.[0]).toBe('live');
  });

  it('types a large paste in frames that end within no character', () => {
    const text = `${'a'.repeat(MOST_INPUT - 1)}😀${'ü'.repeat(MOST_INPUT)}`;
    const all = pieces(text);
    expect(all.join('')).toBe(text);
    expect(Math.max(...all.map((piece) => piece.length))).toBeLessThanOrEqual(MOST_INPUT);
    expect(all.some((piece) => /[\ud800-\udbff]$/.test(piece))).toBe(false);
  });
});
