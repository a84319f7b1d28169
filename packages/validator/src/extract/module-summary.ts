import type { Span } from '../text/span';
import type { CallableShape, CallUse } from './callable';
import type { ImportStatement } from './import-statement';
import type { SecretFact } from './secret/secret-fact';
import type { ServiceFacts } from './service/service-facts';

export type SymbolKind = 'function' | 'class' | 'variable' | 'type-alias' | 'import';

/** A name in the module's own scope, and whether an importer can get it at run time. */
export interface ModuleSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly status: 'bound' | 'type-checking-only' | 'declared-only' | 'deleted';
  /** Set when the name has exactly one binding and that is an import. */
  readonly origin?: { readonly importIndex: number; readonly importedNameIndex: number | undefined };
}

export type DunderAll =
  | { readonly kind: 'absent' }
  /** `moduleImports`: `__all__ += other.__all__` of these local names. */
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'dynamic' };

/**
 * `any`: it writes `sys.modules`, runs text, or does not parse, so there may be modules of any name below it.
 * `beside`: it changes its `__path__`, so those directly below it may lie elsewhere.
 */
export type FilelessModules = 'none' | 'beside' | 'any';

export interface NameFault {
  readonly kind: 'undefined' | 'not-yet-bound' | 'deleted' | 'exception-variable' | 'type-checking-only';
  /** A star import of the module may bring the name after all. */
  readonly mayComeFromStar: boolean;
  readonly name: string;
  readonly span: Span;
  /** Python never evaluates it when the module runs, or a broad handler hides it. */
  readonly certain: boolean;
  /** Where the name is bound after all, for the message. */
  readonly bindingOffset: number | undefined;
}

/** `users.router` where `users` is bound once, by an import. */
export interface AttributeUse {
  readonly importIndex: number;
  readonly importedNameIndex: number | undefined;
  readonly attributes: readonly { readonly name: string; readonly span: Span }[];
  readonly certain: boolean;
}

/** What the module does while it loads, in order. */
export type LoadStep =
  | { readonly kind: 'bind'; readonly name: string; readonly offset: number }
  | { readonly kind: 'import'; readonly importIndex: number; readonly binds: readonly string[]; readonly offset: number }
  | { readonly kind: 'use'; readonly use: AttributeUse; readonly offset: number };

export interface BareExcept {
  readonly span: Span;
  /** Its last statement raises the exception again, so nothing is swallowed. */
  readonly raisesAgain: boolean;
}

export interface SyntaxFault {
  readonly span: Span;
  readonly message: string;
  readonly certain: boolean;
}

/** All that other stages need of one file; a function of its text and the Python version alone. */
export interface ModuleSummary {
  readonly text: string;
  readonly syntaxFaults: readonly SyntaxFault[];
  readonly compileFaults: readonly SyntaxFault[];
  readonly bareExcepts: readonly BareExcept[];
  /** Literals that look like secrets, without their values. */
  readonly secrets: readonly SecretFact[];
  readonly imports: readonly ImportStatement[];
  readonly symbols: ReadonlyMap<string, ModuleSymbol>;
  readonly dunderAll: DunderAll;
  /** Binds names in ways only running it can tell, or does not parse: its names are unknown. */
  readonly isDynamic: boolean;
  /** Modules below it that need no file here. */
  readonly fileless: FilelessModules;
  /** A module-level `__getattr__` answers for any name. */
  readonly hasModuleGetattr: boolean;
  /** Without help from star imports; `undefined` ones may still come from there. */
  readonly nameFaults: readonly NameFault[];
  readonly attributeUses: readonly AttributeUse[];
  readonly storedAttributes: ReadonlySet<string>;
  /** By name: functions and classes called as their definition says. */
  readonly callables: ReadonlyMap<string, CallableShape>;
  readonly calls: readonly CallUse[];
  readonly loadSteps: readonly LoadStep[];
  /** Applications, routers, routes and dependencies; undefined when the file does not parse. */
  readonly service: ServiceFacts | undefined;
}
