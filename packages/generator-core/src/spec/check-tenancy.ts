import type { EntitySpec, ServiceSpec, TenancySpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';

/** What would let rows out of their tenant, or tenants without anybody in them. */
export function checkTenancy({ tenancy, entities }: ServiceSpec, context: SpecContext): void {
  if (tenancy === undefined) return;
  for (const entity of entities) {
    if (entity.name === tenancy.entity) checkTenant(tenancy, entity, entities, context);
    else if (entity.tenant === undefined) {
      checkEmbeds(tenancy, entity, entities, context);
      checkNested(entity, entities, context);
    } else checkWay(entity, entities, context);
  }
}

function checkTenant(tenancy: TenancySpec, tenant: EntitySpec, entities: readonly EntitySpec[], context: SpecContext): void {
  const line = context.isWritten(entityPath(tenant.name, 'access', 'create')) ? 'create' : 'write';
  const at = entityPath(tenant.name, 'access', line);
  const words = tenant.access.create ?? [];
  const role = words.find((word) => word.kind === 'tenant');
  if (role !== undefined)
    context.report({
      at,
      code: 'create-tenant-by-member',
      message: `nobody is "${role.role}" of a ${tenant.label} that is only being made.`,
      mend: 'write "user", or a role of "auth"',
    });
  if (tenancy.creator !== undefined && words.some(({ kind }) => kind === 'public'))
    context.report({
      at,
      code: 'create-without-member',
      message: `who makes a ${tenant.label} becomes its "${tenancy.creator}", but with "public" nobody is logged in.`,
      mend: 'write "user", or remove "creator"',
    });
  for (const relation of tenant.relations) {
    if ((relation.kind !== 'has_many' && relation.kind !== 'has_one') || !relation.nested) continue;
    const target = entities.find(({ name }) => name === relation.target);
    const other = target?.relations.find(({ kind, name, implicit }) => kind === 'belongs_to' && name !== relation.via && !implicit);
    if (other === undefined || other.name === target?.owner?.relation) continue;
    context.report({
      at: entityPath(tenant.name, 'relations', relation.name),
      code: 'nested-in-tenant',
      message: `${relation.target} rows refer to a ${other.target} ("${other.name}"), and in a ${tenant.label} that is only being made there is none yet.`,
      mend: 'remove "nested" and create them afterwards',
    });
  }
}

/** Rows on the way to a tenant lie in it themselves, and there is one way from each of them. */
function checkWay({ name, tenant = [], relations }: EntitySpec, entities: readonly EntitySpec[], context: SpecContext): void {
  const [step, ...rest] = tenant;
  const target = entities.find((entity) => entity.name === relations.find((relation) => relation.name === step)?.target);
  if (target === undefined || rest.length === 0 || target.tenant?.join('.') === rest.join('.')) return;
  if (target.tenant === undefined && context.isWritten(entityPath(target.name, 'tenant'))) return;
  const own = target.tenant === undefined ? 'has no "tenant:"' : `has "tenant: ${target.tenant.join('.')}"`;
  context.report({
    at: entityPath(name, 'tenant'),
    code: 'tenant-by-another-way',
    message: `the way goes through ${target.name}, which ${own}, so its rows would not lie in the same tenant for certain.`,
    mend: `write "tenant: ${rest.join('.')}" at ${target.name}`,
  });
}

/** Nobody would ask whether who makes a row outside of all tenants may write rows in one. */
function checkNested(entity: EntitySpec, entities: readonly EntitySpec[], context: SpecContext): void {
  for (const relation of entity.relations) {
    if ((relation.kind !== 'has_many' && relation.kind !== 'has_one') || !relation.nested) continue;
    const target = entities.find(({ name }) => name === relation.target);
    if (target?.tenant === undefined) continue;
    context.report({
      at: entityPath(entity.name, 'relations', relation.name),
      code: 'nested-into-tenant',
      message: `${entity.name} rows lie in no tenant, so whoever makes one could put ${target.label} rows into any.`,
      mend: `remove "nested"; ${target.plural.replaceAll('_', ' ')} are made by their own route`,
    });
  }
}

/** An answer about a row outside of all tenants would show rows of all of them. */
function checkEmbeds(tenancy: TenancySpec, entity: EntitySpec, entities: readonly EntitySpec[], context: SpecContext): void {
  for (const [index, path] of entity.embed.entries()) {
    let place: EntitySpec | undefined = entity;
    for (const step of path) {
      const relation: EntitySpec['relations'][number] | undefined = place?.relations.find(({ name }) => name === step);
      place = entities.find(({ name }) => name === relation?.target);
      if (place?.tenant === undefined && place?.name !== tenancy.entity) continue;
      context.report({
        at: entityPath(entity.name, 'api', 'embed', index),
        code: 'embed-leaves-tenant',
        message: `${entity.name} rows lie in no tenant, so this would show ${place.label} rows of all tenants to whoever reads one.`,
        mend: `remove it; ${place.plural.replaceAll('_', ' ')} are listed by their own route`,
      });
      break;
    }
  }
}
