import type { AccessRule, EntitySpec, OperationSpec, RelationSpec, ServiceSpec, Verb } from '../../spec/service-spec';
import { writableLinks } from '../python/entity-requests';
import { roleMember } from '../python/python-value';
import { visibilityLevels } from '../python/read-members';
import { referableRows } from '../python/referable-rows';
import { belongsTo, entityNamed, linkIdsName, nestedRelations } from '../python/spec-lookup';
import {
  hasTenant,
  isMember,
  isTenant,
  leastTenantRole,
  memberColumns,
  memberEntity,
  namesTenant,
  tenantEntity,
  tenantRoleMember,
  tenantRoles,
  tenantStep,
} from '../python/tenancy';
import { createParents, needsOwner } from './factory-view';
import { testRow } from './test-row';
import { bodyTenantArgument, rulerParameter, tenantArgument } from './tenant-arguments';
import { isOneForEachOwner } from './is-one-for-each-owner';
import { makerOf } from './maker-of';
import { missingIdOf } from './missing-id-of';
import { replaceBody } from './replace-body';
import { pythonJson, sampleValue } from './test-values';
import { creationRefusal, isPermitted, memberName, outsiderName, refusalStatus, viewerName, viewersOf, type Viewer } from './viewers';

/** One entity in `tests/test_access.py`. */
export interface EntityAccessView {
  readonly module: string;
  /** Variable for one row. */
  readonly row: string;
  readonly path: string;
  readonly rowUrl: string;
  /** `make_review(session, author=owner)`; undefined for the user entity, where the owner is the row. */
  readonly makeRow?: string;
  readonly missingUrl: string;
  readonly verbs: readonly VerbAccessView[];
  /** Whether the row lies in the tenant that the fixture makes, or is it. */
  readonly inTenant: boolean;
  /** The foreign viewer of the tests that tell missing rows from foreign ones: `stranger`. */
  readonly foreigner: string;
  /** How rows of a tenant refer to others; undefined for other rows. */
  readonly tenant?: TenantTests;
  /** Whether the list shows whoever asks rows of their own tenants only. */
  readonly listsMembers: boolean;
  /** How the list goes on, where one page may not hold the rows of a test, and how many rows a page has. */
  readonly pages?: EntitySpec['pagination'];
  readonly page: number;
  /** Methods whose refusal must not tell a foreign row from a missing one. */
  readonly hidingMethods: readonly string[];
  /** A body that PUT takes, for the row in the variable of its module's name. */
  readonly replaceBody: string;
  /** Fields with `visible=`, and what of them each answer shows: `("list", "anonymous", [])`. */
  readonly visible?: {
    readonly names: readonly string[];
    readonly verbs: readonly Verb[];
    readonly cases: readonly string[];
    readonly bodyArguments: string;
  };
}

export interface VerbAccessView {
  readonly verb: Verb;
  readonly method: string;
  /** `("anonymous", 401)`; a list adds whether the owner's row is in it: `("anonymous", 200, True)`. */
  readonly cases: readonly string[];
  readonly bodyArguments: string;
}

const methods = { list: 'GET', read: 'GET', create: 'POST', update: 'PATCH', replace: 'PUT', delete: 'DELETE' } as const;
const verbs = ['list', 'read', 'create', 'update', 'replace', 'delete'] as const;
const successes = { list: 200, read: 200, create: 201, update: 200, replace: 200, delete: 204 } as const;

