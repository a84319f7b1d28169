import { parsePython } from '../parse/parse-python';
import type { PythonVersion } from '../python/python-version';
import { detach } from '../text/detach';
import { collectFacts } from './collect-facts';
import { describeSymbol } from './describe-symbol';
import type { FactCollector } from './fact-collector';
import { importText } from './import-text';
import type { Binding } from './scope';
import { shownBinding } from './shown-binding';

/** Text → how others may use each name of the module's own scope, as Python text without bodies. Apart from the summary: few files are ever asked. */
export function describeSymbols(text: string, version: PythonVersion): ReadonlyMap<string, string> {
  const facts = collectFacts(parsePython(text), text, version);
  return new Map([...facts.moduleScope.names].map(([name, { bindings }]) => [name, detach(signatureOf(facts, shownBinding(bindings)))]));
}

function signatureOf(facts: FactCollector, binding: Binding): string {
  const statement = binding.importIndex === undefined ? undefined : facts.imports[binding.importIndex];
  if (statement === undefined) return describeSymbol(binding.node, facts.text);
  return importText(statement, binding.importedNameIndex);
}
