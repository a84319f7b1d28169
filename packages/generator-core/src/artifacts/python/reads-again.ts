import type { EntitySpec } from '../../spec/service-spec';
import type { Embed } from './read-members';
import { relationNamed } from './spec-lookup';

/** A place of the answer in which a row is read. */
interface Place {
  readonly entity: string;
  /** Relations that lead there. */
  readonly path: readonly string[];
  /** The part of the path whose last collection has a statement of its own. */
  readonly statement: readonly string[];
  /** Relations that are read with the row; the ones that are collections have statements of their own. */
  readonly loaded: readonly string[];
  readonly collections: readonly string[];
}

/**
 * Whether one row may stand at two places of what is loaded, so that a later statement, which overwrites what is there,
 * reads it again without what the earlier place shows.
 */
export function readsAgain(entity: EntitySpec, embeds: readonly Embed[]): boolean {
  const places = placesIn(entity, embeds, [], []);
  return places.some((first) =>
    places.some((later) => isReadLater(first, later) && isSameRow(entity, first, later) && losesMore(first, later)),
  );
}

function placesIn({ name }: EntitySpec, embeds: readonly Embed[], path: readonly string[], statement: readonly string[]): readonly Place[] {
  return [
    {
      entity: name,
      path,
      statement,
      loaded: embeds.map(({ relation }) => relation),
      collections: embeds.filter(({ many }) => many).map(({ relation }) => relation),
    },
    ...embeds.flatMap(({ relation, many, target, embeds: inner }) => {
      const inside = [...path, relation];
      return placesIn(target, inner, inside, many ? inside : statement);
    }),
  ];
}

function isReadLater(first: Place, later: Place): boolean {
  return first.entity === later.entity && !startsWith(first.statement, later.statement);
}

/** A row is in no collection of its own that the database keeps it out of. */
function isSameRow(root: EntitySpec, first: Place, later: Place): boolean {
  const [relation, ...others] = later.path;
  if (first.path.length > 0 || relation === undefined || others.length > 0) return true;
  const own = relationNamed(root, relation);
  return own.kind !== 'many_to_many' || own.reflexive;
}

/** A collection is filled once its own statement is read to its end, so after a place in that statement, and before one in a later statement. */
function losesMore(first: Place, later: Place): boolean {
  return first.loaded.some(
    (relation) =>
      !later.loaded.includes(relation) && !(first.collections.includes(relation) && isSamePath(later.statement, [...first.path, relation])),
  );
}

function isSamePath(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && startsWith(left, right);
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((relation, index) => path[index] === relation);
}
