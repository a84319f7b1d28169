import type { AccessRule, EntitySpec, ServiceSpec, Verb } from '../../spec/service-spec';
import { accessCondition } from './access-condition';
import { isCoveredBy } from '../web/access-view';
import { creatableFields, creatableReferences } from './entity-requests';
import { repositoryRow } from './repository-row';
import { changeRule } from './spec-lookup';
import {
  isMember,
  isTenant,
  leastTenantRole,
  memberColumns,
  memberEntity,
  refusesMembers,
  tenantEntity,
  tenantOfRow,
  tenantRoleMember,
} from './tenancy';

/** Lines of Python that writes have besides, so that tenants stay apart and somebody rules each of them. */
export interface TenantWrites {
  /** Before a row is made of `data`. */
  readonly create: readonly string[];
  /** The membership of who makes a tenant. */
  readonly member?: string;
  /** With the row and the `changes` at hand. */
  readonly update: readonly string[];
  /** With the row locked, before it is deleted. */
  readonly delete: readonly string[];
  /** Before the row is locked. */
  readonly first: { readonly update: readonly string[]; readonly delete: readonly string[] };
}

/** `names`: which of the two needs the tenant for what else it does; `byReferences`: whether it is for the rows that are referred to. */
export function tenantWrites(
  spec: ServiceSpec,
  entity: EntitySpec,
  names: { readonly inCreate: boolean; readonly inUpdate: boolean; readonly byReferences: boolean },
): TenantWrites {
  const row = repositoryRow(entity);
  const update = updateLines(spec, entity);
  const needsTenant = names.inUpdate || update.some((line) => line.includes(' tenant'));
  const ofUpdate = needsTenant ? [`tenant = ${tenantOfRow(spec, entity, row)}`] : [];
  return {
    create:
      isTenant(spec, entity) && names.byReferences
        ? [emptyTenant(entity)]
        : entity.tenant === undefined
          ? []
          : createLines(spec, entity, names.inCreate),
    ...(isTenant(spec, entity) &&
      spec.tenancy?.creator !== undefined && { member: creatorsMembership(spec, entity, spec.tenancy.creator) }),
    update: [...ofUpdate, ...update],
    delete: deleteLines(spec, entity),
    first: lockLines(spec, entity),
  };
}

/**
 * Who rules a tenant, and whether it goes, is decided by one request after the other: in whichever order they would lock memberships
 * and tenants, none waits for another that waits for it, and each sees what the ones before have left.
 */
function lockLines(spec: ServiceSpec, entity: EntitySpec): TenantWrites['first'] {
  const row = repositoryRow(entity);
  if (isTenant(spec, entity)) {
    const lock = lockTenants(spec, `select(${entity.name}.id).where(${entity.name}.id == ${row}_id)`);
    return { update: [lock], delete: [lock] };
  }
  if (!isMember(spec, entity)) return { update: [], delete: [] };
  const lock = lockTenants(spec, `select(${entity.name}.${memberColumns(spec).tenant}).where(${entity.name}.id == ${row}_id)`);
  return { update: updateLines(spec, entity).length > 0 ? [lock] : [], delete: deleteLines(spec, entity).length > 0 ? [lock] : [] };
}

function lockTenants(spec: ServiceSpec, statement: string): string {
  return `await lock_${tenantEntity(spec).plural}(self.session, ${statement})`;
}

/** No row lies in a tenant that is only being made, so that it can refer to none. */
function emptyTenant({ name }: EntitySpec): string {
  return `tenant = select(${name}.id).where(false())`;
}

function createLines(spec: ServiceSpec, entity: EntitySpec, tenantIsNamed: boolean): readonly string[] {
  const rule = entity.access.create;
  const role = rule === undefined || rule.some(({ kind }) => kind === 'public') ? undefined : leastTenantRole(spec, entity, rule);
  const gives = rule !== undefined && role !== undefined && isMember(spec, entity) && isCapped(spec, entity, rule);
  const checks =
    rule === undefined || role === undefined
      ? []
      : unlessAllowed(spec, entity, rule, [
          requireRole(tenantRoleMember(spec, role)),
          ...(gives && creatableFields(entity).some(({ name }) => name === 'role') ? [requireRole('data.role')] : []),
        ]);
  return tenantIsNamed || checks.length > 0 ? [`tenant = ${tenantOfRow(spec, entity, 'data')}`, ...checks] : [];
}

function requireRole(role: string): string {
  return `await require_role_in(self.session, tenant, self.viewer, ${role})`;
}

/** A service role that lets its holders do it everywhere needs no membership. */
function unlessAllowed(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule, lines: readonly string[]): readonly string[] {
  const { allRows } = accessCondition(spec, entity, rule, 'self.viewer');
  if (allRows === undefined || lines.length === 0) return lines;
  return [`if not ${allRows.includes(' or ') ? `(${allRows})` : allRows}:`, ...lines.map((line) => `    ${line}`)];
}

