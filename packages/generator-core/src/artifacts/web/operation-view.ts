import type { EntitySpec, OperationSpec, PathParameterSpec, ServiceSpec, Shape } from '../../spec/service-spec';
import { operationAction, sameWords } from '../python/operation-actions';
import { pythonDocstring, pythonString } from '../python/python-text';
import { roleMember } from '../python/python-value';
import { entityNamed, paths } from '../python/spec-lookup';
import { hasTenant, refusesMembers } from '../python/tenancy';
import { accessStatuses, guardOf, isCoveredBy, routeAccess, viewerAlias } from './access-view';
import { entitiesIn } from './entities-in';
import { entityReads } from './entity-reads';
import { openapiExtra } from './entity-route-view';
import { firstSentence } from './first-sentence';
import { idParameterType, subjectName } from './python-names';
import { bodyStatuses, responsesOf } from './responses';
import { outputObjects, presentShape, rowPlaces, scalarTypesIn, shapeAnnotation, structsIn } from './shape-view';
import { valueImports } from './value-imports';
import { webPaths } from './web-paths';

/** A row that a path parameter names, read before the service function is called. */
export interface OperationSubject {
  readonly entity: EntitySpec;
  readonly parameter: string;
  /** Variable of the row. */
  readonly name: string;
}

export function operationSubjects(spec: ServiceSpec, operation: OperationSpec): readonly OperationSubject[] {
  return operation.pathParameters.flatMap((parameter) =>
    parameter.entity === undefined
      ? []
      : [{ entity: entityNamed(spec, parameter.entity), parameter: parameter.name, name: subjectName(parameter, operation) }],
  );
}

/** Parameters of the service function, in order: session, viewer, then what the path names, then the input. */
export function serviceParameters(
  spec: ServiceSpec,
  operation: OperationSpec,
): readonly { readonly name: string; readonly type: string }[] {
  const subjects = operationSubjects(spec, operation);
  return [
    { name: 'session', type: 'AsyncSession' },
    ...(spec.auth === undefined ? [] : [{ name: 'viewer', type: 'Viewer' }]),
    ...operation.pathParameters.map((parameter) => {
      const subject = subjects.find((candidate) => candidate.parameter === parameter.name);
      return subject === undefined ? { name: parameter.name, type: 'str' } : { name: subject.name, type: subject.entity.name };
    }),
    ...(operation.input.length === 0 ? [] : [{ name: 'data', type: inputName(operation) }]),
  ];
}

export function inputName(operation: OperationSpec): string {
  return `${operation.className}Input`;
}

/** Whether `app/schemas/{operation}.py` has anything to hold. */
export function hasOperationSchemas(operation: OperationSpec): boolean {
  return operation.input.length > 0 || outputObjects(operation).length > 0;
}

export const operationSchemaPath = (operation: OperationSpec): string => `app/schemas/${operation.name}.py`;
export const operationServicePath = (operation: OperationSpec): string => `app/services/${operation.name}.py`;

/** What a router's template needs to write the route of an operation, below the router's prefix. */
export function operationRouteView({
  spec,
  operation,
  prefix,
}: {
  readonly spec: ServiceSpec;
  readonly operation: OperationSpec;
  readonly prefix: string;
}) {
  // The service function takes the viewer in any case: with auth, an open route asks for one if it can.
  const access = routeAccess({ spec, rule: operation.access, needsViewer: true });
  const viewer = viewerAlias(access);
  const answers = operation.output.kind !== 'none';
  return {
    name: operation.name,
    decorator: operation.method.toLowerCase(),
    path: pythonString(operation.path.slice(prefix.length)),
    status: answers ? operation.status : 204,
    limit: operation.rate && limitArguments(operation.name, operation.rate, access.kind),
    dependencies: guardOf(access),
    optionalToken: access.kind === 'optional',
    ...openapiExtra(access.kind === 'optional' ? ['OPTIONAL_TOKEN'] : []),
    responses: responsesOf({
      statuses: [...accessStatuses(access), ...routeStatuses(spec, operation), ...(access.kind === 'optional' ? [401] : [])],
      descriptions: operation.errors,
    }),
    summary: pythonDocstring(firstSentence(operation.description)),
    parameters: [
      ...operation.pathParameters.map((parameter) => `${parameter.name}: ${pathParameterType(spec, parameter)}`),
      ...inputParameter(operation),
      'session: SessionDep',
      ...(viewer === undefined ? [] : [`viewer: ${viewer}`]),
      ...(operation.rate !== undefined && (access.kind === 'open' || access.kind === 'optional') ? ['request: Request'] : []),
    ],
    subjects: operationSubjects(spec, operation).map((subject) => subjectView({ spec, operation, subject })),
    service: `${operation.name}_service`,
    arguments: serviceParameters(spec, operation).map(({ name }) => name),
    answers,
    /** Whether the service's result is the answer. */
    passedOn: answers && entitiesIn(operation.output).length === 0,
    returns: shapeAnnotation({ spec, operation, shape: operation.output, side: 'answer' }),
    reloads: reloadLines(spec, operation),
    presented: presentShape({ spec, operation, shape: operation.output, value: 'result' }),
  };
}

