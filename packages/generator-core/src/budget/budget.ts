import type { Usage } from '../model/completion';
import type { ModelPrice } from '../model/language-model';
import { costOf } from './cost-of';

/** The most a run may spend; undefined: as much as it takes. */
export interface BudgetLimits {
  readonly calls?: number;
  /** Sent and received together. */
  readonly tokens?: number;
  /** US dollars. */
  readonly cost?: number;
  /** Milliseconds from the beginning of the run. */
  readonly time?: number;
}

export interface Spending {
  readonly calls: number;
  readonly tokens: number;
  /** US dollars; undefined as soon as a call's price is not known. */
  readonly cost: number | undefined;
}

interface BudgetOptions {
  readonly limits: BudgetLimits;
  readonly price: () => ModelPrice | undefined;
  readonly now: () => number;
}

/** Counts what a run spends and says when it must stop. What a call may come to is set aside before it is made, so that calls in flight cannot overrun. */
export class Budget {
  private calls = 0;
  private tokens = 0;
  private cost: number | undefined = 0;
  private reservedTokens = 0;
  private reservedCost = 0;
  private readonly start: number;

  constructor(private readonly options: BudgetOptions) {
    this.start = options.now();
  }

  get spent(): Spending {
    return { calls: this.calls, tokens: this.tokens, cost: this.cost };
  }

  /** Sets aside what a call may come to; a string says which limit forbids it. */
  reserve(expected: Usage): string | undefined {
    const refusal = this.refusal(expected);
    if (refusal !== undefined) return refusal;
    this.calls += 1;
    this.reservedTokens += tokensOf(expected);
    this.reservedCost += costOf(expected, this.options.price()) ?? 0;
    return undefined;
  }

  /** The call is over: what was set aside becomes what it really took, as far as that is known. */
  settle(expected: Usage, actual: Usage | undefined): void {
    this.reservedTokens -= tokensOf(expected);
    this.reservedCost -= costOf(expected, this.options.price()) ?? 0;
    if (actual === undefined) return;
    this.tokens += tokensOf(actual);
    const cost = costOf(actual, this.options.price());
    this.cost = cost === undefined || this.cost === undefined ? undefined : this.cost + cost;
  }

  private refusal(expected: Usage): string | undefined {
    const { limits, now, price } = this.options;
    if (limits.calls !== undefined && this.calls >= limits.calls) return `all ${limits.calls} calls are made`;
    if (limits.time !== undefined && now() - this.start >= limits.time) return `${Math.round(limits.time / 1000)} s are over`;
    const tokens = this.tokens + this.reservedTokens + tokensOf(expected);
    if (limits.tokens !== undefined && tokens > limits.tokens) return `the next call could pass ${limits.tokens} tokens`;
    if (limits.cost === undefined) return undefined;
    const expectedCost = costOf(expected, price());
    if (expectedCost === undefined || this.cost === undefined)
      return 'the price of the model is not known, so that its cost cannot be held to';
    return this.cost + this.reservedCost + expectedCost > limits.cost ? `the next call could pass $${limits.cost}` : undefined;
  }
}

function tokensOf({ inputTokens = 0, outputTokens = 0 }: Usage): number {
  return inputTokens + outputTokens;
}
