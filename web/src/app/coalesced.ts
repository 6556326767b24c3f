/**
 * A question whose answer may be outdated while it is on its way: asked again once after the answer came,
 * however often that was wished meanwhile.
 */
export class Coalesced {
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(private readonly ask: () => Promise<void>) {}

  /** Ends when an answer came that was asked for after this call. */
  run(): Promise<void> {
    if (this.running === undefined) {
      this.running = this.ask().finally(() => {
        this.running = undefined;
      });
      return this.running;
    }
    this.next ??= this.running.then(() => {
      this.next = undefined;
      return this.run();
    });
    return this.next;
  }
}
