/**
 * The server's clock as seen from here. A message stamped `at` arrives one latency later, so each
 * sample under-estimates the offset by its latency; the largest of the recent ones is the best.
 */
export class ServerClock {
  private readonly samples: number[] = [];
  private best = 0;

  constructor(private readonly capacity = 30) {}

  observe(at: string, receivedAt: number): void {
    const stamp = Date.parse(at);
    if (Number.isNaN(stamp)) return;
    this.samples.push(stamp - receivedAt);
    if (this.samples.length > this.capacity) this.samples.shift();
    this.best = Math.max(...this.samples);
  }

  /** Milliseconds to add to this machine's clock to get the server's. */
  get offset(): number {
    return this.best;
  }
}
