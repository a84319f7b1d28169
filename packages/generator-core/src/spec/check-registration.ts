import type { EntitySpec, RelationSpec, ServiceSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';

type Link = Extract<RelationSpec, { readonly kind: 'belongs_to' }>;
type Nested = Extract<RelationSpec, { readonly kind: 'has_many' | 'has_one' }>;

/** Who signs up is not logged in yet: a row that they have to name, and that is not theirs to see, keeps everybody out. */
export function checkRegistration(spec: ServiceSpec, context: SpecContext): void {
  if (spec.auth?.register !== true) return;
  const user = spec.entities.find(({ isUser }) => isUser);
  if (user !== undefined) checkRows({ spec, context, user, row: user, seen: [] });
}

function checkRows({
  spec,
  context,
  user,
  row,
  parent,
  seen,
}: {
  readonly spec: ServiceSpec;
  readonly context: SpecContext;
  readonly user: EntitySpec;
  readonly row: EntitySpec;
  /** The reference that nesting fills in. */
  readonly parent?: string;
  readonly seen: readonly string[];
}): void {
  for (const link of requiredLinks(row, parent)) {
    const target = spec.entities.find(({ name }) => name === link.target);
    if (target === undefined || isForStrangers(target, user)) continue;
    context.report({
      at: entityPath(row.name, 'relations', link.name),
      code: 'closed-registration',
      message: `nobody could register: who signs up has to name a ${target.name}, and may not read any before they are logged in.`,
      mend: `write "belongs_to ${target.name}?", let "public" read ${target.name}, or remove "auth.register"`,
    });
  }
  for (const { target: name, via } of row.relations.filter(isNestedRequired)) {
    const target = spec.entities.find((entity) => entity.name === name);
    if (target !== undefined && !seen.includes(name)) checkRows({ spec, context, user, row: target, parent: via, seen: [...seen, name] });
  }
}

function requiredLinks({ relations, owner }: EntitySpec, parent: string | undefined): readonly Link[] {
  return relations.filter(
    (relation): relation is Link =>
      relation.kind === 'belongs_to' && !relation.nullable && relation.name !== owner?.relation && relation.name !== parent,
  );
}

/** A `has_one` may be left out. */
function isNestedRequired(relation: RelationSpec): relation is Nested {
  return relation.kind === 'has_many' && relation.nested;
}

/** As the repositories ask: what nobody reads by itself is not hidden, nor what every user reads where only users write. */
function isForStrangers({ access, tenant }: EntitySpec, user: EntitySpec): boolean {
  const readers = [...(access.read ?? []), ...(access.list ?? [])];
  const writers = [...(user.access.create ?? []), ...(user.access.update ?? [])];
  const writersAreKnown = !writers.some(({ kind }) => kind === 'public');
  return (
    readers.length === 0 || readers.some(({ kind }) => kind === 'public' || (kind === 'user' && writersAreKnown && tenant === undefined))
  );
}
