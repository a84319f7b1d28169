import type { AccessRule, EntitySpec } from '../../spec/service-spec';
import { roleMember } from './python-value';

/** Who may use which rows, told apart for Python: all rows for everybody, all rows on a condition, the viewer's own rows. */
export interface AccessCondition {
  readonly everyone: boolean;
  /** Python condition on `viewer` under which all rows count: `viewer.has_role(Role.STAFF)`. */
  readonly allRows?: string;
  /** Column that names whose row it is: `customer_id`, `id` of the user entity. */
  readonly ownColumn?: string;
}

export function accessCondition(entity: EntitySpec, rule: AccessRule, viewer = 'viewer'): AccessCondition {
  const conditions = rule.flatMap((word) => {
    if (word.kind === 'user') return [`${viewer}.user_id is not None`];
    return word.kind === 'role' ? [`${viewer}.has_role(${roleMember(word.role)})`] : [];
  });
  const ownColumn = rule.some((word) => word.kind === 'owner' || word.kind === 'self') ? ownerColumn(entity) : undefined;
  return {
    everyone: rule.some((word) => word.kind === 'public'),
    ...(conditions.length > 0 && { allRows: conditions.join(' or ') }),
    ...(ownColumn !== undefined && { ownColumn }),
  };
}

export function ownerColumn(entity: EntitySpec): string | undefined {
  return entity.owner?.column ?? (entity.isUser ? 'id' : undefined);
}
