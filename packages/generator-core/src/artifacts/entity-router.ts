import { couldBeAnId, hasStaticSiblings } from './web/static-siblings';
import type { EntitySpec, OperationSpec, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole, TemplateView } from './artifact-role';
import { pythonString } from './python/python-text';
import { entityNamed, hasEnums, hasKeysetPages, hasRoles, paths } from './python/spec-lookup';
import { changesLogin } from './web/changes-login';
import { entityReads, needsLoading, presentRow } from './web/entity-reads';
import { entityRouteView, hasLocation, repositoryDependencies } from './web/entity-route-view';
import { operationRouteImports, operationRouteNeeds, operationRouteView, readsImport } from './web/operation-view';
import { idParameterType, rowName, rowsName, withArticle } from './web/python-names';
import { webPaths } from './web/web-paths';

/** `app/routers/{entity}.py`: the routes that the access rules of an entity open, and the operations below its path. */
export const entityRouterRole: ArtifactRole = {
  role: 'entity-router',
  phase: 'routers',
  artifacts: (spec) =>
    routedEntities(spec).map((entity) => ({
      path: webPaths.router(entity.module),
      phase: 'routers',
      role: 'entity-router',
      template: 'app/routers/[entity].py.jinja',
      entity: entity.name,
      provides: ['router'],
      needs: [...new Set(routerNeeds(spec, entity))].sort(),
    })),
  view: (spec, { entity }) => entityRouterView(spec, entityNamed(spec, entity ?? '')),
};

/** Entities that have a router: some verb or operation is open. */
export function routedEntities(spec: ServiceSpec): readonly EntitySpec[] {
  return spec.entities.filter((entity) => hasVerbs(entity) || operationsOf(spec, entity).length > 0);
}

export function operationsOf(spec: ServiceSpec, entity: EntitySpec): readonly OperationSpec[] {
  return spec.operations.filter((operation) => operation.entity === entity.name);
}

/** Whether some route tells or asks for the version of a row. */
function isTagged({ version, access }: EntitySpec): boolean {
  return (
    version && (access.read !== undefined || access.update !== undefined || access.replace !== undefined || access.delete !== undefined)
  );
}

function hasVerbs(entity: EntitySpec): boolean {
  return Object.keys(entity.access).length > 0;
}

function routerNeeds(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  return [
    paths.database,
    paths.errors,
    webPaths.openapi,
    ...(isTagged(entity) ? [paths.versions] : []),
    ...(changesLogin(spec, entity) ? [webPaths.rateLimit] : []),
    ...(spec.auth === undefined ? [] : [paths.security]),
    ...(spec.auth !== undefined && hasRoles(spec) && hasEnums(spec) ? [paths.enums] : []),
    ...(hasVerbs(entity) ? [paths.config, paths.schemaBase, paths.schema(entity), paths.repository(entity)] : []),
    ...operationsOf(spec, entity).flatMap((operation) => operationRouteNeeds(spec, operation)),
  ];
}

function entityRouterView(spec: ServiceSpec, entity: EntitySpec): TemplateView {
  const row = rowName(entity.module);
  const idName = `${entity.module}_id`;
  const operations = operationsOf(spec, entity);
  const ordered = [...operations].sort((left, right) => compareRoutes(left.path, right.path));
  const viewOf = (operation: OperationSpec) => operationRouteView({ spec, operation, prefix: entity.path });
  return {
    entity,
    labels: entity.plural.replaceAll('_', ' '),
    aLabel: withArticle(entity.label),
    tag: pythonString(entity.tag),
    row,
    rows: rowsName(entity),
    idName,
    idType: idParameterType(entity),
    idPath: `"/{${idName}${hasStaticSiblings(spec, entity) ? `:${entity.id === 'int' ? 'int' : 'uuid'}` : ''}}"`,
    location: hasLocation(entity) ? `f"{API_PREFIX}${entity.path}/{${row}.id}"` : undefined,
    versioned: entity.version,
    // What an answer shows besides the row changes without the row's version.
    tagsAnswer: needsLoading(entity),
    reads: {
      type: entityReads(spec, entity).type,
      ofRow: presentRow({ spec, entity, row }),
      ofItem: presentRow({ spec, entity, row: 'item' }),
    },
    imports: [
      ...(hasVerbs(entity) ? crudImports(spec, entity) : []),
      ...operations.flatMap((operation) => operationRouteImports(spec, operation)),
    ],
    repositories: repositoryDependencies(spec, entity),
    keyset: hasKeysetPages(spec, entity),
    list: entityRouteView({ spec, entity, verb: 'list' }),
    create: entityRouteView({ spec, entity, verb: 'create' }),
    read: entityRouteView({ spec, entity, verb: 'read' }),
    update: entityRouteView({ spec, entity, verb: 'update' }),
    replace: entityRouteView({ spec, entity, verb: 'replace' }),
    delete: entityRouteView({ spec, entity, verb: 'delete' }),
    operationsBeforeId: ordered.filter((operation) => couldBeAnId(operation, entity)).map(viewOf),
    operationsAfterId: ordered.filter((operation) => !couldBeAnId(operation, entity)).map(viewOf),
  };
}

function crudImports(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const { access, name, module } = entity;
  const requests = [
    ...(access.list === undefined ? [] : [`${name}Query`]),
    ...(access.create === undefined ? [] : [`${name}Create`]),
    ...(access.update === undefined ? [] : [`${name}Update`]),
    ...(access.replace === undefined ? [] : [`${name}Replace`]),
  ];
  return [
    'from app.schemas._base import CursorPage, Page',
    ...(isTagged(entity) ? ['from app.core.versions import CONDITIONAL_READ, IF_MATCH, NOT_MODIFIED, TAGGED, IfMatchDep, entity_tag'] : []),
    ...(requests.length > 0 ? [`from app.schemas.${module} import ${requests.join(', ')}`] : []),
    readsImport(spec, entity),
    `from app.repositories.${module} import ${name}Repository`,
  ];
}

/** Fixed segments before parameters, so that no route hides another; else the order of the spec. */
function compareRoutes(left: string, right: string): number {
  const leftSegments = left.split('/');
  const rightSegments = right.split('/');
  for (const [index, segment] of leftSegments.entries()) {
    const order = Number(segment.startsWith('{')) - Number(rightSegments[index]?.startsWith('{') ?? false);
    if (order !== 0) return order;
  }
  return 0;
}
