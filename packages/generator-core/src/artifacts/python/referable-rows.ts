import type { AccessRule, EntitySpec, RelationSpec, ServiceSpec } from '../../spec/service-spec';
import { isCoveredBy } from '../web/access-view';
import { accessCondition } from './access-condition';
import { creatableReferences, writableLinks } from './entity-requests';
import { changeRule, entityNamed, nestedRelations } from './spec-lookup';
import { hasTenant, isMember, rowsIn, tenantStep } from './tenancy';

/**
 * Condition for the rows that a writer of `source` may refer to; undefined where that is all of them.
 * Rows of a tenant refer to rows of the same `tenant` and to its members, all rows to those that the viewer may read or list.
 */
export function referableRows(spec: ServiceSpec, source: EntitySpec, relation: RelationSpec): string | undefined {
  const target = entityNamed(spec, relation.target);
  if (isMember(spec, source) && target.isUser && relation.name === spec.tenancy?.userRelation) return undefined;
  if (!isWithinTenant(spec, source, target)) return visibleRows(spec, source, target);
  const within = rowsIn(spec, target, 'tenant');
  // Who may write into the tenant may say where, as long as the row is there.
  const leadsToTenant = source.tenant !== undefined && relation === tenantStep(source);
  if (target.isUser || leadsToTenant || isReadByWriters(spec, source, target)) return within;
  const visible = visibleRows(spec, source, target);
  return visible === undefined ? within : `and_(${within}, ${visible})`;
}

/** Whether a route that is open to everybody asks for rows that only somebody known may refer to. */
export function refersByViewer(spec: ServiceSpec, entity: EntitySpec): boolean {
  const isOpen = [entity.access.create, changeRule(entity)].some((rule) => rule?.some(({ kind }) => kind === 'public') === true);
  return (
    (isOpen && references(entity).some((relation) => isOfViewer(spec, entity, relation))) ||
    (isOpen &&
      nestedRelations(entity).some((nested) => {
        const inner = entityNamed(spec, nested.target);
        return creatableReferences(inner).some((relation) => relation.name !== nested.via && isOfViewer(spec, inner, relation));
      }))
  );
}

function references(entity: EntitySpec): readonly RelationSpec[] {
  return [...creatableReferences(entity), ...writableLinks(entity)];
}

function isOfViewer(spec: ServiceSpec, source: EntitySpec, relation: RelationSpec): boolean {
  return referableRows(spec, source, relation)?.includes('self.viewer') === true;
}

/** Whether the tenant of the row says which rows count. A tenant itself may name users from outside. */
function isWithinTenant(spec: ServiceSpec, source: EntitySpec, target: EntitySpec): boolean {
  if (!hasTenant(spec, source)) return false;
  return hasTenant(spec, target) || (target.isUser && source.tenant !== undefined);
}

function readRule({ access }: EntitySpec): AccessRule {
  return [...(access.read ?? []), ...(access.list ?? [])];
}

function isReadByWriters(spec: ServiceSpec, source: EntitySpec, target: EntitySpec): boolean {
  const wide = readRule(target);
  const writers = [source.access.create, changeRule(source)].filter((rule) => rule !== undefined);
  return writers.every((narrow) => isCoveredBy({ spec, narrow: narrow.filter(({ kind }) => kind !== 'owner'), wide }));
}

/** Undefined, too, where nobody reads the target by itself, so that hiding it would forbid every reference. */
function visibleRows(spec: ServiceSpec, source: EntitySpec, target: EntitySpec): string | undefined {
  const rule = readRule(target);
  if (spec.auth === undefined || rule.length === 0) return undefined;
  const isOpen = (words: AccessRule | undefined): boolean => words?.some((word) => word.kind === 'public') === true;
  const writersAreKnown = !isOpen(source.access.create) && !isOpen(changeRule(source));
  const isForUsers = target.tenant === undefined && rule.some((word) => word.kind === 'user');
  if (isOpen(rule) || (writersAreKnown && isForUsers)) return undefined;
  const unique = rule.filter((word, index) => rule.findIndex((other) => JSON.stringify(other) === JSON.stringify(word)) === index);
  const { allRows, ownColumn, tenantRows } = accessCondition(spec, target, unique, 'self.viewer');
  const own = tenantRows ?? (ownColumn === undefined ? 'false()' : `own_rows(${target.name}.${ownColumn}, self.viewer)`);
  return allRows === undefined ? own : `true() if ${allRows} else ${own}`;
}
