import type { ArtifactRole } from './artifact-role';
import { paths } from './python/spec-lookup';
import { linkTables } from './links';
import type { ServiceSpec } from '../spec/service-spec';
import { singleFileRole } from './web/single-file-role';

/** Packages that hold nothing but their modules. */
export const plainPackagesRole: ArtifactRole = {
  role: 'plain-package',
  phase: 'core',
  artifacts: () =>
    ['app', 'app/core', 'app/schemas', 'app/repositories'].map((folder) => ({
      path: `${folder}/__init__.py`,
      phase: 'core',
      role: 'plain-package',
      template: `${folder}/__init__.py.jinja`,
      provides: [],
      needs: [],
    })),
  view: () => ({}),
};

/** `app/models/__init__.py` */
export const modelsPackageRole = singleFileRole({
  role: 'models-package',
  phase: 'models',
  path: paths.models,
  provides: (spec) => modelModules(spec).flatMap(({ names }) => names),
  needs: (spec) => modelModules(spec).map(({ path }) => path),
  view: (spec) => ({
    modules: modelModules(spec),
    exported: sortedExports(modelModules(spec).flatMap(({ names }) => names)),
  }),
});

/** As ruff wants `__all__` sorted: constants, classes, the rest, each naturally (2 before 10). */
export function sortedExports(names: readonly string[]): readonly string[] {
  const kind = (name: string): number => (name.length > 1 && name === name.toUpperCase() ? 0 : /^[A-Z]/.test(name) ? 1 : 2);
  return [...names].sort((left, right) => kind(left) - kind(right) || (naturalKey(left) < naturalKey(right) ? -1 : 1));
}

function naturalKey(name: string): string {
  return name.replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

function modelModules(spec: ServiceSpec): readonly { readonly import: string; readonly path: string; readonly names: readonly string[] }[] {
  return [
    { import: 'app.core.database', path: paths.database, names: ['Base'] },
    ...(linkTables(spec).length > 0
      ? [{ import: 'app.models._links', path: paths.links, names: linkTables(spec).map(({ table }) => table) }]
      : []),
    ...spec.entities.map((entity) => ({ import: `app.models.${entity.module}`, path: paths.model(entity), names: [entity.name] })),
    ...(spec.auth === undefined ? [] : [{ import: 'app.models.refresh_token', path: paths.refreshToken, names: ['RefreshToken'] }]),
  ];
}
