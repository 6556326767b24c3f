/** How long consent by holding takes, in pointer and keyboard alike. */
export const HOLD_MS = 1_500;
/** How long an assistive click waits for its second. */
export const CONFIRM_WINDOW_MS = 5_000;

export type HoldPhase = 'idle' | 'holding' | 'confirming' | 'done';

export interface HoldTimers {
  setTimeout: (run: () => void, afterMs: number) => number;
  clearTimeout: (timer: number) => void;
}

/**
 * Consent by effort: completes only when one press lasted the whole time. Releasing, leaving or losing
 * focus starts over. Assistive technology that can only click confirms by a second click.
 */
export class Hold {
  private phase: HoldPhase = 'idle';
  private timer: number | undefined;

  constructor(
    private readonly onPhase: (phase: HoldPhase) => void,
    private readonly onComplete: () => void,
    private readonly timers: HoldTimers = { setTimeout: (run, ms) => window.setTimeout(run, ms), clearTimeout: (timer) => window.clearTimeout(timer) },
  ) {}

  press(): void {
    if (this.phase === 'holding' || this.phase === 'done') return;
    this.enter('holding', HOLD_MS, () => this.complete());
  }

  release(): void {
    if (this.phase === 'holding') this.cancel();
  }

  assistiveClick(): void {
    if (this.phase === 'confirming') this.complete();
    else if (this.phase === 'idle') this.enter('confirming', CONFIRM_WINDOW_MS, () => this.cancel());
  }

  /** Back to the start, for a new consent. */
  cancel(): void {
    this.clear();
    this.become('idle');
  }

  private complete(): void {
    this.clear();
    this.become('done');
    this.onComplete();
  }

  private enter(phase: HoldPhase, forMs: number, then: () => void): void {
    this.clear();
    this.become(phase);
    this.timer = this.timers.setTimeout(then, forMs);
  }

  private clear(): void {
    if (this.timer !== undefined) this.timers.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private become(phase: HoldPhase): void {
    if (this.phase === phase) return;
    this.phase = phase;
    this.onPhase(phase);
  }
}
