import type { EntitySpec, FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { belongsTo, entityNamed, nestedRelations } from '../python/spec-lookup';
import { isShownToSome } from '../web/is-shown-to-some';
import { isTenant, memberEntity, tenantEntity } from '../python/tenancy';
import { bodyArguments } from './body-arguments';
import { canRepeat, isCountedText } from './can-repeat';
import { entityTestView } from './entity-test-view';
import { createParents } from './factory-view';
import { highestRole } from './highest-role';
import { missingIdOf } from './missing-id-of';
import { ruledArgument } from './tenant-arguments';
import { testRow } from './test-row';

/** Routes that answer without a token, as `METHOD /path` of the OpenAPI document, sorted. */
export function publicRoutes(spec: ServiceSpec): readonly string[] {
  const isPublic = (rule: EntitySpec['access']['read']): boolean => rule?.some(({ kind }) => kind === 'public') === true;
  const ofEntities = spec.entities.flatMap(({ access, path, module }) => [
    ...(isPublic(access.list) ? [`GET /api/v1${path}`] : []),
    ...(isPublic(access.create) ? [`POST /api/v1${path}`] : []),
    ...(isPublic(access.read) ? [`GET /api/v1${path}/{${module}_id}`] : []),
    ...(isPublic(access.update) ? [`PATCH /api/v1${path}/{${module}_id}`] : []),
    ...(isPublic(access.replace) ? [`PUT /api/v1${path}/{${module}_id}`] : []),
    ...(isPublic(access.delete) ? [`DELETE /api/v1${path}/{${module}_id}`] : []),
  ]);
  const ofOperations = spec.operations.filter(({ access }) => isPublic(access)).map(({ method, path }) => `${method} /api/v1${path}`);
  const ofAuth = ['token', 'refresh', 'logout', ...(spec.auth?.register ? ['register'] : [])].map((name) => `POST /api/v1/auth/${name}`);
  return [...ofEntities, ...ofOperations, ...ofAuth, 'GET /health/live', 'GET /health/ready'].sort();
}

export interface CreatedView {
  readonly name: string;
  readonly module: string;
  readonly path: string;
  readonly actor: string;
  readonly bodyArguments: string;
}

/** A tenant made on the spot, in which the actor may do everything. */
function ruledTenant(spec: ServiceSpec): string {
  if (spec.tenancy === undefined) return '';
  const tenant = tenantEntity(spec);
  return `await make_${tenant.module}(session${ruledArgument(spec, tenant, 'actor')})`;
}

export interface SimplestCreatedView extends CreatedView {
  /** Whether making the body may make such rows already: a tenant comes with a membership of who rules it. */
  readonly isMadeBefore: boolean;
}

/** The entity whose rows are made over HTTP with the least around them; undefined where there is none. */
export function simplestCreated(spec: ServiceSpec): SimplestCreatedView | undefined {
  const cost = (entity: EntitySpec): number => createParents(spec, entity).length + entity.relations.length;
  const [entity] = spec.entities.filter(({ access, isUser }) => access.create !== undefined && !isUser).sort((a, b) => cost(a) - cost(b));
  return entity && { ...createdView(spec, entity), isMadeBefore: rowsAround(spec, entity).has(entity.name) };
}

/** Entities whose rows are made so that somebody may send a body of this one, and it has something to refer to. */
function rowsAround(spec: ServiceSpec, entity: EntitySpec): ReadonlySet<string> {
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    const other = entityNamed(spec, name);
    for (const { nullable, target } of belongsTo(other)) if (!nullable) reach(target);
    if (isTenant(spec, other)) reach(memberEntity(spec).name);
  };
  for (const name of [...(spec.auth ? [spec.auth.user] : []), ...bodyReferences(spec, entity)]) reach(name);
  return reached;
}

/** What the body names, itself and in the rows nested in it. */
function bodyReferences(spec: ServiceSpec, entity: EntitySpec, around?: string): readonly string[] {
  const parents = belongsTo(entity).filter(({ name, nullable }) => !nullable && name !== around);
  const nested = nestedRelations(entity).flatMap(({ target, via }) => bodyReferences(spec, entityNamed(spec, target), via));
  return [...parents.map(({ target }) => target), ...nested];
}

