import type { EntitySpec, ServiceSpec, Verb } from '../../spec/service-spec';
import { embedTree, type Embed } from '../python/read-members';
import { loadTree } from '../load-tree';
import { entityNamed, nestedRelations, relationNamed } from '../python/spec-lookup';
import { isTenant, memberEntity } from '../python/tenancy';
import { repositoryView } from '../repository';
import { describeTables } from '../tables/describe-tables';
import { entityRouteAccess } from '../web/entity-route-view';

/** How many statements an answer takes, however many rows it has; a route that is not there has no number. */
export interface StatementCounts {
  readonly list?: number;
  readonly read?: number;
  /** For the body that the factory makes; undefined, as is `update`, where it depends on rows that other rows have around them. */
  readonly create?: number;
  /** For a change of one plain field; undefined, as is `delete`, where a membership or its end is looked into besides. */
  readonly update?: number;
  /** For a row that no other refers to. */
  readonly delete?: number;
}

/** One for who asks (where the route wants to know), one for the rows, one for their number, one for each collection in them. */
export function statementCounts(spec: ServiceSpec, entity: EntitySpec): StatementCounts {
  const { access } = entity;
  if (Object.keys(access).length === 0) return {};
  const embeds = embedTree(spec, entity);
  const tree = loadTree(entity, embeds);
  const loaded = collectionsOf(tree) === collectionsOf(embeds) ? collectionsOf(embeds) : Number.NaN;
  const asked = (verb: Verb): number => (entityRouteAccess({ spec, entity, verb })?.kind === 'open' ? 0 : 1);
  const view = repositoryView(spec, entity);
  const answerTo = (verb: 'create' | 'update'): number => {
    const made = loadedOfMade(entity, tree, { nested: verb === 'create' ? nestedNames(entity) : [], isOwned: true });
    return view.reloads ? (1 + made) * (view.reads_again ? 2 : 1) : 0;
  };
  const { tenant_writes: writes } = view;
  const isPlain = (lines: readonly string[]): boolean => lines.every((line) => !line.includes('await '));
  const create = asked('create') + insertsOf(spec, entity, view) + answerTo('create');
  const update = asked('update') + writes.first.update.length + 2 + answerTo('update');
  return {
    ...(access.list && !Number.isNaN(loaded) && { list: asked('list') + 1 + (entity.pagination === 'keyset' ? 0 : 1) + loaded }),
    ...(access.read && !Number.isNaN(loaded) && { read: asked('read') + 1 + loaded }),
    ...(access.create && !Number.isNaN(create) && { create }),
    ...(access.update && !Number.isNaN(update) && isPlain(writes.update) && { update }),
    ...(access.delete &&
      isPlain(writes.delete) && {
        delete: asked('delete') + writes.first.delete.length + 1 + (entity.softDelete ? hidingOf(spec, entity) : 0),
      }),
  };
}

/** A single row comes along by a join. */
export function collectionsOf(embeds: readonly Embed[]): number {
  return embeds.reduce((count, { many, embeds: inner }) => count + (many ? 1 : 0) + collectionsOf(inner), 0);
}

/**
 * The same for a row as tests make it, whose optional parents are none, but for the owner where a user makes it; `nested` are its
 * relations that rows are made in. Not a number where a collection has others in it, and may be empty or not.
 */
function loadedOfMade(entity: EntitySpec, embeds: readonly Embed[], { nested, isOwned, back = [] }: MadeRow): number {
  return embeds.reduce((count, { relation, target, many, nullable, embeds: inner }) => {
    const isNested = nested.includes(relation);
    const isBack = back.includes(relation);
    const isOwner = relation === entity.owner?.relation;
    const isThere = isNested || isBack || !nullable || (isOwned && isOwner);
    const isUncertain = (many ? !isNested && !isBack : !isThere && isOwner) && collectionsOf(inner) > 0;
    if (!many && !isThere && !isUncertain) return count;
    const made: MadeRow = {
      nested: isNested ? filledOf(entity, relation, target) : [],
      isOwned: isNested || isBack,
      back: backFrom(entity, relation, target),
    };
    return count + (many ? 1 : 0) + (isUncertain ? Number.NaN : loadedOfMade(target, inner, made));
  }, 0);
}

interface MadeRow {
  /** Its relations that rows are made in. */
  readonly nested: readonly string[];
  /** Whether the user who asks is its owner. */
  readonly isOwned: boolean;
  /** Its relations that hold the row from which the answer came here. */
  readonly back?: readonly string[];
}

/** The other ends of the relation that a row is referred to by. */
function backFrom(entity: EntitySpec, relation: string, target: EntitySpec): readonly string[] {
  if (relationNamed(entity, relation).kind !== 'belongs_to') return [];
  return target.relations
    .filter((other) => (other.kind === 'has_one' || other.kind === 'has_many') && other.via === relation && other.target === entity.name)
    .map(({ name }) => name);
}

/** Of a row that is made with another one: what is made with it in turn, and the way back. */
function filledOf(entity: EntitySpec, relation: string, target: EntitySpec): readonly string[] {
  const around = relationNamed(entity, relation);
  return [...nestedNames(target), ...('via' in around ? [around.via] : [])];
}

function nestedNames(entity: EntitySpec): readonly string[] {
  return nestedRelations(entity).map(({ name }) => name);
}

/** What is looked up before a row is made, the row itself, and what is made with it. The test's user has every role, so that no line that asks for one is run. */
function insertsOf(spec: ServiceSpec, entity: EntitySpec, view: ReturnType<typeof repositoryView>): number {
  const lines = view.tenant_writes.create.filter((line) => line.startsWith('await ')).length;
  const references = view.references.filter(({ inCreate, required }) => inCreate && required).length;
  const links = view.links_written.length;
  const membership = view.tenant_writes.member === undefined ? 0 : 1;
  const viewer = view.create?.locks_viewer === true ? 1 : 0;
  return (
    viewer + lines + references + view.slug_methods.length + 2 * view.sequences.length + 1 + membership + nestedTables(spec, entity) + links
  );
}

function nestedTables(spec: ServiceSpec, entity: EntitySpec): number {
  return nestedRelations(entity).reduce((count, { target }) => count + 1 + nestedTables(spec, entityNamed(spec, target)), 0);
}

/** The row, and what the foreign keys of each table to its table say; a tenant has its ruler's membership in it. */
function hidingOf(spec: ServiceSpec, entity: EntitySpec): number {
  const members = isTenant(spec, entity) && memberEntity(spec).softDelete ? hidingOf(spec, memberEntity(spec)) : 0;
  return 1 + keysTo(spec, entity) + members;
}

function keysTo(spec: ServiceSpec, { table }: EntitySpec): number {
  return describeTables(spec).reduce((count, { foreignKeys }) => {
    const actions = foreignKeys.filter(({ target }) => target === table).map(({ onDelete }) => onDelete);
    // Each of those has a column of its own to empty.
    const emptied = actions.filter((action) => action === 'SET NULL').length;
    return count + emptied + new Set(actions.filter((action) => action !== 'SET NULL')).size;
  }, 0);
}
