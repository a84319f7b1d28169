import type { PythonVersion } from '../python/python-version';
import { collectFacts } from './collect-facts';
import { findFileless } from './find-fileless';
import { listSymbols } from './list-symbols';
import type { ModuleSummary } from './module-summary';
import { readDunderAll } from './read-dunder-all';
import type { Syntax } from './read-syntax';

/** A summary of what other modules can see, with nothing about calls, names and wiring. */
export function summarizeInterface({ root, faults, isBroken }: Syntax, text: string, version: PythonVersion): ModuleSummary {
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
    attributeUses: [],
    storedAttributes: facts.storedAttributes,
    callables: new Map(),
    calls: [],
    loadSteps: [],
    secrets: [],
    service: undefined,
  };
}
