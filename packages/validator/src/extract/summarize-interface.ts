import type { PythonVersion } from '../python/python-version';
import { collectFacts } from './collect-facts';
import { findAttributeUses } from './find-attribute-uses';
import { findFileless } from './find-fileless';
import { listSymbols } from './list-symbols';
import type { ModuleSummary } from './module-summary';
import { readDunderAll } from './read-dunder-all';
import type { Syntax } from './read-syntax';

interface InterfaceSource {
  readonly syntax: Syntax;
  readonly text: string;
  readonly version: PythonVersion;
  /** Whether bodies were parsed: then what the file asks of modules as attributes is told, too. */
  readonly hasBodies: boolean;
}

/** A summary of what other modules can see, with nothing about calls, names and wiring. */
export function summarizeInterface({ syntax: { root, faults, isBroken }, text, version, hasBodies }: InterfaceSource): ModuleSummary {
  const facts = collectFacts(root, text, version);
  const symbols = listSymbols(facts);
  return {
    text,
    syntaxFaults: faults,
    compileFaults: [],
    bareExcepts: [],
    imports: facts.imports,
    symbols,
    dunderAll: readDunderAll(root, facts),
    isDynamic: facts.isDynamic || isBroken,
    fileless: isBroken ? 'any' : findFileless(facts),
    hasModuleGetattr: symbols.get('__getattr__')?.status === 'bound',
    nameFaults: [],
    attributeUses: hasBodies ? findAttributeUses(facts).map(({ use }) => use) : [],
    storedAttributes: facts.storedAttributes,
    callables: new Map(),
    calls: [],
    loadSteps: [],
    secrets: [],
    service: undefined,
  };
}
