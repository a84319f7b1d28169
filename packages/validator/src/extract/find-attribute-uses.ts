import { attributesOf } from './attributes-of';
import type { FactCollector } from './fact-collector';
import type { AttributeUse } from './module-summary';
import type { NameUse } from './name-use';
import type { Binding, Scope } from './scope';
import type { WalkContext } from './walk-context';

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
    const { found, context } = use;
    if (use.dotted === undefined || found === undefined || isExpected(context) || context.typeCheckingOnly) continue;
    const { importIndex, importedNameIndex } = found.bindings[0]!;
    if (importIndex === undefined || !sameImportRoot(facts, found.bindings)) continue;
    const attributes = attributesOf(use, facts);
    if (attributes.length === 0) continue;
    placed.push({
      offset: use.start,
      isEager: !context.lazy && !context.conditional && runsAtLoad(context.scope),
      use: { importIndex, importedNameIndex, attributes, certain: isCertain(use) },
    });
  }
  return placed;
}

function isExpected({ nameGuard }: WalkContext): boolean {
  return nameGuard === 'certainly' || nameGuard === 'attribute';
}

/** `import app.a` and `import app.b` both bind the same `app`. */
function sameImportRoot(facts: FactCollector, bindings: readonly Binding[]): boolean {
  if (bindings.length === 1) return true;
  return bindings.every(
    ({ importIndex }) =>
      importIndex !== undefined && facts.imports[importIndex]!.kind === 'import' && !facts.imports[importIndex]!.hasAlias,
  );
}

function isCertain({ context }: NameUse): boolean {
  return !context.lazy && context.nameGuard === 'none';
}

function runsAtLoad(scope: Scope): boolean {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    if (current.kind === 'function' || current.kind === 'generator') return false;
  }
  return true;
}