export function entityAccessView(spec: ServiceSpec, entity: EntitySpec): EntityAccessView {
  const { access } = entity;
  const strangers = viewersOf(spec, entity).filter((viewer) => viewerName(spec, viewer) === 'stranger');
  const hasOwnRows = (rule: AccessRule | undefined): boolean =>
    rule !== undefined && strangers.every((viewer) => refusalStatus(rule, viewer) === 404 && !isPermitted(spec, rule, viewer, entity));
  return {
    module: entity.module,
    path: `/api/v1${entity.path}`,
    row: testRow(entity),
    rowUrl: `f"/api/v1${entity.path}/{${testRow(entity)}.id}"`,
    ...(!entity.isUser && !isTenant(spec, entity) && { makeRow: makeRow(spec, entity) }),
    inTenant: hasTenant(spec, entity),
    foreigner: hasTenant(spec, entity) ? outsiderName(spec) : 'stranger',
    ...(entity.tenant && { tenant: tenantTests(spec, entity) }),
    listsMembers:
      access.list !== undefined && !access.list.every(({ kind }) => kind === 'role') && !letsOutsidersIn(spec, entity, access.list),
    missingUrl: `"/api/v1${entity.path}/${missingIdOf(entity).replace(/["_]/g, '')}"`,
    verbs: verbs.flatMap((verb) => {
      const rule = access[verb];
      return rule === undefined ? [] : [verbView(spec, entity, verb, rule)];
    }),
    replaceBody: replaceBody(spec, entity),
    ...(entity.page < 4 && { pages: entity.pagination }),
    page: entity.page,
    hidingMethods: (['read', 'update', 'replace', 'delete'] as const)
      .filter((verb) => hasOwnRows(access[verb]))
      .map((verb) => methods[verb]),
    ...visibleFields(spec, entity),
  };
}

function makeRow(spec: ServiceSpec, entity: EntitySpec): string {
  const owned = entity.owner ? `, ${entity.owner.relation}=owner` : '';
  // A membership of the least role is within everybody's reach who may change any.
  const role = isMember(spec, entity) ? `, role=${tenantRoles(spec)[0] ?? ''}` : '';
  return `make_${entity.module}(session${tenantArgument(spec, entity)}${owned}${role})`;
}

function verbView(spec: ServiceSpec, entity: EntitySpec, verb: (typeof verbs)[number], rule: AccessRule): VerbAccessView {
  return {
    verb,
    method: methods[verb],
    bodyArguments: bodyArguments(spec, entity),
    cases: viewersOf(spec, entity).map((viewer) => {
      const name = viewerName(spec, viewer);
      const isAllowed = isPermitted(spec, rule, viewer, entity);
      if (verb === 'create') {
        const status =
          isAllowed || isCreator(rule, viewer) ? creationStatus(spec, entity, viewer) : creationRefusal(spec, entity, rule, viewer);
        return `("${name}", ${status})`;
      }
      const refusal = refusalStatus(rule, viewer);
      if (verb !== 'list') return `("${name}", ${isAllowed ? successes[verb] : refusal})`;
      const isFiltered = viewer.kind !== 'anonymous' && !rule.every(({ kind }) => kind === 'role');
      return isAllowed ? `("${name}", 200, True)` : `("${name}", ${isFiltered ? 200 : refusal}, False)`;
    }),
  };
}

function bodyArguments(spec: ServiceSpec, entity: EntitySpec): string {
  return `${needsOwner(spec, entity) ? ', owner=caller or owner' : ''}${bodyTenantArgument(spec, entity)}`;
}

/** Who may make rows still cannot refer to rows that they may not see, nor have two where each owner has one. */
function creationStatus(spec: ServiceSpec, entity: EntitySpec, viewer: Viewer): number {
  // The tenant that the rows lie in is the owner's already.
  const isSecond = viewer.kind === 'owner' && isTenant(spec, entity) && isOneForEachOwner(entity);
  return isSecond || hasHiddenParent(spec, entity, viewer) ? 409 : successes.create;
}

function hasHiddenParent(spec: ServiceSpec, entity: EntitySpec, viewer: Viewer, around?: string): boolean {
  const isHidden = createParents(spec, entity).some(
    (relation) =>
      !relation.nullable && relation.name !== around && relation !== tenantStepOf(entity) && isHiddenRow(spec, entity, relation, viewer),
  );
  return isHidden || nestedRelations(entity).some(({ target, via }) => hasHiddenParent(spec, entityNamed(spec, target), viewer, via));
}

/** The row that the body of a test names is the caller's own, where rows of its kind belong to somebody. */
function isHiddenRow(spec: ServiceSpec, entity: EntitySpec, relation: RelationSpec, viewer: Viewer): boolean {
  const rows = referableRows(spec, entity, relation);
  if (rows === undefined || (namesTenant(rows) && !rows.startsWith('and_('))) return false;
  if (viewer.kind === 'anonymous') return true;
  const target = entityNamed(spec, relation.target);
  const rule = [...(target.access.read ?? []), ...(target.access.list ?? [])];
  const ruled = entity.tenant === undefined && hasTenant(spec, target) ? { tenantRole: spec.tenancy?.roles.at(-1) ?? '' } : {};
  return !isPermitted(spec, rule, { ...viewer, ...ruled, kind: 'owner' }, target);
}

