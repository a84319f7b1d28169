import type { ConfinementLevel } from '../sandbox/confined-command';

export const trialChecks = ['imports', 'lint', 'types', 'migrations', 'tests'] as const;
/** `imports`: every module is loaded. `lint`: ruff, as the service asks for it. `types`: mypy. `migrations`: up to the newest, and the models say the same. `tests`: pytest. */
export type TrialCheck = (typeof trialChecks)[number];

/** One thing that went wrong when the project was run. */
export interface TrialFailure {
  readonly check: TrialCheck;
  /** What failed: a module, a file and what ruff or mypy say of it, a test. The same failure has the same name in every run. */
  readonly name: string;
  /** What Python said, cut to its end, without paths of the machine. */
  readonly text: string;
  /** Files of the project that it names, outermost first. */
  readonly frames: readonly Frame[];
}

export interface Frame {
  /** Relative to the project. */
  readonly path: string;
  readonly line: number;
}

/** What to run. Left out: everything. */
export interface TrialSelection {
  readonly checks: readonly TrialCheck[];
  /** Names of tests; all of them when left out. */
  readonly tests?: readonly string[];
}

export interface TrialResult {
  /** Sorted by check and name. Tests are not run when a module cannot be loaded: all of them would fail of it. */
  readonly failures: readonly TrialFailure[];
  /** Tests that passed. */
  readonly passed: number;
}

/** Runs a project that nobody has read, shut in. */
export interface Trial {
  readonly level: ConfinementLevel;
  /** Why it is not as well shut in as it could be; undefined when it is. */
  readonly weakness: string | undefined;
  /** `texts` is the whole project by path. */
  readonly run: (texts: ReadonlyMap<string, string>, selection?: TrialSelection) => Promise<TrialResult>;
  /** Removes what it has put on the disk. */
  readonly close: () => void;
}

export type TrialOpening =
  | { readonly kind: 'ready'; readonly trial: Trial }
  /** What stands in the way, and what to do. */
  | { readonly kind: 'not-run'; readonly why: string };
