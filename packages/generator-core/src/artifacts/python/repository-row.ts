import type { EntitySpec } from '../../spec/service-spec';

/** Names that the repository's methods use for themselves; a row gets another one. */
const taken = new Set(
  'action by_id changes conditions data delete deleted false fresh func login moved name order query row rows select self session sort statement table tenant total true undefer value values viewer'.split(
    ' ',
  ),
);

/** The variable for one row in the repository of an entity: `book`, and `order_row` where the plain name is taken. */
export function repositoryRow({ module }: EntitySpec): string {
  return taken.has(module) ? `${module}_row` : module;
}
