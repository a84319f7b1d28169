import type { EntitySpec, SeedRow } from './service-spec';

/** A unique field, else a unique combination, else all plain values: what a row is recognised by. */
export function identifyingNames(entity: EntitySpec, values: SeedRow['values']): readonly string[] {
  const written = new Set(Object.keys(values));
  const unique = entity.fields.find((field) => field.unique && written.has(field.name));
  if (unique !== undefined) return [unique.name];
  const sourceOf = (column: string): string =>
    entity.relations.find((relation) => relation.kind === 'belongs_to' && relation.column === column)?.name ?? column;
  const together = entity.uniqueTogether.map((columns) => columns.map(sourceOf)).find((names) => names.every((name) => written.has(name)));
  if (together !== undefined) return together;
  return [...written].filter(
    (name) =>
      name !== 'password' &&
      !entity.relations.some((relation) => relation.name === name && relation.kind !== 'belongs_to') &&
      !isDocument(entity, name),
  );
}

/** Databases do not compare documents. */
function isDocument(entity: EntitySpec, name: string): boolean {
  return entity.fields.some((field) => field.name === name && field.type.kind === 'json');
}