function createdView(spec: ServiceSpec, entity: EntitySpec): CreatedView {
  return {
    name: entity.name,
    module: entity.module,
    path: `/api/v1${entity.path}`,
    actor: highestRole(spec),
    bodyArguments: bodyArguments(spec, entity, ruledTenant(spec)),
  };
}

export interface ContestedView {
  readonly name: string;
  readonly module: string;
  /** Variable for the row. */
  readonly row: string;
  readonly rowUrl: string;
  /** `, reporter=actor` where rows have an owner. */
  readonly owned: string;
  readonly actor: string;
  readonly change: string;
  /** The tenant that it lies in: a variable and the call that makes it. */
  readonly tenant?: { readonly name: string; readonly call: string };
}

/** An entity with a version whose rows requests change; undefined where there is none. */
export function contestedRow(spec: ServiceSpec): ContestedView | undefined {
  for (const entity of spec.entities) {
    const { version, update, rowUrl, row, owned, name, module, isUser, tenant } = entityTestView(spec, entity);
    if (version?.change === undefined || update === undefined || isUser) continue;
    return { name, module, row, rowUrl, owned, actor: highestRole(spec), change: version.change, ...(tenant && { tenant }) };
  }
  return undefined;
}

export interface CountedView extends CreatedView {
  /** Member of the answer that counts: `number`. */
  readonly field: string;
  /** The tenant that all of the rows lie in: a variable and the call that makes it. */
  readonly tenant?: { readonly name: string; readonly call: string };
  /** Argument that lets another body name the parent of the first: `board_id=first["board_id"]`; undefined where it is who asks. */
  readonly sameParent?: string;
}

/** An entity whose new rows are numbered within a parent; undefined where there is none. */
export function countedCreated(spec: ServiceSpec): CountedView | undefined {
  for (const entity of spec.entities) {
    const field = entity.fields.find((each) => each.type.kind === 'sequence' && !each.hidden && !isShownToSome(spec, entity, each));
    if (
      field?.type.kind !== 'sequence' ||
      entity.access.create === undefined ||
      entity.isUser ||
      !canRepeat(entity, (each) => each === field || isCountedText(each))
    )
      continue;
    const column = `${field.type.parent}_id`;
    return {
      ...createdView(spec, entity),
      ...(entity.tenant && sharedTenant(spec, entity)),
      field: field.name,
      ...(column !== entity.owner?.column && { sameParent: `${column}=first["${column}"]` }),
    };
  }
  return undefined;
}

function sharedTenant(spec: ServiceSpec, entity: EntitySpec): Pick<CountedView, 'tenant' | 'bodyArguments'> {
  return {
    tenant: { name: testRow(tenantEntity(spec)), call: ruledTenant(spec).replace('await ', '') },
    bodyArguments: bodyArguments(spec, entity),
  };
}

/** A decimal column and the longest value that it holds. */
export function exactDecimal(
  spec: ServiceSpec,
): { readonly name: string; readonly module: string; readonly field: string; readonly value: string } | undefined {
  for (const entity of spec.entities) {
    const field = entity.fields.find(({ type, max }) => type.kind === 'decimal' && max === undefined);
    if (field) return { name: entity.name, module: entity.module, field: field.name, value: longestDecimal(field) };
  }
  return undefined;
}

/** SQLite keeps exact decimals in 64 bits, which is 18 digits. */
function longestDecimal({ type }: FieldSpec): string {
  if (type.kind !== 'decimal') return '0';
  const digits = '123456789123456789'.slice(0, Math.min(type.precision, 18));
  const whole = digits.slice(0, digits.length - type.scale) || '0';
  return type.scale === 0 ? whole : `${whole}.${digits.slice(digits.length - type.scale)}`;
}

export interface ReferringView {
  readonly name: string;
  readonly module: string;
  readonly column: string;
  /** Python source of an id that no row has. */
  readonly missing: string;
}

/** An entity whose rows refer to others, with the least around them; undefined where there is none. */
export function simplestReferring(spec: ServiceSpec): ReferringView | undefined {
  const referring = spec.entities.flatMap((entity) =>
    belongsTo(entity).map(({ column, target }): ReferringView & { readonly cost: number } => {
      const id = missingIdOf(entityNamed(spec, target));
      return {
        name: entity.name,
        module: entity.module,
        column,
        missing: id.startsWith('"') ? `UUID(${id})` : id,
        cost: belongsTo(entity).length,
      };
    }),
  );
  return referring.sort((a, b) => a.cost - b.cost)[0];
}
