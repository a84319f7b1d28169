import type { ModelCapabilities } from '../language-model';

export interface GeminiFamily {
  /** Matches model ids by their beginning; the longest wins. */
  readonly prefix: string;
  readonly capabilities: ModelCapabilities;
  /** `level`: low, medium, high. `budget`: a number of tokens. `none`: the field is refused. */
  readonly thinking: 'level' | 'budget' | 'none';
  /** Sampling fields it heeds or at least takes; others are left out of the request. */
  readonly takesSeed: boolean;
  /** The provider said it will stop on that day (YYYY-MM-DD). */
  readonly shutdown?: { readonly on: string; readonly successor: string };
}

/** When the figures below were looked up. Prices change: `modelPrices` in the plugin's options overrides them. */
export const GEMINI_FAMILIES_AS_OF = '2026-11-10';

const MILLION_WINDOW = { contextTokens: 1_048_576, maxOutputTokens: 65_536 };

function family(
  prefix: string,
  price: readonly [input: number, output: number, cached?: number] | undefined,
  rest: Omit<GeminiFamily, 'prefix' | 'capabilities'>,
): GeminiFamily {
  const known = price === undefined ? undefined : { input: price[0], output: price[1], cachedInput: price[2] };
  return { prefix, capabilities: { ...MILLION_WINDOW, price: known }, ...rest };
}

/** What each family takes and costs, in US dollars per million tokens. */
export const GEMINI_FAMILIES: readonly GeminiFamily[] = [
  family('gemini-', undefined, { thinking: 'level', takesSeed: true }),
  family('gemini-4-', [4, 20, 0.2], { thinking: 'level', takesSeed: false }),
  family('gemini-4-neon', [3, 15], { thinking: 'level', takesSeed: false }),
  family('gemini-3.8-flash', [0.75, 3.75], { thinking: 'level', takesSeed: true }),
  family('gemini-3.5-flash', [1.5, 9], { thinking: 'level', takesSeed: true }),
  family('gemini-3.5-flash-lite', undefined, { thinking: 'level', takesSeed: true }),
  family('gemini-3.1-pro', [2, 12], { thinking: 'level', takesSeed: true }),
  family('gemini-3.1-flash-lite', [0.25, 1.5], { thinking: 'level', takesSeed: true }),
  family('gemini-3-flash', [0.5, 3, 0.05], { thinking: 'level', takesSeed: true }),
  family('gemini-2.5-pro', [1.25, 10], {
    thinking: 'budget',
    takesSeed: true,
    shutdown: { on: '2026-12-01', successor: 'gemini-3.8-flash' },
  }),
  family('gemini-2.5-flash', [0.3, 2.5], {
    thinking: 'budget',
    takesSeed: true,
    shutdown: { on: '2026-12-01', successor: 'gemini-3.8-flash' },
  }),
  family('gemini-2.5-flash-lite', [0.1, 0.4], { thinking: 'budget', takesSeed: true }),
];
