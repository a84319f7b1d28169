import { assertNever } from '../../spec/assert-never';
import type { Shape } from '../../spec/service-spec';

/** Names of the entities in a shape, each once. */
export function entitiesIn(shape: Shape): readonly string[] {
  switch (shape.kind) {
    case 'entity':
      return [shape.entity];
    case 'list':
      return entitiesIn(shape.of);
    case 'object':
      return [...new Set(shape.fields.flatMap((field) => entitiesIn(field.shape)))];
    case 'none':
    case 'struct':
    case 'scalar':
      return [];
    default:
      return assertNever(shape);
  }
}