function tenantStepOf(entity: EntitySpec): RelationSpec | undefined {
  return entity.tenant && tenantStep(entity);
}

/** A row that is only being made is its maker's own. */
function isCreator(rule: AccessRule, viewer: Viewer): boolean {
  return viewer.kind !== 'anonymous' && rule.some(({ kind }) => kind === 'owner' || kind === 'self');
}

/** What each answer with a row shows of the fields with `visible=` to those who get it. */
function visibleFields(spec: ServiceSpec, entity: EntitySpec): Pick<EntityAccessView, 'visible'> {
  const levels = visibilityLevels(spec, entity);
  const names = levels.flatMap(({ members }) => members.map(({ name }) => name));
  const shown = (verb: Verb, viewer: Viewer): string => {
    const seen = levels.filter(({ rule }) => isPermitted(spec, rule, verb === 'create' ? makerOf(spec, entity, viewer) : viewer, entity));
    return JSON.stringify(seen.flatMap(({ members }) => members.map(({ name }) => name))).replaceAll('","', '", "');
  };
  const cases = (['list', 'read', 'create', 'update', 'replace'] as const)
    // The first page of a list may not hold the row where it holds few.
    .filter((verb) => entity.access[verb] !== undefined && !(verb === 'list' && entity.page < 4))
    .flatMap((verb) =>
      viewersOf(spec, entity)
        .filter((viewer) => isAnswered(spec, entity, verb, viewer))
        .map((viewer) => ({ verb, source: `("${verb}", "${viewerName(spec, viewer)}", ${shown(verb, viewer)})` })),
    );
  if (names.length === 0 || cases.length === 0) return {};
  const asked = [...new Set(cases.map(({ verb }) => verb))];
  return { visible: { names, verbs: asked, cases: cases.map(({ source }) => source), bodyArguments: bodyArguments(spec, entity) } };
}

function isAnswered(spec: ServiceSpec, entity: EntitySpec, verb: Exclude<Verb, 'delete'>, viewer: Viewer): boolean {
  const rule = entity.access[verb];
  if (rule === undefined) return false;
  if (verb !== 'create') return isPermitted(spec, rule, viewer, entity);
  // The owner has one already.
  if (viewer.kind === 'owner' && isOneForEachOwner(entity)) return false;
  // Whether rows outside of a tenant's reach are anybody's own is not told.
  if (viewer.kind !== 'anonymous' && entity.tenant !== undefined && viewer.tenantRole === undefined) return false;
  return (isPermitted(spec, rule, viewer, entity) || isCreator(rule, viewer)) && creationStatus(spec, entity, viewer) === successes.create;
}

/** An operation in `tests/test_access.py`: whose access says more than that somebody is signed in. */
export interface OperationAccessView {
  readonly name: string;
  readonly method: string;
  /** Python source of the path. */
  readonly url: string;
  /** `, json={"to": "todo"}` */
  readonly input: string;
  /** The row in the path: variable and call, and whether it lies in a tenant; undefined where the path has none. */
  readonly row?: string;
  readonly makeRow?: string;
  readonly inTenant: boolean;
  /** `("stranger", 404)`, and `("owner", None)` for who gets in. */
  readonly cases: readonly string[];
}

