import type { ServiceSpec } from '../spec/service-spec';
import { entitySurface, paths } from './python/spec-lookup';
import { repositoryView } from './repository';
import { singleFileRole } from './web/single-file-role';

const actions = ['list', 'read', 'update', 'delete'] as const;

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
      ...(uses.references ? ['require_rows'] : []),
      ...(uses.slugs ? ['free_slug', 'slugify'] : []),
    ];
  },
  needs: (spec) => [
    paths.database,
    paths.errors,
    ...(repositoryUses(spec).versions ? [paths.versions] : []),
    ...(spec.auth === undefined ? [] : [paths.viewer]),
  ],
  view: (spec) => ({ actions: actions.map((action) => JSON.stringify(action)), uses: repositoryUses(spec) }),
});

function repositoryUses(spec: ServiceSpec) {
  const views = spec.entities.filter((entity) => entitySurface(spec, entity).exists).map((entity) => repositoryView(spec, entity));
  return {
    links: views.some((view) => view.links_written.length > 0),
    references: views.some((view) => view.references.length > 0 || view.links_written.some((link) => link.visible !== undefined)),
    versions: spec.entities.some(({ version, access }) => version && (access.update !== undefined || access.replace !== undefined)),
    slugs: spec.entities.some((entity) => entity.fields.some((field) => field.type.kind === 'slug')),
  };
}
