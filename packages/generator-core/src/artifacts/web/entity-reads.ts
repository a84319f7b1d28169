import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { rankedRoles, visibilityCombinations, visibilityLevels } from '../python/read-members';

/** How rows of an entity become answers; the names are those of `app/schemas/{entity}.py`. */
export interface EntityReads {
  /** Classes of the answers: `BookReadForStaff`, `BookRead`. */
  readonly names: readonly string[];
  /** Return type of a route: `BookReadForStaff | BookRead`. */
  readonly type: string;
  /** `book_read` where the answer depends on the viewer. */
  readonly presenter?: string;
}

export function entityReads(spec: ServiceSpec, entity: EntitySpec): EntityReads {
  const plain = `${entity.name}Read`;
  const combinations = visibilityCombinations(visibilityLevels(spec, entity), rankedRoles(spec));
  if (combinations.length === 0) return { names: [plain], type: plain };
  const names = [...combinations.map((levels) => `${plain}For${levels.map(({ label }) => label).join('And')}`), plain];
  return { names, type: names.join(' | '), presenter: `${entity.module}_read` };
}

/** Whether a field of the entity is shown to some viewers only. */
export function dependsOnViewer(spec: ServiceSpec, entity: EntitySpec): boolean {
  return visibilityLevels(spec, entity).length > 0;
}

/** The Python expression that presents a row: `BookRead.model_validate(book)`. */
export function presentRow({
  spec,
  entity,
  row,
  viewer = 'viewer',
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly row: string;
  readonly viewer?: string;
}): string {
  const { presenter } = entityReads(spec, entity);
  return presenter === undefined ? `${entity.name}Read.model_validate(${row})` : `${presenter}(${row}, ${viewer})`;
}

/** Whether the answer holds more than the columns of the row, embedded rows or computed values: only the repository loads them, and the row's version does not speak of them. */
export function needsLoading(entity: EntitySpec): boolean {
  return entity.embed.length > 0 || entity.computed.length > 0;
}
