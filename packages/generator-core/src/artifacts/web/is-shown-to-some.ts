import type { AccessRule, EntitySpec, FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { isCoveredBy } from './access-view';
import { entitiesIn } from './entities-in';

/**
 * Whether some who get the row in an answer may not see the field. `visible=self` says nothing more where everybody reads only
 * themselves; rows inside others' answers leave such a field out in every case.
 */
export function isShownToSome(spec: ServiceSpec, entity: EntitySpec, { visible, hidden }: FieldSpec): boolean {
  if (visible === undefined || hidden) return false;
  if (spec.operations.some(({ output }) => entitiesIn(output).includes(entity.name))) return true;
  return answerRules(entity).some((rule) => !isCoveredBy({ spec, narrow: rule, wide: visible }));
}

/** Who is answered with rows of the entity; users with their own when they sign up, or ask who they are. */
function answerRules({ access, isUser }: EntitySpec): readonly AccessRule[] {
  const { delete: _nothingIsShown, ...answered } = access;
  return [...Object.values(answered), ...(isUser ? [[{ kind: 'self' } as const]] : [])];
}
