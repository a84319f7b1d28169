import type { DiagnosticFormat } from '../report/formatters';

export interface CheckArguments {
  readonly kind: 'check';
  readonly paths: readonly string[];
  readonly format: DiagnosticFormat;
  /** Undefined: what the project's settings say. */
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
  /** Ruff's codes; undefined: what the project's settings say. */
  readonly lint: readonly string[] | undefined;
  readonly statistics: boolean;
  readonly fix: 'none' | 'safe' | 'unsafe';
  readonly exitZero: boolean;
  readonly category: string | undefined;
  /** Undefined: as many as the machine runs at once, at most 4. */
  readonly threads: number | undefined;
}

export type CommandArguments =
  | CheckArguments
  | { readonly kind: 'help' }
  | { readonly kind: 'explain'; readonly rule: string }
  | { readonly kind: 'invalid'; readonly message: string };
