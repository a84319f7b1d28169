import type { Diagnostic, Fix, Severity } from '../diagnostics/diagnostic';
import type { RequestFlow } from '../graph/flow/find-flows';
import type { LoadFailure } from '../graph/load-simulation';
import type { LinkedModule } from '../graph/linked-module';
import type { DefinitionIndex } from '../graph/service/definition-index';
import type { ComposedService } from '../graph/service/composed-service';
import type { Overlap } from '../graph/service/find-overlaps';
import type { ReachedRoute } from '../graph/service/route-ways';
import type { ServiceModel } from '../graph/service/service-model';
import type { ModuleSummary } from '../extract/module-summary';
import type { Requirements } from '../resolve/requirements';
import type { PythonVersion } from '../python/python-version';
import type { LineIndex } from '../text/line-index';
import type { Span } from '../text/span';

export interface RuleMeta {
  readonly id: string;
  readonly since: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
  readonly whatToDo: string;
  /** For findings an attacker can use: the weakness by its CWE number, and how bad it is from 0 to 10. */
  readonly security?: { readonly cwe: number; readonly severity: number };
  readonly examples: readonly { readonly bad: string; readonly good: string }[];
}

/** What a rule says; path, module, severity and lines are added by the caller. */
export interface Report {
  readonly span: Span;
  readonly message: string;
  /** The rule's own when left out. */
  readonly severity?: Severity;
  /** `certain` when left out. */
  readonly certainty?: Diagnostic['certainty'];
  readonly data?: Diagnostic['data'];
  /** The places data passes on its way. */
  readonly flow?: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
  readonly fix?: {
    readonly title: string;
    /** `unsafe` when left out: somebody should look at what it did. `safe` never changes what working code does. */
    readonly applicability?: Fix['applicability'];
    readonly edits: readonly { readonly span: Span; readonly text: string }[];
  };
}

/** A report of a rule that looks at all files together. */
export interface PlacedReport extends Report {
  readonly path: string;
}

/** The wiring of the whole project. */
export interface ServiceContext {
  readonly model: ServiceModel;
  readonly index: DefinitionIndex;
  /** Routes with the prefixes of what includes them. */
  readonly composed: ComposedService;
  /** How requests reach each route. */
  readonly ways: readonly ReachedRoute[];
  readonly overlaps: readonly Overlap[];
  /** Where request data does harm. */
  readonly flows: readonly RequestFlow[];
  readonly lineIn: (path: string, offset: number) => number;
  readonly moduleOf: (path: string) => string;
}

export interface RuleContext {
  readonly path: string;
  readonly summary: ModuleSummary;
  readonly linked: LinkedModule;
  readonly lines: LineIndex;
  readonly version: PythonVersion;
  readonly requirements: Requirements;
  /** Line numbers in other files, for messages. */
  readonly lineIn: (path: string, offset: number) => number;
  readonly moduleOf: (path: string) => string;
}

export interface Rule {
  readonly meta: RuleMeta;
  readonly check: (context: RuleContext) => readonly Report[];
  /** For rules about the project's run: called once with the failures found in this file. */
  readonly checkLoading?: (context: RuleContext, failures: readonly LoadFailure[]) => readonly Report[];
  /** For rules about how routes are wired: called once for the project. */
  readonly checkService?: (context: ServiceContext) => readonly PlacedReport[];
  /** For rules about files that are no Python: path → text. */
  readonly checkTexts?: (texts: ReadonlyMap<string, string>) => readonly PlacedReport[];
}
