import { assertNever } from './assert-never';
import { didYouMean } from './did-you-mean';
import { pluralOf, snakeCase } from './naming';
import type { WrittenRelation } from './parse-relation';
import type { OnDelete, RelationSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';

export type WrittenRelations = ReadonlyMap<string, readonly WrittenRelation[]>;
export type LinkedRelations = ReadonlyMap<string, readonly RelationSpec[]>;

/** Both ends of every relation, entity by entity; the implicit ends of many_to_many come last. */
export function linkRelations(written: WrittenRelations, context: SpecContext): LinkedRelations {
  const linked = new Map<string, RelationSpec[]>();
  for (const entity of written.keys()) linked.set(entity, []);
  for (const [entity, relations] of written) {
    reportRepeatedInverse(relations, context);
    for (const relation of relations) {
      const spec = linkOne({ entity, relation, written, context });
      if (spec !== undefined) linked.get(entity)?.push(spec);
    }
  }
  for (const [entity, relations] of written) {
    for (const relation of relations) addImplicitEnd({ entity, relation, written, linked, context });
  }
  return linked;
}

interface Linking {
  readonly entity: string;
  readonly relation: WrittenRelation;
  readonly written: WrittenRelations;
  readonly context: SpecContext;
}

function linkOne(linking: Linking): RelationSpec | undefined {
  switch (linking.relation.kind) {
    case 'belongs_to':
      return linkBelongsTo(linking);
    case 'has_many':
    case 'has_one':
      return linkHas(linking, linking.relation.kind);
    case 'many_to_many':
      return linkManyToMany(linking);
    default:
      return assertNever(linking.relation.kind);
  }
}

function linkBelongsTo({ entity, relation, written }: Linking): RelationSpec {
  const back = written.get(relation.target)?.find((other) => other.via === relation.name && other.target === entity);
  return {
    kind: 'belongs_to',
    name: relation.name,
    target: relation.target,
    column: `${relation.name}_id`,
    nullable: relation.nullable,
    onDelete: deleteAction(relation, back),
    filter: relation.modifiers.has('filter'),
    unique: relation.modifiers.has('unique'),
    immutable: relation.modifiers.has('immutable'),
    ...(relation.was !== undefined && { was: relation.was }),
    ...(relation.modifiers.has('backfill') && { backfill: { kind: 'none' } }),
    ...(back && { inverse: back.name }),
    implicit: false,
    ...(relation.description !== undefined && { description: relation.description }),
  };
}

/** As written; else what the other end says; else the link is emptied where it may be, and otherwise keeps the other row alive. */
function deleteAction(relation: WrittenRelation, back: WrittenRelation | undefined): OnDelete {
  if (relation.onDelete !== undefined) return relation.onDelete;
  if (back?.modifiers.has('cascade') === true) return 'cascade';
  return relation.nullable ? 'set_null' : 'restrict';
}

function linkHas({ entity, relation, written, context }: Linking, kind: 'has_many' | 'has_one'): RelationSpec | undefined {
  const via = relation.via ?? '';
  const candidates = (written.get(relation.target) ?? []).filter((other) => other.kind === 'belongs_to' && other.target === entity);
  const back = candidates.find((other) => other.name === via);
  if (back === undefined) {
    if (
      !context.isWritten(entityPath(relation.target, 'relations', via)) ||
      written.get(relation.target)?.some((other) => other.name === via) === true
    ) {
      const names = candidates.map((other) => `${relation.target}.${other.name}`);
      const mend =
        names.length > 0
          ? didYouMean({ word: `${relation.target}.${via}`, candidates: names })
          : `add "${via}: belongs_to ${entity}" to the relations of ${relation.target}`;
      context.report({
        ...relation.targetPlace,
        code: 'unknown-relation',
        message: `${relation.target} has no belongs_to "${via}" that leads to ${entity}.`,
        mend,
      });
    }
    return undefined;
  }
  checkHas({ relation, back, kind, context });
  return {
    kind,
    name: relation.name,
    target: relation.target,
    via,
    viaColumn: `${via}_id`,
    cascade: deleteAction(back, relation) === 'cascade',
    nested: relation.modifiers.has('nested'),
    implicit: false,
    ...(relation.description !== undefined && { description: relation.description }),
  };
}

function checkHas({
  relation,
  back,
  kind,
  context,
}: {
  readonly relation: WrittenRelation;
  readonly back: WrittenRelation;
  readonly kind: string;
  readonly context: SpecContext;
}): void {
  const cascade = relation.modifiers.get('cascade');
  if (cascade !== undefined && back.onDelete !== undefined && back.onDelete !== 'cascade') {
    const message = `"cascade" deletes the rows of ${relation.target}, but ${relation.target}.${back.name} says on_delete=${back.onDelete}.`;
    context.report({
      ...cascade,
      code: 'contradicting-delete',
      message,
      mend: `write on_delete=cascade at ${relation.target}.${back.name} or remove "cascade"`,
    });
  }
  if (kind === 'has_one' && !back.modifiers.has('unique')) {
    const message = `has_one allows one ${relation.target}, but ${relation.target}.${back.name} is not unique.`;
    context.report({
      ...relation.targetPlace,
      code: 'has-one-not-unique',
      message,
      mend: `add "unique" to ${relation.target}.${back.name} or write has_many`,
    });
  }
}

function reportRepeatedInverse(relations: readonly WrittenRelation[], context: SpecContext): void {
  const seen = new Map<string, string>();
  for (const { via, target, name, targetPlace } of relations) {
    if (via === undefined) continue;
    const first = seen.get(`${target}.${via}`);
    if (first !== undefined) {
      context.report({
        ...targetPlace,
        code: 'repeated-inverse',
        message: `"${name}" is the same end of ${target}.${via} as "${first}".`,
        mend: 'remove one of the two',
      });
    }
    seen.set(`${target}.${via}`, first ?? name);
  }
}

function linkManyToMany(linking: Linking): RelationSpec {
  const { entity, relation, context } = linking;
  const reflexive = relation.modifiers.get('reflexive');
  if (reflexive !== undefined && relation.target !== entity) {
    context.report({
      ...reflexive,
      code: 'misplaced-modifier',
      message: `"reflexive" lets a row be linked to itself, but "${relation.name}" leads to another entity.`,
      mend: 'remove it',
    });
  }
  const partner = partnerOf(linking);
  const first = partner === undefined || isDeclaredFirst(linking, partner);
  const link = first ? { entity, name: relation.name } : { entity: relation.target, name: partner.name };
  const itself = relation.target === entity;
  const own = `${snakeCase(entity)}_id`;
  const other = itself ? `${link.name}_id` : `${snakeCase(relation.target)}_id`;
  return {
    kind: 'many_to_many',
    name: relation.name,
    target: relation.target,
    inverse: partner?.name ?? relation.inverse ?? pluralOf(snakeCase(entity)),
    filter: relation.modifiers.has('filter'),
    linkTable: `${snakeCase(link.entity)}_${link.name}`,
    localColumn: itself && !first ? other : own,
    remoteColumn: itself && !first ? own : other,
    ...(relation.was !== undefined && { was: relation.was }),
    declared: first,
    reflexive: !itself || [relation, partner].some((end) => end?.modifiers.has('reflexive') === true),
    implicit: false,
    ...(relation.description !== undefined && { description: relation.description }),
  };
}

/** The relation of the target that is written as the other end of this one. */
function partnerOf({ entity, relation, written }: Omit<Linking, 'context'>): WrittenRelation | undefined {
  const others = (written.get(relation.target) ?? []).filter(
    (other) => other !== relation && other.kind === 'many_to_many' && other.target === entity,
  );
  return others.find((other) => (relation.inverse === undefined ? other.inverse === relation.name : other.name === relation.inverse));
}

function isDeclaredFirst({ entity, relation, written }: Linking, partner: WrittenRelation): boolean {
  if (relation.target !== entity) return [...written.keys()].indexOf(entity) < [...written.keys()].indexOf(relation.target);
  const names = (written.get(entity) ?? []).map(({ name }) => name);
  return names.indexOf(relation.name) < names.indexOf(partner.name);
}

function addImplicitEnd({ linked, ...linking }: Linking & { readonly linked: Map<string, RelationSpec[]> }): void {
  const { entity, relation, written, context } = linking;
  if (relation.kind !== 'many_to_many') return;
  const partner = partnerOf(linking);
  if (partner !== undefined) {
    if (partner.inverse !== undefined && partner.inverse !== relation.name) reportWrongInverse({ relation, partner, context });
    return;
  }
  const rival = (written.get(relation.target) ?? []).find(
    (other) => other !== relation && other.kind === 'many_to_many' && other.target === entity && other.inverse === undefined,
  );
  if (rival !== undefined && relation.inverse === undefined) {
    if (isDeclaredFirst(linking, rival)) {
      const message = `${entity}.${relation.name} and ${relation.target}.${rival.name} may be one link or two.`;
      context.report({
        at: relation.at,
        code: 'ambiguous-inverse',
        message,
        mend: `if it is one link, write "many_to_many ${relation.target} inverse=${rival.name}"; if two, name each inverse`,
      });
    }
    return;
  }
  if (relation.target === entity && relation.inverse === undefined) {
    context.report({
      at: relation.at,
      code: 'missing-inverse',
      message: `"${relation.name}" links ${entity} to itself, so the other end needs a name.`,
      mend: `write "many_to_many ${entity} inverse=…" with a name for the way back`,
    });
    return;
  }
  linked.get(relation.target)?.push(implicitEnd(linking));
}

function reportWrongInverse({
  relation,
  partner,
  context,
}: {
  readonly relation: WrittenRelation;
  readonly partner: WrittenRelation;
  readonly context: SpecContext;
}): void {
  const place = relation.modifiers.get('inverse') ?? { at: relation.at };
  const message = `"${relation.name}" names ${relation.target}.${partner.name} as its other end, but that one names "${partner.inverse ?? ''}".`;
  context.report({ ...place, code: 'wrong-inverse', message, mend: 'let both ends name each other' });
}

function implicitEnd({ entity, relation }: Linking): RelationSpec {
  const itself = relation.target === entity;
  return {
    kind: 'many_to_many',
    name: relation.inverse ?? pluralOf(snakeCase(entity)),
    target: entity,
    inverse: relation.name,
    filter: false,
    linkTable: `${snakeCase(entity)}_${relation.name}`,
    localColumn: itself ? `${relation.name}_id` : `${snakeCase(relation.target)}_id`,
    remoteColumn: `${snakeCase(entity)}_id`,
    declared: false,
    reflexive: !itself || relation.modifiers.has('reflexive'),
    implicit: true,
  };
}