/** Of `get_rate_limiter().take`: the caller is who signed in, else the address. */
function limitArguments(
  name: string,
  { times, seconds }: NonNullable<OperationSpec['rate']>,
  access: ReturnType<typeof routeAccess>['kind'],
): string {
  const address = 'client_address(request)';
  const caller = access === 'open' ? address : access === 'optional' ? `viewer.user_id or ${address}` : 'viewer.user_id';
  return `f"${name} {${caller}}", times=${times}, seconds=${seconds}`;
}

function routeStatuses(spec: ServiceSpec, operation: OperationSpec): readonly number[] {
  const readsBody = operation.input.length > 0 && operation.inputIn === 'body';
  return [
    ...operation.errors.map(({ status }) => status),
    ...(operation.pathParameters.some((parameter) => parameter.entity !== undefined) ? [404] : []),
    ...(operationSubjects(spec, operation).some(({ entity }) => refusesMembers(spec, entity, operation.access)) ? [403] : []),
    ...(readsBody ? bodyStatuses : []),
    // Another request may have changed a row of the operation since it was read.
    ...(operation.method !== 'GET' && rowEntities(spec, operation).some(({ version }) => version) ? [409] : []),
    ...(operation.input.length > 0 || operation.pathParameters.length > 0 ? [422] : []),
    ...(operation.rate === undefined ? [] : [429]),
    501,
  ];
}

function pathParameterType(spec: ServiceSpec, parameter: PathParameterSpec): string {
  return parameter.entity === undefined ? 'Annotated[str, Path(max_length=200)]' : idParameterType(entityNamed(spec, parameter.entity));
}

function inputParameter(operation: OperationSpec): readonly string[] {
  if (operation.input.length === 0) return [];
  return [operation.inputIn === 'query' ? `data: Annotated[${inputName(operation)}, Query()]` : `data: ${inputName(operation)}`];
}

function subjectView({
  spec,
  operation,
  subject,
}: {
  readonly spec: ServiceSpec;
  readonly operation: OperationSpec;
  readonly subject: OperationSubject;
}) {
  const { entity, name, parameter } = subject;
  const named = {
    name,
    parameter,
    entity: entity.name,
    label: entity.label,
    repository: repositoryCall(spec, entity),
    locked: locksRows(operation),
  };
  // Rows of tenants are told apart in one place, so there the operation is an action of its own.
  if (hasTenant(spec, entity)) return { ...named, scoped: true, action: operationAction(spec, operation, entity), refusal: '' };
  const readRule = entity.access.read ?? [];
  // A row that the operation's callers may not all read as such is fetched by its id, and the rule checked here.
  const scoped = readsByRepository(spec, operation, entity);
  const conditions =
    isRuled(operation, subject) && !sameWords(operation.access, readRule) ? ruleConditions({ spec, operation, subject }) : [];
  const refusals = [...(scoped ? [] : [`${name} is None`]), ...(conditions.length === 0 ? [] : [negated(conditions)])];
  return {
    ...named,
    scoped,
    action: undefined,
    refusal: refusals.join(' or '),
  };
}

/** Whether the repository finds the rows of the operation's callers; who may not read them all as such has them by their id. */
export function readsByRepository(spec: ServiceSpec, operation: OperationSpec, entity: EntitySpec): boolean {
  return hasTenant(spec, entity) || isCoveredBy({ spec, narrow: operation.access, wide: entity.access.read ?? [] });
}

/** What an operation decides by its rows has to hold until it ends. */
export function locksRows({ method }: OperationSpec): boolean {
  return method !== 'GET';
}

/** Whether `owner` or `self` in the operation's rule speak of this row. */
function isRuled(operation: OperationSpec, subject: OperationSubject): boolean {
  const isOpen = operation.access.some((word) => word.kind === 'public' || word.kind === 'user');
  const speaksOfRows = operation.access.some((word) => word.kind === 'owner' || word.kind === 'self');
  return !isOpen && speaksOfRows && operation.subject?.parameter === subject.parameter;
}

