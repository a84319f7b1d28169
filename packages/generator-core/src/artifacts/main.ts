import type { ServiceSpec } from '../spec/service-spec';
import { sentenceCase } from '../spec/naming';
import { routedEntities } from './entity-router';
import { operationsWithoutEntity } from './operation-router';
import { pythonLongString, pythonString } from './python/python-text';
import { isVersioned, paths } from './python/spec-lookup';
import { versionUses } from './versions';
import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/main.py`: the application, put together. */
export const mainRole = singleFileRole({
  role: 'main',
  phase: 'app',
  path: webPaths.main,
  provides: () => ['app', 'create_app'],
  needs: (spec) => [
    paths.config,
    paths.database,
    paths.errors,
    webPaths.logs,
    webPaths.middleware,
    webPaths.openapi,
    ...(spec.telemetry ? [webPaths.telemetry] : []),
    webPaths.extensions,
    webPaths.routersPackage,
    ...(isVersioned(spec) ? [paths.versions] : []),
    ...routers(spec).map(({ module }) => webPaths.router(module)),
  ],
  view: (spec) => ({
    title: pythonString(sentenceCase(spec.pythonName)),
    version: pythonString(spec.version),
    description: pythonLongString(spec.description),
    routers: routers(spec),
    ...(isVersioned(spec) && { versions: versionUses(spec) }),
  }),
});

/** In the order in which they are tried: health, auth, entities and operations as the spec has them. */
function routers(spec: ServiceSpec): readonly { readonly module: string; readonly prefixed: boolean }[] {
  return [
    { module: 'health', prefixed: false },
    ...(spec.auth === undefined ? [] : [{ module: 'auth', prefixed: true }]),
    ...operationsWithoutEntity(spec).map(({ name }) => ({ module: name, prefixed: true })),
    ...routedEntities(spec).map(({ module }) => ({ module, prefixed: true })),
  ];
}