/** Undefined where no request is known that the access alone decides about. */
export function operationAccessView(spec: ServiceSpec, operation: OperationSpec): OperationAccessView | undefined {
  const [subject, another] = operation.pathParameters.flatMap(({ entity }) => (entity === undefined ? [] : [entityNamed(spec, entity)]));
  const input = validInput(spec, operation);
  // Rows in one path may have to belong together.
  if (another !== undefined || input === undefined) return undefined;
  const viewers = viewersOf(spec, subject);
  const isLetIn = (viewer: Viewer): boolean => isPermitted(spec, operation.access, viewer, subject);
  // Where the function itself may refuse somebody so, only the refusals before it are certain.
  const isCertain = operation.errors.every(({ status }) => ![401, 403, 404].includes(status));
  const asked = viewers.filter((viewer) => isCertain || !isLetIn(viewer));
  // Without a token every route is asked in test_contract.py.
  if (asked.every((viewer) => viewer.kind === 'anonymous' || isLetIn(viewer))) return undefined;
  const row = subject && testRow(subject);
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    operation.pathParameters.find((parameter) => parameter.name === name)?.entity === undefined ? 'x' : `{${row ?? ''}.id}`,
  );
  return {
    name: operation.name,
    method: operation.method,
    url: `${row === undefined ? '' : 'f'}"/api/v1${path}"`,
    input,
    ...(row !== undefined && { row }),
    ...(subject && !subject.isUser && !isTenant(spec, subject) && { makeRow: makeRow(spec, subject) }),
    inTenant: subject !== undefined && hasTenant(spec, subject),
    cases: asked.map((viewer) => `("${viewerName(spec, viewer)}", ${isLetIn(viewer) ? 'None' : refusalStatus(operation.access, viewer)})`),
  };
}

/** Python source of the arguments of a request with the least input; undefined where a value is not known. */
function validInput(spec: ServiceSpec, operation: OperationSpec): string | undefined {
  const values = operation.input
    .filter((field) => !field.nullable && (field.default === undefined || field.default === null))
    .map((field) => ({ field, value: sampleValue(spec, field, 0) }));
  const isQuery = operation.inputIn === 'query';
  if (values.some(({ value }) => value === undefined || (isQuery && typeof value === 'object'))) return undefined;
  const members = values.map(({ field, value }) => `"${field.name}": ${pythonJson(value ?? null)}`).join(', ');
  if (isQuery) return members === '' ? '' : `, params={${members}}`;
  return operation.input.length === 0 ? '' : `, json={${members}}`;
}

export interface TenantTests {
  /** Arguments of a row, and of a body, in the tenant `home`. */
  readonly rowArguments: string;
  readonly bodyArguments: string;
  /** Where members of the tenant make rows: the reference that leads there, and the id of none. */
  readonly parent?: { readonly column: string; readonly missing: string };
  /** References that would leave the tenant: `("assignee_id", str(...))`. */
  readonly strays: readonly { readonly member: string; readonly value: string; readonly methods: readonly string[] }[];
  /** Queries that name something of the row: `{"project_id": str(issue.project_id)}`. */
  readonly queries: readonly string[];
}

function tenantTests(spec: ServiceSpec, entity: EntitySpec): TenantTests {
  const { create, update } = entity.access;
  const isForMembers = (rule: AccessRule | undefined): boolean =>
    rule !== undefined && !letsOutsidersIn(spec, entity, rule) && leastTenantRole(spec, entity, rule) !== undefined;
  const step = tenantStep(entity);
  return {
    rowArguments: `${tenantArgument(spec, entity, 'home')}${entity.owner ? `, ${entity.owner.relation}=ruler` : ''}`,
    bodyArguments: `${needsOwner(spec, entity) ? ', owner=ruler' : ''}${bodyTenantArgument(spec, entity, 'home')}`,
    ...(isForMembers(create) && {
      parent: { column: step.column, missing: missingIdOf(entityNamed(spec, step.target)) },
    }),
    strays: [
      ...createParents(spec, entity)
        .filter((relation) => isBound(spec, entity, relation))
        .map((relation) => ({
          member: relation.column,
          value: strayId(spec, relation.target),
          methods: [
            ...(isForMembers(create) && relation !== step ? ['post'] : []),
            ...(isForMembers(update) && !relation.immutable ? ['patch'] : []),
          ],
        })),
      ...writableLinks(entity)
        .filter((relation) => isBound(spec, entity, relation))
        .map((relation) => ({
          member: linkIdsName(spec, relation),
          value: `[${strayId(spec, relation.target)}]`,
          methods: [...(isForMembers(create) ? ['post'] : []), ...(isForMembers(update) ? ['patch'] : [])],
        })),
    ].filter(({ methods: tried }) => tried.length > 0),
    queries: [
      '{}',
      ...belongsTo(entity)
        .filter(({ filter, nullable }) => filter && !nullable)
        .map(({ column }) => `{"${column}": str(${testRow(entity)}.${column})}`),
    ],
  };
}

