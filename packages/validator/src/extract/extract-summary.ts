import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';
import { collectFacts } from './collect-facts';
import type { FactCollector } from './fact-collector';
import { findAttributeUses } from './find-attribute-uses';
import { findCallables } from './find-callables';
import { findCalls } from './find-calls';
import { findCompileFaults } from './find-compile-faults';
import { findDeclarationFaults } from './find-declaration-faults';
import { findFileless } from './find-fileless';
import { findNameFaults } from './find-name-faults';
import { listLoadSteps } from './list-load-steps';
import { listSymbols } from './list-symbols';
import type { ModuleSummary, SyntaxFault } from './module-summary';
import { readDunderAll } from './read-dunder-all';
import { readSyntax } from './read-syntax';
import { findSecrets } from './secret/find-secrets';
import { collectServiceFacts } from './service/collect-service-facts';

/** Text → summary. The tree lives only inside this call. */
export function extractSummary(text: string, version: PythonVersion): ModuleSummary {
  const { root, faults: syntaxFaults, isBroken } = readSyntax(text, version);
  const facts = collectFacts(root, text, version);
  const attributeUses = findAttributeUses(facts);
  const symbols = listSymbols(facts);
  return {
    text,
    syntaxFaults,
    compileFaults: isBroken ? [] : compileFaultsOf(root, facts),
    bareExcepts: facts.bareExcepts,
    secrets: isBroken ? [] : findSecrets(root, text),
    imports: facts.imports,
    symbols,
    dunderAll: readDunderAll(root, facts),
    isDynamic: facts.isDynamic || isBroken,
    fileless: isBroken ? 'any' : findFileless(facts),
    hasModuleGetattr: symbols.get('__getattr__')?.status === 'bound',
    nameFaults: isBroken ? [] : findNameFaults(facts),
    attributeUses: attributeUses.map(({ use }) => use),
    storedAttributes: facts.storedAttributes,
    callables: findCallables(facts),
    calls: isBroken ? [] : findCalls(facts),
    loadSteps: listLoadSteps(facts, attributeUses),
    service: isBroken ? undefined : collectServiceFacts(root, facts),
  };
}

function compileFaultsOf(root: SyntaxNode, facts: FactCollector): readonly SyntaxFault[] {
  const faults = [...findCompileFaults(root, facts), ...findDeclarationFaults(facts), ...facts.declarationFaults];
  return faults.sort((left, right) => left.span.start - right.span.start);
}
