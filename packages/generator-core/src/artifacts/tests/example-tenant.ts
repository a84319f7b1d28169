import type { EntitySpec, ExampleSpec, ExampleValue, GivenRow, OperationSpec, ServiceSpec } from '../../spec/service-spec';
import { entityNamed } from '../python/spec-lookup';
import { memberEntity, tenantEntity, tenantStep } from '../python/tenancy';

/** The role that the caller of an example has in the tenant of the row it is about; undefined for who is not in it. */
export function exampleTenantRole(
  spec: ServiceSpec,
  operation: OperationSpec,
  { given, when }: Pick<ExampleSpec, 'given' | 'when'>,
  caller: string,
): string | undefined {
  const { tenancy } = spec;
  const subject = operation.subject && aliasIn(when.path[operation.subject.parameter]);
  const tenant = subject === undefined ? undefined : tenantOf(spec, given, subject);
  if (tenancy === undefined || tenant === undefined) return undefined;
  const { tenantRelation, userRelation } = tenancy;
  const membership = given.find(
    ({ entity, values }) =>
      entity === tenancy.member && aliasIn(values[tenantRelation]) === tenant && aliasIn(values[userRelation]) === caller,
  );
  if (membership === undefined) return undefined;
  const role = membership.values['role'];
  if (role?.kind === 'scalar') return String(role.value);
  const field = memberEntity(spec).fields.find(({ name }) => name === 'role');
  const [first] = spec.enums.find(({ name }) => name === tenancy.roleEnum)?.members ?? [];
  return field?.default === undefined ? first?.value : String(field.default);
}

/** Alias of the tenant that a given row lies in; undefined where it is made for the row alone. */
function tenantOf(spec: ServiceSpec, given: readonly GivenRow[], alias: string): string | undefined {
  const row = given.find((candidate) => candidate.alias === alias);
  if (row === undefined) return undefined;
  const entity = entityNamed(spec, row.entity);
  if (row.entity === spec.tenancy?.entity) return alias;
  if (entity.tenant === undefined) return undefined;
  const parent = aliasIn(row.values[tenantStep(entity).name]);
  return parent === undefined ? undefined : tenantOf(spec, given, parent);
}

function aliasIn(value: ExampleValue | undefined): string | undefined {
  return value?.kind === 'reference' ? value.alias : undefined;
}

/** Whether the row of an example lies in a tenant without saying in which. */
export function isLoose(spec: ServiceSpec, entity: EntitySpec, values: GivenRow['values']): boolean {
  return entity.tenant !== undefined && values[tenantStep(entity).name] === undefined && spec.tenancy !== undefined;
}

/** Variable of the tenant that the rows of an example share, where several lie in one and none of them is named. */
export function sharedTenant(spec: ServiceSpec, given: readonly GivenRow[]): string | undefined {
  const loose = given.filter(({ entity, values }) => isLoose(spec, entityNamed(spec, entity), values));
  if (loose.length < 2 || given.some(({ entity }) => entity === spec.tenancy?.entity)) return undefined;
  const { module } = tenantEntity(spec);
  return given.some(({ alias }) => alias === module) ? `${module}_around` : module;
}
