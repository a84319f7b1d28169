import type { FactCollector } from './fact-collector';
import { findBinding } from './find-binding';
import type { AttributeUse } from './module-summary';
import type { NameUse, Scope } from './scope';

export interface PlacedAttributeUse {
  readonly use: AttributeUse;
  readonly offset: number;
  /** Runs while the module loads. */
  readonly isEager: boolean;
}

/** Attribute reads on names that have one binding, an import. */
export function findAttributeUses(facts: FactCollector): readonly PlacedAttributeUse[] {
  const placed: PlacedAttributeUse[] = [];
  for (const use of facts.uses) {
    if (use.attributes.length === 0 || use.guard === 'certainly' || use.typeCheckingOnly) continue;
    const found = findBinding(use);
    const binding = found?.bindings[0];
    if (
      binding?.importIndex === undefined ||
      !sameImportRoot(
        facts,
        found!.bindings.map(({ importIndex }) => importIndex),
      )
    )
      continue;
    placed.push({
      offset: use.span.start,
      isEager: !use.lazy && !use.conditional && runsAtLoad(use.scope),
      use: {
        importIndex: binding.importIndex,
        importedNameIndex: binding.importedNameIndex,
        attributes: use.attributes,
        certain: isCertain(use),
      },
    });
  }
  return placed;
}

/** `import app.a` and `import app.b` both bind the same `app`. */
function sameImportRoot(facts: FactCollector, indexes: readonly (number | undefined)[]): boolean {
  if (indexes.length === 1) return true;
  return indexes.every((index) => index !== undefined && facts.imports[index]!.kind === 'import' && !facts.imports[index]!.hasAlias);
}

function isCertain(use: NameUse): boolean {
  return !use.lazy && use.guard === 'none';
}

function runsAtLoad(scope: Scope): boolean {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    if (current.kind === 'function' || current.kind === 'generator') return false;
  }
  return true;
}