/** Whether some who may write memberships have not the highest role, so that they could give, or take, what is above their own. */
function isCapped(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule): boolean {
  const highest = spec.tenancy?.roles.at(-1);
  const role = leastTenantRole(spec, entity, rule);
  return rule.some(({ kind }) => kind === 'owner') || (role !== undefined && role !== highest);
}

function updateLines(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  return isMember(spec, entity) ? memberUpdate(spec, entity) : moveLines(spec, entity);
}

/** Who changes a row need not be one who could make it: to another parent it goes only where its maker could put it. */
function moveLines(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const [rule, change] = [entity.access.create, changeRule(entity)];
  const parent = creatableReferences(entity).find(({ name }) => name === entity.tenant?.[0]);
  if (rule === undefined || change === undefined || parent === undefined || parent.immutable) return [];
  const role = leastTenantRole(spec, entity, rule);
  const isEveryMember = role === spec.tenancy?.roles[0];
  if (role === undefined || isEveryMember || isCoveredBy({ spec, narrow: change, wide: rule })) return [];
  const row = repositoryRow(entity);
  const { column } = parent;
  return unlessAllowed(spec, entity, rule, [
    `if changes.get("${column}", ${row}.${column}) != ${row}.${column}:`,
    `    ${requireRole(tenantRoleMember(spec, role))}`,
  ]);
}

function memberUpdate(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const rule = changeRule(entity);
  if (rule === undefined || !creatableFields(entity).some(({ name, immutable }) => name === 'role' && !immutable)) return [];
  const row = repositoryRow(entity);
  const cap = isCapped(spec, entity, rule)
    ? unlessAllowed(spec, entity, rule, [`for role in {${row}.role, changes.get("role", ${row}.role)}:`, `    ${requireRole('role')}`])
    : [];
  const creator = spec.tenancy?.creator;
  // Every role includes the least one.
  if (creator === undefined || creator === spec.tenancy?.roles[0]) return cap;
  const member = tenantRoleMember(spec, creator);
  const given = `changes.get("role", ${member})`;
  return [
    ...cap,
    `if ${creator === spec.tenancy?.roles.at(-1) ? `${given} != ${member}` : `not includes_role(${given}, ${member})`}:`,
    `    await require_another_${creator}(self.session, ${entity.name}.id == ${row}.id)`,
  ];
}

function deleteLines(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const rule = entity.access.delete;
  const creator = spec.tenancy?.creator;
  if (rule === undefined || spec.tenancy === undefined) return [];
  const row = repositoryRow(entity);
  if (entity.isUser && creator !== undefined) {
    const member = memberEntity(spec);
    return [`await require_another_${creator}(self.session, ${member.name}.${memberColumns(spec).user} == ${row}_id)`];
  }
  if (!isMember(spec, entity)) return [];
  const cap = isCapped(spec, entity, rule)
    ? unlessAllowed(spec, entity, rule, [`tenant = ${tenantOfRow(spec, entity, row)}`, requireRole(`${row}.role`)])
    : [];
  const last = creator === undefined ? [] : [`await require_another_${creator}(self.session, ${entity.name}.id == ${row}_id)`];
  return [...(cap.length > 0 ? [`${row} = await self.get(${row}_id, "delete")`] : []), ...cap, ...last];
}

function creatorsMembership(spec: ServiceSpec, entity: EntitySpec, creator: string): string {
  const values = [
    `${spec.tenancy?.tenantRelation ?? ''}=${repositoryRow(entity)}`,
    `${memberColumns(spec).user}=self.viewer.user_id`,
    `role=${tenantRoleMember(spec, creator)}`,
  ];
  return `${memberEntity(spec).name}(${values.join(', ')})`;
}

/** Statuses of a route that come of tenants and their roles. */
export function tenantStatuses(spec: ServiceSpec, entity: EntitySpec, verb: Verb): readonly number[] {
  const rule = entity.access[verb];
  if (spec.tenancy === undefined || rule === undefined || verb === 'list') return [];
  const lines = (
    verb === 'delete' ? deleteLines(spec, entity) : verb === 'update' || verb === 'replace' ? updateLines(spec, entity) : []
  ).join();
  const conflict = lines.includes('require_another_') ? [409] : [];
  const isForbidden = entity.tenant !== undefined && (refusesMembers(spec, entity, rule) || lines.includes('require_role_in'));
  const isTenantForbidden = isTenant(spec, entity) && verb !== 'create' && refusesMembers(spec, entity, rule);
  return [...conflict, ...(isForbidden || isTenantForbidden ? [403] : [])];
}
