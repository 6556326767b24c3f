import type { Patch, Resource } from './wire';

/** What is to happen to one resource at the next flush. */
export type Change = { do: 'put'; item: Resource } | { do: 'patch'; patch: Patch } | { do: 'remove' };

/** Lays a partial change over a resource; fields named in `unset` become unknown. */
export function patched(item: Resource, { unset, ...changes }: Patch): Resource {
  const result: Record<string, unknown> = { ...item, ...changes };
  for (const field of unset ?? []) {
    if (field !== 'ref' && field !== 'kind' && field !== 'name' && field !== 'status') Reflect.deleteProperty(result, field);
  }
  return result as Resource;
}

function joined(earlier: Patch, later: Patch): Patch {
  const merged: Record<string, unknown> = { ...earlier, ...later };
  for (const field of later.unset ?? []) Reflect.deleteProperty(merged, field);
  const unset = [...(earlier.unset ?? []).filter((field) => !(field in later)), ...(later.unset ?? [])];
  return { ...(merged as Patch), ref: later.ref, unset: [...new Set(unset)] };
}

/**
 * Deltas between two paints, one entry per resource: the last write wins per field, so a burst costs
 * the page one update of each resource that it touched.
 */
export class DeltaQueue {
  private pending = new Map<string, Change>();
  private scheduled = false;

  constructor(
    private readonly apply: (changes: ReadonlyMap<string, Change>) => void,
    private readonly schedule: (run: () => void) => void,
  ) {}

  put(item: Resource): void {
    this.pending.set(item.ref, { do: 'put', item });
    this.request();
  }

  patch(change: Patch): void {
    const earlier = this.pending.get(change.ref);
    if (earlier?.do === 'remove') return;
    if (earlier?.do === 'put') this.pending.set(change.ref, { do: 'put', item: patched(earlier.item, change) });
    else this.pending.set(change.ref, { do: 'patch', patch: earlier ? joined(earlier.patch, change) : change });
    this.request();
  }

  remove(ref: string): void {
    this.pending.set(ref, { do: 'remove' });
    this.request();
  }

  /** A snapshot replaces everything, what was queued before it included. */
  clear(): void {
    this.pending = new Map();
  }

  flush(): void {
    this.scheduled = false;
    if (this.pending.size === 0) return;
    const changes = this.pending;
    this.pending = new Map();
    this.apply(changes);
  }

  private request(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.schedule(() => {
      this.flush();
    });
  }
}

/** The next paint; a hidden tab does not paint, so there a timer of 1 s stands in. */
export function onNextPaint(run: () => void): void {
  if (document.hidden) {
    setTimeout(run, 1_000);
    return;
  }
  // A tab hidden between request and paint would keep the frame waiting; the timer catches that.
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, 1_000);
}
