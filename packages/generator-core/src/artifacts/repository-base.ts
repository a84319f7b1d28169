import type { ServiceSpec } from '../spec/service-spec';
import { operationActions } from './python/operation-actions';
import { changeRule, entitySurface, hasSoftDelete, paths } from './python/spec-lookup';
import { uniqueColumns } from './python/table-constraints';
import { repositoryView } from './repository';
import { singleFileRole } from './web/single-file-role';

function actions(spec: ServiceSpec): readonly string[] {
  const ofOperations = spec.entities.flatMap((entity) => operationActions(spec, entity).map(({ action }) => action));
  return [...new Set(['list', 'read', 'update', 'delete', ...ofOperations])];
}

/** `app/repositories/base.py` */
export const repositoryBaseRole = singleFileRole({
  role: 'repository-base',
  phase: 'repositories',
  path: paths.repositoryBase,
  exists: (spec) => spec.entities.some((entity) => entitySurface(spec, entity).exists),
  provides: (spec) => {
    const uses = repositoryUses(spec);
    return [
      'violations_mapped',
      ...(spec.auth === undefined ? [] : ['Action', 'own_rows']),
      ...(uses.links ? ['replace_links'] : []),
      ...(uses.ranks ? ['ranked'] : []),
      ...(uses.references ? ['require_rows'] : []),
      ...(uses.soft_delete ? ['delete_softly'] : []),
      ...(uses.slugs ? ['free_slug', 'slugify'] : []),
    ];
  },
  needs: (spec) => [
    paths.database,
    paths.errors,
    ...(repositoryUses(spec).versions ? [paths.versions] : []),
    ...(spec.auth === undefined ? [] : [paths.viewer]),
  ],
  view: (spec) => ({ actions: actions(spec).map((action) => JSON.stringify(action)), uses: repositoryUses(spec) }),
});

function repositoryUses(spec: ServiceSpec) {
  const views = spec.entities.filter((entity) => entitySurface(spec, entity).exists).map((entity) => repositoryView(spec, entity));
  return {
    ranks: views.some((view) => view.uses_ranks),
    links: views.some((view) => view.links_written.length > 0),
    restricted_links: views.some((view) => view.links_written.some(({ visible }) => visible !== undefined)),
    references: views.some(
      (view) =>
        view.references.length > 0 || view.create?.locks_viewer === true || view.links_written.some((link) => link.visible !== undefined),
    ),
    versions: spec.entities.some((entity) => entity.version && changeRule(entity) !== undefined),
    soft_delete: views.some((view) => view.soft_delete && view.surface.delete),
    soft_targets: hasSoftDelete(spec),
    live_unique: spec.entities.some((entity) => entity.softDelete && uniqueColumns(entity).length > 0),
    slugs: spec.entities.some((entity) => entity.fields.some((field) => field.type.kind === 'slug')),
  };
}