/** Whether a rule lets in who has nothing but an account: everybody, or the least role of the service. */
function letsOutsidersIn(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule): boolean {
  const role = spec.auth?.defaultRole ?? spec.auth?.roles[0];
  return isPermitted(spec, rule, { kind: 'stranger', elsewhere: true, ...(role !== undefined && { role }) }, entity);
}

/** Whether the tenant of the row says what the reference may lead to. */
function isBound(spec: ServiceSpec, entity: EntitySpec, relation: RelationSpec): boolean {
  return namesTenant(referableRows(spec, entity, relation));
}

function strayId(spec: ServiceSpec, name: string): string {
  const target = entityNamed(spec, name);
  const row = isTenant(spec, target) ? 'elsewhere' : `(await make_${target.module}(session${tenantArgument(spec, target, 'elsewhere')}))`;
  return target.id === 'int' ? `${row}.id` : `str(${row}.id)`;
}

/** What `tests/test_access.py` has about tenants as such; undefined without tenancy. */
export interface TenancyView {
  readonly name: string;
  readonly module: string;
  /** Fixture of a tenant, and variable for one. */
  readonly variable: string;
  readonly label: string;
  readonly outsider: string;
  /** Arguments of the fixture's tenant: `, founder=owner`. */
  readonly arguments: string;
  readonly ruler: string;
  readonly member: {
    readonly name: string;
    readonly module: string;
    readonly path: string;
    readonly tenant: string;
    readonly user: string;
    readonly tenantColumn: string;
    readonly userColumn: string;
  };
  /** `"workspace guest": MemberRole.GUEST` */
  readonly seats: readonly string[];
  readonly lowest: string;
  /** How the role of who makes a tenant is kept; undefined where it is not given. */
  readonly creator?: {
    readonly word: string;
    readonly member: string;
    /** Path of the route that makes a tenant. */
    readonly path?: string;
    /** Value of a lower role, where one can be given. */
    readonly lowered?: string;
    readonly isDeletable: boolean;
    /** Path of users who may delete themselves. */
    readonly users?: string;
  };
  /** A role below the highest one that may write memberships, and one above it. */
  readonly cap?: {
    readonly seat: string;
    readonly member: string;
    readonly above: string;
    readonly verbs: readonly string[];
    /** Arguments of the body of a membership: `session, workspace`. */
    readonly bodyArguments: string;
  };
}

export function tenancyView(spec: ServiceSpec): TenancyView | undefined {
  const { tenancy } = spec;
  if (tenancy === undefined) return undefined;
  const tenant = tenantEntity(spec);
  const member = memberEntity(spec);
  const columns = memberColumns(spec);
  return {
    name: tenant.name,
    module: tenant.module,
    variable: testRow(tenant),
    label: tenant.label,
    outsider: outsiderName(spec),
    arguments: tenant.owner ? `, ${tenant.owner.relation}=owner` : '',
    ruler: rulerParameter(tenant),
    member: {
      name: member.name,
      module: member.module,
      path: `/api/v1${member.path}`,
      tenant: tenancy.tenantRelation,
      user: tenancy.userRelation,
      tenantColumn: columns.tenant,
      userColumn: columns.user,
    },
    seats: tenancy.roles.map((role) => `"${memberName(spec, role)}": ${tenantRoleMember(spec, role)}`),
    lowest: tenantRoleMember(spec, tenancy.roles[0] ?? ''),
    ...(tenancy.creator !== undefined && { creator: creatorTests(spec, tenancy.creator) }),
    ...capTests(spec, member),
  };
}