/** Python conditions, any of which lets the viewer at the row. */
function ruleConditions({
  operation,
  subject,
}: {
  readonly spec: ServiceSpec;
  readonly operation: OperationSpec;
  readonly subject: OperationSubject;
}): readonly string[] {
  const { entity, name } = subject;
  return operation.access.flatMap((word) => {
    if (word.kind === 'owner' && entity.owner !== undefined) return [`${name}.${entity.owner.column} == viewer.user_id`];
    if (word.kind === 'self' || word.kind === 'owner') return [`${name}.id == viewer.user_id`];
    return word.kind === 'role' ? [`viewer.has_role(${roleMember(word.role)})`] : [];
  });
}

function negated(conditions: readonly string[]): string {
  const [only] = conditions;
  if (conditions.length === 1 && only !== undefined) return only.includes(' == ') ? only.replace(' == ', ' != ') : `not ${only}`;
  return `not (${conditions.join(' or ')})`;
}

export function repositoryCall(spec: ServiceSpec, entity: EntitySpec): string {
  return `${entity.name}Repository(session${spec.auth === undefined ? '' : ', viewer'})`;
}

/** Rows of the result as the database has them now, with what their answers embed: one statement per kind of row. */
function reloadLines(spec: ServiceSpec, operation: OperationSpec): readonly string[] {
  return rowPlaces(operation.output, 'result').map(({ entity, row, loops }) => {
    const repository = repositoryCall(spec, entityNamed(spec, entity));
    if (loops.length === 0) return `${row === 'result' ? 'result = ' : ''}await ${repository}.reload(${row})`;
    if (row === 'item' && loops.length === 1) return `result = await ${repository}.reload_all(result)`;
    return `await ${repository}.reload_all([${row} ${loops.join(' ')}])`;
  });
}

/** Import lines that the route of an operation may need. */
export function operationRouteImports(spec: ServiceSpec, operation: OperationSpec): readonly string[] {
  const schemas = [
    ...(operation.input.length > 0 ? [inputName(operation)] : []),
    ...outputObjects(operation).map(({ answerName }) => answerName),
  ];
  const structs = structsIn(operation.output);
  return [
    ...(operation.rate === undefined ? [] : ['from app.core.rate_limit import client_address, get_rate_limiter']),
    ...valueImports(scalarTypesIn(operation.output)),
    `from app.services import ${operation.name} as ${operation.name}_service`,
    ...(schemas.length > 0 ? [`from app.schemas.${operation.name} import ${schemas.join(', ')}`] : []),
    ...(structs.length > 0 ? [`from app.schemas._structs import ${structs.join(', ')}`] : []),
    ...rowEntities(spec, operation).flatMap((entity) => [
      `from app.repositories.${entity.module} import ${entity.name}Repository`,
      `from app.models.${entity.module} import ${entity.name}`,
    ]),
    ...entitiesIn(operation.output).map((name) => readsImport(spec, entityNamed(spec, name))),
  ];
}

export function readsImport(spec: ServiceSpec, entity: EntitySpec): string {
  const { names, presenter } = entityReads(spec, entity);
  return `from app.schemas.${entity.module} import ${[...names, ...(presenter === undefined ? [] : [presenter])].join(', ')}`;
}

/** Artifacts that the annotations of a shape's values name. */
export function valueNeeds(shape: Shape): readonly string[] {
  const types = scalarTypesIn(shape);
  return [
    ...(structsIn(shape).length > 0 ? [paths.structs] : []),
    ...(types.some((type) => type.kind === 'enum') ? [paths.enums] : []),
    ...(types.some((type) => type.kind === 'json' || type.kind === 'time' || (type.kind === 'decimal' && type.scale > 6))
      ? [paths.schemaBase]
      : []),
  ];
}

/** Artifacts that those imports name. */
export function operationRouteNeeds(spec: ServiceSpec, operation: OperationSpec): readonly string[] {
  return [
    ...(operation.rate === undefined ? [] : [webPaths.rateLimit]),
    operationServicePath(operation),
    ...(hasOperationSchemas(operation) ? [operationSchemaPath(operation)] : []),
    ...valueNeeds(operation.output),
    ...rowEntities(spec, operation).flatMap((entity) => [paths.repository(entity), paths.model(entity), paths.schema(entity)]),
  ];
}

/** Entities whose rows the operation is given or gives. */
export function rowEntities(spec: ServiceSpec, operation: OperationSpec): readonly EntitySpec[] {
  const names = [...operationSubjects(spec, operation).map(({ entity }) => entity.name), ...entitiesIn(operation.output)];
  return [...new Set(names)].map((name) => entityNamed(spec, name));
}
