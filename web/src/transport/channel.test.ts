import { beforeEach, describe, expect, it } from 'vitest';
import { Channel, pauseBefore, type ChannelEnvironment, type Link, type Socket } from './channel';

class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  closed = false;
  readonly sent: unknown[] = [];
  constructor(readonly address: string) {}
  close(): void {
    this.closed = true;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  open(): void {
    this.onopen?.(new Event('open'));
  }
  say(frame: unknown): void {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) } as MessageEvent);
  }
  drop(): void {
    this.onclose?.({} as CloseEvent);
  }
}

/** A clock that runs only when told to. */
class FakeTime {
  now = 1_000_000;
  private timers: { id: number; at: number; run: () => void }[] = [];
  private next = 1;
  set = (run: () => void, ms: number): number => {
    this.timers.push({ id: this.next, at: this.now + ms, run });
    return this.next++;
  };
  clear = (id: number): void => {
    this.timers = this.timers.filter((timer) => timer.id !== id);
  };
  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.clear(due.id);
      this.now = due.at;
      due.run();
    }
    this.now = until;
  }
}

let time: FakeTime;
let sockets: FakeSocket[];
let links: Link[];
let lost: number;

function channel(speaksFirst = false): Channel {
  const environment: ChannelEnvironment = {
    now: () => time.now,
    random: () => 1,
    setTimeout: (run, ms) => time.set(run, ms),
    clearTimeout: (timer) => time.clear(timer),
    open: (address) => {
      const socket = new FakeSocket(address);
      sockets.push(socket);
      return socket;
    },
  };
  return new Channel(
    (after) => `ws://jarvis/ws/cluster${after === undefined ? '' : `?after=${String(after)}`}`,
    {
      onFrame: (frame) => ((frame as { type: string }).type === 'closing' ? (frame as { reason: string }).reason : undefined),
      onLink: (link) => links.push(link),
      onLost: () => (lost += 1),
    },
    environment,
    speaksFirst,
  );
}

const socket = (): FakeSocket => sockets.at(-1) ?? expect.fail('no socket was opened');
const phase = () => links.at(-1)?.phase;

beforeEach(() => {
  time = new FakeTime();
  sockets = [];
  links = [];
  lost = 0;
});

describe('Channel', () => {
  it('is live with the first frame, not with the open socket', () => {
    channel().start();
    socket().open();
    expect(phase()).toBe('connecting');
    socket().say({ type: 'snapshot', seq: 7 });
    expect(phase()).toBe('live');
  });

  it('says what is shown once it is live, and again to the next server', () => {
    const line = channel();
    line.start();
    socket().open();
    line.say({ type: 'show', refs: ['a'] });
    expect(socket().sent).toEqual([]);
    socket().say({ type: 'snapshot', seq: 7 });
    expect(socket().sent).toEqual([{ type: 'show', refs: ['a'] }]);
    line.say({ type: 'show', refs: ['b'] });
    socket().say({ type: 'heartbeat', seq: 7 });
    expect(socket().sent).toHaveLength(2);
    socket().drop();
    line.retryNow();
    socket().open();
    socket().say({ type: 'heartbeat', seq: 7 });
    expect(socket().sent).toEqual([{ type: 'show', refs: ['b'] }]);
  });

  it('speaks first where the server waits for that, and only once', () => {
    const line = channel(true);
    line.say({ type: 'show', conversation: 'a' });
    line.start();
    socket().open();
    expect(socket().sent).toEqual([{ type: 'show', conversation: 'a' }]);
    socket().say({ type: 'heartbeat', seq: 0 });
    expect(socket().sent).toHaveLength(1);
  });

  it('tells of a closed socket in the same instant', () => {
    channel().start();
    socket().open();
    socket().say({ type: 'heartbeat', seq: 1 });
    socket().drop();
    expect(links.at(-1)).toMatchObject({ phase: 'waiting', attempt: 1, downSince: time.now });
    expect(lost).toBe(1);
  });

  it('notices within 3 s that a server has fallen silent, and forgives when it speaks again', () => {
    channel().start();
    socket().open();
    socket().say({ type: 'heartbeat', seq: 1 });
    time.pass(2_000);
    expect(phase()).toBe('live');
    time.pass(999);
    expect(phase()).toBe('silent');
    socket().say({ type: 'heartbeat', seq: 1 });
    expect(phase()).toBe('live');
  });

  it('gives a socket up that stays silent for 9 s', () => {
    channel().start();
    socket().open();
    socket().say({ type: 'heartbeat', seq: 1 });
    const first = socket();
    time.pass(9_000);
    expect(first.closed).toBe(true);
    expect(phase()).toBe('waiting');
  });

  it('resumes after the last delta, which a heartbeat does not move', () => {
    channel().start();
    socket().open();
    socket().say({ type: 'snapshot', seq: 7 });
    socket().say({ type: 'delta', seq: 9 });
    socket().say({ type: 'heartbeat', seq: 12 });
    socket().drop();
    time.pass(500);
    expect(socket().address).toBe('ws://jarvis/ws/cluster?after=9');
  });

  it('waits longer after each failure up to a bound, and starts over once it was live', () => {
    channel().start();
    const pauses: number[] = [];
    for (let i = 0; i < 4; i++) {
      socket().drop();
      const link = links.at(-1);
      if (link?.phase !== 'waiting') expect.fail('not waiting');
      pauses.push(link.retryAt - time.now);
      time.pass(link.retryAt - time.now);
    }
    expect(pauses).toEqual([1_000, 1_000, 1_000, 1_000]);
    socket().open();
    socket().say({ type: 'snapshot', seq: 1 });
    socket().drop();
    expect(links.at(-1)).toMatchObject({ phase: 'waiting', attempt: 1 });
  });

  it('keeps the moment since which it is down over all attempts', () => {
    channel().start();
    socket().open();
    socket().say({ type: 'snapshot', seq: 1 });
    socket().drop();
    const since = time.now;
    time.pass(500);
    socket().drop();
    expect(links.at(-1)).toMatchObject({ phase: 'waiting', downSince: since });
  });

  it('passes on why the server closed', () => {
    channel().start();
    socket().open();
    socket().say({ type: 'snapshot', seq: 1 });
    socket().say({ type: 'closing', reason: 'session ended' });
    socket().drop();
    expect(links.at(-1)).toMatchObject({ phase: 'waiting', reason: 'session ended' });
  });

  it('tries at once when asked to', () => {
    const subject = channel();
    subject.start();
    socket().drop();
    subject.retryNow();
    expect(phase()).toBe('connecting');
    expect(sockets).toHaveLength(2);
  });

  it('survives a frame that is no JSON', () => {
    channel().start();
    socket().open();
    socket().say('{"type":');
    expect(phase()).toBe('connecting');
    socket().say({ type: 'snapshot', seq: 1 });
    expect(phase()).toBe('live');
  });

  it('does nothing after its end', () => {
    const subject = channel();
    subject.start();
    const first = socket();
    subject.stop();
    time.pass(60_000);
    expect(first.closed).toBe(true);
    expect(sockets).toHaveLength(1);
    expect(phase()).toBe('idle');
  });
});

describe('pauseBefore', () => {
  it('is jittered between half and all of its bound, which ends soon enough to be back within 2 s', () => {
    expect(pauseBefore(1, 0)).toBe(250);
    expect(pauseBefore(1, 1)).toBe(500);
    expect(pauseBefore(40, 1)).toBe(1_000);
  });
});
