import type { EntitySpec, ServiceSpec } from '../spec/service-spec';
import { needsViewerRole } from './python/read-members';
import { entityNamed, entitySurface, idAnnotation, paths, type BelongsTo } from './python/spec-lookup';
import { memberColumns, memberEntity, rowsIn, tenantEntity, tenantRoleMember, tenantStep } from './python/tenancy';
import { usedNames } from './python/used-names';
import { repositoryView } from './repository';
import { singleFileRole } from './web/single-file-role';

/** `app/repositories/tenancy.py`: who is in which tenant, and which rows lie in one. */
export const tenancyRole = singleFileRole({
  role: 'tenancy',
  phase: 'repositories',
  path: paths.tenancy,
  exists: (spec) => spec.tenancy !== undefined,
  provides: (spec) => [...functionNames(spec)].sort(),
  needs: (spec) => {
    const view = tenancyView(spec);
    return [
      paths.viewer,
      paths.enums,
      ...(view.require_role || view.creator ? [paths.errors] : []),
      ...(view.require_role ? [paths.repositoryBase] : []),
      ...view.models.map(paths.model),
    ];
  },
  view: (spec) => tenancyView(spec),
});

/** What the repositories use, and what that is made of. */
function functionNames(spec: ServiceSpec): ReadonlySet<string> {
  const views = spec.entities.filter((entity) => entitySurface(spec, entity).exists).map((entity) => repositoryView(spec, entity));
  const used = new Set(views.flatMap(({ tenancy_names }) => tenancy_names));
  for (const entity of spec.entities) {
    if (!used.has(`${entity.plural}_in`)) continue;
    for (const inner of rowsWay(spec, entity)) used.add(`${inner.plural}_in`);
  }
  if (spec.tenancy?.creator !== undefined && used.has(`require_another_${spec.tenancy.creator}`))
    used.add(`lock_${tenantEntity(spec).plural}`);
  return used;
}

/** Entities on the way from a row to its tenant. */
function rowsWay(spec: ServiceSpec, entity: EntitySpec): readonly EntitySpec[] {
  if ((entity.tenant?.length ?? 0) < 2) return [];
  const target = entityNamed(spec, tenantStep(entity).target);
  return [target, ...rowsWay(spec, target)];
}

function tenancyView(spec: ServiceSpec) {
  const names = functionNames(spec);
  const tenant = tenantEntity(spec);
  const member = memberEntity(spec);
  const columns = memberColumns(spec);
  const creator = spec.tenancy?.creator;
  const view = {
    tenant: { ...nameOf(tenant), label: tenant.label },
    member: member.name,
    // Of a column that is loaded by `with_expression` the session knows nothing.
    member_soft_delete: member.softDelete,
    tenant_column: columns.tenant,
    user_column: columns.user,
    role_enum: spec.tenancy?.roleEnum ?? '',
    rows: spec.entities
      .filter((entity) => entity.tenant !== undefined && names.has(`${entity.plural}_in`))
      .sort((a, b) => (a.tenant?.length ?? 0) - (b.tenant?.length ?? 0))
      .map((entity) => ({ ...nameOf(entity), labels: entity.plural.replaceAll('_', ' '), condition: rowsCondition(spec, entity) })),
    users: spec.entities.filter((entity) => entity.isUser && names.has(`${entity.plural}_in`)).map(nameOf),
    ways: spec.entities
      .filter((entity) => names.has(`${tenant.module}_of_${entity.module}`))
      .map((entity) => ({
        ...nameOf(entity),
        label: entity.label,
        given: names.has('role_of') ? `${idAnnotation(entity)} | InstrumentedAttribute[${idAnnotation(entity)}]` : idAnnotation(entity),
        statement: wayStatement(spec, entity),
      })),
    role_of: names.has('role_of'),
    role_of_members: needsViewerRole(spec, member),
    require_role: names.has('require_role_in'),
    locks: names.has(`lock_${tenant.plural}`),
    creator:
      creator !== undefined && names.has(`require_another_${creator}`)
        ? { name: creator, member: tenantRoleMember(spec, creator), holds: creatorCondition(spec, creator) }
        : undefined,
  };
  const source = JSON.stringify([view.rows.map(({ condition }) => condition), view.ways.map(({ statement }) => statement)]);
  const models = usedNames(
    source,
    spec.entities.map(({ name }) => name),
  );
  const always = [member.name, ...(view.locks ? [tenant.name] : []), ...view.users.map(({ model }) => model)];
  return { ...view, models: spec.entities.filter(({ name }) => models.includes(name) || always.includes(name)) };
}

/** Condition for memberships with the role of a creator or a later one; undefined where every one has it. */
function creatorCondition(spec: ServiceSpec, creator: string): string | undefined {
  const member = memberEntity(spec).name;
  const roles = spec.tenancy?.roles ?? [];
  const role = tenantRoleMember(spec, creator);
  if (creator === roles.at(-1)) return `${member}.role == ${role}`;
  return creator === roles[0] ? undefined : `${member}.role.in_(TENANT_ROLES[TENANT_ROLES.index(${role}) :])`;
}

function nameOf(entity: EntitySpec) {
  return { model: entity.name, row: entity.module, plural: entity.plural, id_annotation: idAnnotation(entity) };
}

/** `Issue.project_id.in_(select(Project.id).where(projects_in(workspaces)))` */
function rowsCondition(spec: ServiceSpec, entity: EntitySpec): string {
  const { column, target } = tenantStep(entity);
  const { name, plural } = tenantEntity(spec);
  if (target === name) return `${entity.name}.${column}.in_(${plural})`;
  return `${entity.name}.${column}.in_(select(${target}.id).where(${rowsIn(spec, entityNamed(spec, target), plural)}))`;
}

/** The tenant of a row, by joins along its way: `select(Project.workspace_id).join(Issue, …).where(Issue.id == issue_id)`. */
function wayStatement(spec: ServiceSpec, entity: EntitySpec): string {
  const steps: { readonly from: EntitySpec; readonly relation: BelongsTo }[] = [];
  let place = entity;
  for (const step of entity.tenant ?? []) {
    const relation = place.relations.find(({ name }) => name === step) as BelongsTo;
    steps.push({ from: place, relation });
    place = entityNamed(spec, relation.target);
  }
  const last = steps.at(-1);
  const joins = steps
    .slice(0, -1)
    .reverse()
    .map(({ from, relation }) => `.join(${from.name}, ${from.name}.${relation.column} == ${relation.target}.id)`);
  return `select(${last?.from.name ?? ''}.${last?.relation.column ?? ''})${joins.join('')}.where(${entity.name}.id == ${entity.module}_id)`;
}
