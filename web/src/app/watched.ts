/** Asked again no more often than this, whatever an answer says. */
const SOONEST_MS = 2_000;
/** A hidden page asks nothing; this is how often it looks whether it is shown again. */
const HIDDEN_MS = 2_000;

interface Watching {
  count: number;
  timer: number | undefined;
  abort: AbortController;
}

/**
 * Questions that are asked only while somebody looks at their answers, however many do so: once at the
 * first look, and again when the answer says it will be old.
 */
export class Watched {
  private readonly watching = new Map<string, Watching>();

  /**
   * @param ask asks once and answers in how many ms to ask again, undefined for never; it does not throw
   * @param forget nobody looks any more
   */
  constructor(
    private readonly ask: (key: string, signal: AbortSignal) => Promise<number | undefined>,
    private readonly forget: (key: string) => void,
  ) {}

  /** Somebody looks; the answer ends that. */
  watch(key: string): () => void {
    const known = this.watching.get(key);
    const watching = known ?? { count: 0, timer: undefined, abort: new AbortController() };
    watching.count += 1;
    if (!known) {
      this.watching.set(key, watching);
      void this.turn(key, watching);
    }
    let looking = true;
    return () => {
      if (!looking) return;
      looking = false;
      watching.count -= 1;
      if (watching.count > 0) return;
      window.clearTimeout(watching.timer);
      watching.abort.abort();
      this.watching.delete(key);
      this.forget(key);
    };
  }

  private async turn(key: string, watching: Watching): Promise<void> {
    const { signal } = watching.abort;
    if (document.hidden) {
      watching.timer = window.setTimeout(() => void this.turn(key, watching), HIDDEN_MS);
      return;
    }
    const next = await this.ask(key, signal);
    if (signal.aborted || next === undefined) return;
    watching.timer = window.setTimeout(() => void this.turn(key, watching), Math.max(SOONEST_MS, next));
  }
}
