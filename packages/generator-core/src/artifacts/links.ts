import type { EntitySpec, ServiceSpec } from '../spec/service-spec';
import { entityNamed, hasLinks, manyToMany, paths, type ManyToMany } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';

/** `app/models/_links.py` */
export const linksRole = singleFileRole({
  role: 'links',
  phase: 'models',
  path: paths.links,
  exists: hasLinks,
  provides: (spec) => linkTables(spec).map(({ table }) => table),
  needs: () => [paths.database],
  view: (spec) => ({ links: linkTables(spec).map(({ table, check, columns }) => ({ table, check, columns: columns.map(withoutTarget) })) }),
});

/** Link tables in spec order. The second column has an index of its own: the primary key serves the first. */
export function linkTables(spec: ServiceSpec) {
  return spec.entities.flatMap((entity) =>
    manyToMany(entity)
      .filter((relation) => relation.declared)
      .map((relation) => ({
        table: relation.linkTable,
        /** What of the spec it is: `Author.books`. */
        origin: `${entity.name}.${relation.name}`,
        was: linkOrigins(entity, relation).slice(1),
        ...(!relation.reflexive && { check: { name: 'no_self_link', sql: `${relation.localColumn} <> ${relation.remoteColumn}` } }),
        columns: [
          { name: relation.localColumn, target: entity, references: entity.table, index: false },
          {
            name: relation.remoteColumn,
            target: entityNamed(spec, relation.target),
            references: entityNamed(spec, relation.target).table,
            index: true,
          },
        ],
      })),
  );
}

function withoutTarget({ name, references, index }: LinkColumn) {
  return { name, references, index };
}

type LinkColumn = ReturnType<typeof linkTables>[number]['columns'][number];

/** What a link was called while its entity or its relation had other names; the present name first. */
function linkOrigins(entity: EntitySpec, relation: ManyToMany): readonly string[] {
  const namesOf = ({ name, was }: { readonly name: string; readonly was?: string }): readonly string[] =>
    was === undefined ? [name] : [name, was];
  return namesOf(entity).flatMap((owner) => namesOf(relation).map((name) => `${owner}.${name}`));
}
