import type { ServiceSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';

/** Rows written inside rows must come to an end: a ring of `nested` has no last request body. */
export function checkNesting({ entities }: ServiceSpec, context: SpecContext): void {
  const nested = new Map(
    entities.map(({ name, relations }) => [
      name,
      relations.flatMap((relation) => ((relation.kind === 'has_many' || relation.kind === 'has_one') && relation.nested ? [relation] : [])),
    ]),
  );
  const reaches = (from: string, goal: string, seen: ReadonlySet<string>): boolean =>
    from === goal || (nested.get(from) ?? []).some(({ target }) => !seen.has(target) && reaches(target, goal, new Set([...seen, target])));
  for (const [index, { name }] of entities.entries()) {
    for (const relation of nested.get(name) ?? []) {
      const isFirst = entities.findIndex((entity) => entity.name === relation.target) >= index;
      if (!isFirst || !reaches(relation.target, name, new Set([relation.target]))) continue;
      const message = `a ${name} with nested ${relation.target} rows would hold ${name} rows again, without end.`;
      context.report({
        at: entityPath(name, 'relations', relation.name),
        code: 'nested-cycle',
        message,
        mend: 'remove "nested" from one of the relations',
      });
    }
  }
}