function creatorTests(spec: ServiceSpec, creator: string): NonNullable<TenancyView['creator']> {
  const tenant = tenantEntity(spec);
  const member = memberEntity(spec);
  const user = entityNamed(spec, spec.auth?.user ?? '');
  const roles = spec.tenancy?.roles ?? [];
  const lowered = roles[0] === creator ? undefined : roles[0];
  const isRulers = (rule: AccessRule | undefined): boolean =>
    rule !== undefined && isPermitted(spec, rule, { kind: 'stranger', tenantRole: roles.at(-1) ?? '' }, member);
  const isMadeByUsers = tenant.access.create?.some(({ kind }) => kind === 'user') === true && !needsOwner(spec, tenant);
  return {
    word: creator,
    member: tenantRoleMember(spec, creator),
    ...(isMadeByUsers && { path: `/api/v1${tenant.path}` }),
    ...(isRulers(member.access.update) && isRoleWritable(member, 'update') && lowered !== undefined && { lowered }),
    isDeletable: isRulers(member.access.delete),
    ...(user.access.delete?.some(({ kind }) => kind === 'self') && { users: `/api/v1${user.path}` }),
  };
}

function isRoleWritable(member: EntitySpec, verb: 'create' | 'update'): boolean {
  return member.fields.some(({ name, readonly, immutable }) => name === 'role' && !readonly && (verb === 'create' || !immutable));
}

/** Where members below the highest role write memberships: what is above their own role is out of their reach. */
function capTests(spec: ServiceSpec, member: EntitySpec): Pick<TenancyView, 'cap'> {
  const roles = spec.tenancy?.roles ?? [];
  const verbs = (['create', 'update', 'delete'] as const).filter((verb) => {
    const rule = member.access[verb];
    const role = rule && leastTenantRole(spec, member, rule);
    return role !== undefined && role !== roles.at(-1) && !rule?.some(({ kind }) => kind === 'public');
  });
  const writable = verbs.filter((verb) => verb === 'delete' || isRoleWritable(member, verb));
  const ranks = writable.map((verb) => roles.indexOf(leastTenantRole(spec, member, member.access[verb] ?? []) ?? ''));
  const seat = roles[Math.max(...ranks)];
  const above = roles.at(-1);
  if (seat === undefined || above === undefined || writable.length === 0) return {};
  const bodyArguments = `session, ${needsOwner(spec, member) ? 'owner, ' : ''}${testRow(tenantEntity(spec))}`;
  return { cap: { seat: memberName(spec, seat), member: tenantRoleMember(spec, above), above, verbs: writable, bodyArguments } };
}

/** What a membership that is deleted no longer opens: a row that its role reads, and a field that only a higher one than the lowest sees. */
export interface LapsedMembership {
  readonly entity: EntityAccessView;
  readonly highest: string;
  readonly field?: string;
}

/** Undefined where memberships are really deleted. */
export function lapsedMembership(spec: ServiceSpec, entities: readonly EntityAccessView[]): LapsedMembership | undefined {
  if (spec.tenancy === undefined || !memberEntity(spec).softDelete) return undefined;
  const roles = tenantRoles(spec);
  const lowestName = memberName(spec, spec.tenancy.roles[0] ?? '');
  const highestName = memberName(spec, spec.tenancy.roles.at(-1) ?? '');
  const readable = entities.filter(
    ({ makeRow: made, hidingMethods, verbs: asked }) =>
      made !== undefined &&
      hidingMethods.includes('GET') &&
      asked.some(({ verb, cases }) => verb === 'read' && [lowestName, highestName].every((name) => cases.includes(`("${name}", 200)`))),
  );
  const fieldOf = ({ visible }: EntityAccessView): string | undefined => {
    const shownTo = (name: string): string => visible?.cases.find((source) => source.startsWith(`("read", "${name}", `)) ?? '';
    return visible?.names.find((name) => shownTo(highestName).includes(`"${name}"`) && !shownTo(lowestName).includes(`"${name}"`));
  };
  const entity = readable.find((candidate) => fieldOf(candidate) !== undefined) ?? readable[0];
  if (entity === undefined) return undefined;
  const field = fieldOf(entity);
  return { entity, highest: roles.at(-1) ?? '', ...(field !== undefined && { field }) };
}

/** `"staff": Role.STAFF` for every viewer of a role above the lowest. */
export function viewerRoles(spec: ServiceSpec): readonly string[] {
  const lowest = spec.auth?.defaultRole ?? spec.auth?.roles[0];
  return (spec.auth?.roles ?? []).filter((role) => role !== lowest).map((role) => `"${role}": ${roleMember(role)}`);
}
