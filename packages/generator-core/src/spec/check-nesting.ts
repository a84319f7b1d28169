import type { ServiceSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';

/** Rows that are written inside of rows: the nesting comes to an end, and numbers count within the row around. */
export function checkNesting(spec: ServiceSpec, context: SpecContext): void {
  checkNestedCycles(spec, context);
  checkNestedSequences(spec, context);
  checkNestedUsers(spec, context);
}

/** A user is made with a password, for which rows inside of rows have no member. */
function checkNestedUsers({ entities, auth }: ServiceSpec, context: SpecContext): void {
  for (const { name, relations } of entities) {
    for (const relation of relations) {
      if ((relation.kind !== 'has_many' && relation.kind !== 'has_one') || !relation.nested || relation.target !== auth?.user) continue;
      context.report({
        at: entityPath(name, 'relations', relation.name),
        code: 'nested-user',
        message: `${relation.target} rows are the people who log in, and none can be made inside of a ${name}: each needs a password of its own.`,
        mend: 'remove "nested"',
      });
    }
  }
}

/** The numbers of new rows are known only where they count within a row that is new itself. */
function checkNestedSequences({ entities }: ServiceSpec, context: SpecContext): void {
  for (const { name, relations } of entities) {
    for (const relation of relations) {
      if ((relation.kind !== 'has_many' && relation.kind !== 'has_one') || !relation.nested) continue;
      const target = entities.find((entity) => entity.name === relation.target);
      const field = target?.fields.find(({ type }) => type.kind === 'sequence' && type.parent !== relation.via);
      if (field?.type.kind !== 'sequence') continue;
      context.report({
        at: entityPath(name, 'relations', relation.name),
        code: 'nested-sequence',
        message: `"${field.name}" of ${relation.target} counts within "${field.type.parent}", but nested rows are numbered within the ${name} around them.`,
        mend: `remove "nested" or write sequence(${relation.via})`,
      });
    }
  }
}

/** Rows written inside rows must come to an end: a ring of `nested` has no last request body. */
function checkNestedCycles({ entities }: ServiceSpec, context: SpecContext): void {
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
