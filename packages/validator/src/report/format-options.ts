import type { Diagnostic, Severity } from '../diagnostics/diagnostic';

/** What a report says about a rule; the documentation of every rule has these. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
  readonly whatToDo: string;
  /** For findings an attacker can use. */
  readonly security?: { readonly cwe: number; readonly severity: number };
}

export interface FormatOptions {
  /** Path → text: for the code frames of `full`, and so that fingerprints follow a line that moves. */
  readonly texts?: ReadonlyMap<string, string>;
  /** For `sarif`: what the rules say of themselves. A rule that is not here is listed under its id alone. */
  readonly rules?: readonly RuleDescription[];
  /** For `junit`: the files that were checked, so that clean ones pass; the Python files of `texts` when left out. */
  readonly checkedPaths?: readonly string[];
  /** For `sarif`: tells apart the runs of several projects in one repository. */
  readonly category?: string;
}

/** Takes diagnostics in the order they shall be read. */
export type Formatter = (diagnostics: readonly Diagnostic[], options: FormatOptions) => string;
