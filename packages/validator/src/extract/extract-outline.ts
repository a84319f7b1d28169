import { parseOutline } from '../parse/strict/parse-outline';
import type { PythonVersion } from '../python/python-version';
import { collectFacts } from './collect-facts';
import { findFileless } from './find-fileless';
import { listSymbols } from './list-symbols';
import type { ModuleSummary } from './module-summary';
import { readDunderAll } from './read-dunder-all';

/**
 * Text → what other modules can see of it, with nothing about calls, names and wiring; most functions' bodies are not read,
 * so that a fault of syntax in one of them goes unnoticed. Undefined where the rest is not certainly Python.
 */
export function extractOutline(text: string, version: PythonVersion): ModuleSummary | undefined {
  const root = parseOutline(text);
  if (root === undefined) return undefined;
  const facts = collectFacts(root, text, version);
  const symbols = listSymbols(facts);
  return {
    text,
    syntaxFaults: [],
    compileFaults: [],
    bareExcepts: [],
    imports: facts.imports,
    symbols,
    dunderAll: readDunderAll(root, facts),
    isDynamic: facts.isDynamic,
    fileless: findFileless(facts),
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
