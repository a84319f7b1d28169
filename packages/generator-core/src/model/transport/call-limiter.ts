/** At most so many calls at the same time; fewer when the provider says it is too much, more again as calls succeed. */
export class CallLimiter {
  private limit: number;
  private running = 0;
  private successes = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {
    this.limit = most;
  }

  get current(): number {
    return this.limit;
  }

  /** Halves the bound: the provider has refused a call for now. */
  shrink(): void {
    this.limit = Math.max(1, Math.floor(this.limit / 2));
    this.successes = 0;
  }

  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      const result = await call();
      this.grow();
      return result;
    } finally {
      this.running -= 1;
      this.wake();
    }
  }

  private grow(): void {
    this.successes += 1;
    if (this.successes < this.limit || this.limit >= this.most) return;
    this.limit += 1;
    this.successes = 0;
  }

  /** Who is woken has its place at once, so that nobody else takes it in between. */
  private wake(): void {
    while (this.running < this.limit && this.waiting.length > 0) {
      this.running += 1;
      this.waiting.shift()!();
    }
  }
}
