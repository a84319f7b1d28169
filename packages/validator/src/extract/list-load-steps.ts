import type { FactCollector } from './fact-collector';
import type { PlacedAttributeUse } from './find-attribute-uses';
import type { LoadStep } from './module-summary';

/** The module's own run, as the cycle simulation replays it. */
export function listLoadSteps(facts: FactCollector, attributeUses: readonly PlacedAttributeUse[]): readonly LoadStep[] {
  const steps: LoadStep[] = [];
  const boundByImport = new Map<number, string[]>();
  for (const [name, { bindings }] of facts.moduleScope.names) {
    for (const binding of bindings) {
      if (binding.typeCheckingOnly || binding.kind === 'declaration') continue;
      if (binding.importIndex === undefined) steps.push({ kind: 'bind', name, offset: binding.from });
      else if (boundByImport.has(binding.importIndex)) boundByImport.get(binding.importIndex)!.push(name);
      else boundByImport.set(binding.importIndex, [name]);
    }
  }
  facts.imports.forEach((statement, importIndex) => {
    if (statement.typeCheckingOnly || statement.time === 'call') return;
    steps.push({ kind: 'import', importIndex, binds: boundByImport.get(importIndex) ?? [], offset: statement.span.end });
  });
  for (const { use, offset, isEager } of attributeUses) {
    if (isEager && use.certain) steps.push({ kind: 'use', use, offset });
  }
  return steps.sort((left, right) => left.offset - right.offset);
}
