import type { EntitySpec, FieldSpec, FieldType, ServiceSpec } from '../../spec/service-spec';
import { entityNamed, type BelongsTo } from '../python/spec-lookup';

export interface UniqueTest {
  /** `isbn`, `book_and_author` */
  readonly name: string;
  /** `isbn=first.isbn`; of updates `"isbn": first.isbn` */
  readonly changes: readonly string[];
}

/** Constraints whose columns a request can all name; the owner is who asks, so the same one each time. */
export function uniqueTests(
  spec: ServiceSpec,
  entity: EntitySpec,
  fields: readonly FieldSpec[],
  parents: readonly BelongsTo[],
): readonly UniqueTest[] {
  const changeOf = (column: string): string | undefined => {
    const field = fields.find(({ name }) => name === column);
    if (field) return field.nullable ? undefined : `${column}=${jsonOf(field.type, `first.${column}`)}`;
    const parent = parents.find((candidate) => candidate.column === column);
    if (parent === undefined || parent.nullable) return undefined;
    return entityNamed(spec, parent.target).id === 'int' ? `${column}=first.${column}` : `${column}=str(first.${column})`;
  };
  const single = [
    ...fields.filter(({ unique }) => unique).map(({ name }) => name),
    ...parents.filter(({ unique }) => unique).map(({ column }) => column),
  ];
  return [...single.map((name) => [name]), ...entity.uniqueTogether].flatMap((columns) => {
    const named = columns.filter((column) => column !== entity.owner?.column);
    const changes = named.map(changeOf).filter((change) => change !== undefined);
    return changes.length < named.length || named.length === 0
      ? []
      : [{ name: columns.map((column) => column.replace(/_id$/, '')).join('_and_'), changes }];
  });
}

/** Python source of the JSON of a row's attribute. */
function jsonOf(type: FieldType, attribute: string): string {
  switch (type.kind) {
    case 'decimal':
      // Python writes small ones with an exponent.
      return type.scale > 6 ? `f"{${attribute}:f}"` : `str(${attribute})`;
    case 'uuid':
      return `str(${attribute})`;
    case 'date':
    case 'datetime':
    case 'time':
      return `${attribute}.isoformat()`;
    default:
      return attribute;
  }
}
