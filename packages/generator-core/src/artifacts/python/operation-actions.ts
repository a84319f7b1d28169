import type { AccessRule, EntitySpec, OperationSpec, ServiceSpec } from '../../spec/service-spec';
import { hasTenant } from './tenancy';

/** What the repository of an entity calls an operation on its rows, and who may. */
export interface OperationAction {
  readonly action: string;
  readonly rule: AccessRule;
}

/** Operations on rows of a tenant that not just everybody may do who may read them: the repository knows their rule, too. */
export function operationActions(spec: ServiceSpec, entity: EntitySpec): readonly OperationAction[] {
  return spec.operations.flatMap((operation) => {
    const isSubject = operation.pathParameters.some((parameter) => parameter.entity === entity.name);
    const action = isSubject ? operationAction(spec, operation, entity) : undefined;
    return action === undefined ? [] : [{ action, rule: operation.access }];
  });
}

/** Undefined where reading is the action. */
export function operationAction(spec: ServiceSpec, operation: OperationSpec, entity: EntitySpec): string | undefined {
  if (!hasTenant(spec, entity) || sameWords(operation.access, entity.access.read ?? [])) return undefined;
  return ['list', 'read', 'update', 'delete'].includes(operation.name) ? `custom_${operation.name}` : operation.name;
}

export function sameWords(left: AccessRule, right: AccessRule): boolean {
  const words = (rule: AccessRule) => [...new Set(rule.map((word) => JSON.stringify(word)))].sort().join();
  return words(left) === words(right);
}
