import { didYouMean } from './did-you-mean';
import type { OnDelete, RelationSpec } from './service-spec';
import type { SpecContext } from './spec-context';
import type { RelationDocument } from './spec-document';
import type { SpecPath } from './spec-path';
import { splitWords, type PlacedWord } from './split-words';
import type { ModifierPlace } from './written-field';

export type RelationKind = RelationSpec['kind'];
const relationKinds = ['belongs_to', 'has_many', 'has_one', 'many_to_many'] as const satisfies readonly RelationKind[];
const deleteActions = ['cascade', 'restrict', 'set_null'] as const satisfies readonly OnDelete[];

const modifiersOfKind: Readonly<Record<RelationKind, readonly RelationModifier[]>> = {
  belongs_to: ['on_delete', 'filter', 'unique', 'immutable', 'was', 'backfill'],
  has_many: ['cascade', 'nested'],
  has_one: ['cascade', 'nested'],
  many_to_many: ['filter', 'inverse', 'reflexive', 'was'],
};
const relationModifiers = [
  'on_delete',
  'cascade',
  'nested',
  'filter',
  'unique',
  'immutable',
  'reflexive',
  'inverse',
  'was',
  'backfill',
] as const;
type RelationModifier = (typeof relationModifiers)[number];

/** A relation as written, one end only; `linkRelations` finds the other end. */
export interface WrittenRelation {
  readonly name: string;
  readonly at: SpecPath;
  readonly kind: RelationKind;
  readonly target: string;
  readonly targetPlace: ModifierPlace;
  /** Relation of the target that leads back; has_many and has_one only. */
  readonly via?: string;
  readonly nullable: boolean;
  readonly onDelete?: OnDelete;
  /** Name at the other end; many_to_many only. */
  readonly inverse?: string;
  /** Name before a rename; belongs_to and many_to_many only. */
  readonly was?: string;
  readonly modifiers: ReadonlyMap<RelationModifier, ModifierPlace>;
  readonly description?: string;
}

interface RelationReading {
  readonly written: RelationDocument;
  readonly at: SpecPath;
  readonly context: SpecContext;
}

/** One relation, short or object form; undefined after a fault. */
export function parseRelation({ written, at, context }: RelationReading): WrittenRelation | undefined {
  const relation = typeof written === 'string' ? shortRelation({ text: written, at, context }) : objectRelation({ written, at, context });
  if (relation === undefined) return undefined;
  reportMisplacedModifiers(relation, context);
  return isKnownEntity(relation, context) ? relation : undefined;
}

function shortRelation({
  text,
  at,
  context,
}: {
  readonly text: string;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): WrittenRelation | undefined {
  const [kindWord, targetWord, ...words] = splitWords(text);
  const kind = relationKinds.find((known) => known === kindWord?.text);
  if (kindWord === undefined || kind === undefined) {
    const word = kindWord?.text ?? '';
    context.report({
      at,
      offset: kindWord?.offset ?? 0,
      code: 'unknown-relation-kind',
      message: `"${word}" is not a kind of relation.`,
      mend: didYouMean({ word, candidates: relationKinds }),
    });
    return undefined;
  }
  const target = targetWord?.text.match(
    kind === 'belongs_to'
      ? /^([A-Z][A-Za-z0-9]*)(\?)?$/
      : kind === 'many_to_many'
        ? /^([A-Z][A-Za-z0-9]*)$/
        : /^([A-Z][A-Za-z0-9]*)\.([a-z][a-z0-9_]*)$/,
  );
  if (targetWord === undefined || target?.[1] === undefined) return badTarget({ kind, word: targetWord, text, at, context });
  const readings = words.map((word) => shortModifier({ word, at, context }));
  const modifiers = new Map(readings.flatMap((reading) => (reading === undefined ? [] : [[reading.name, reading.place] as const])));
  reportRepeated({ readings, context });
  const onDelete = deleteActions.find((action) => readings.some((reading) => reading?.name === 'on_delete' && reading.value === action));
  const inverse = readings.find((reading) => reading?.name === 'inverse')?.value;
  const was = readings.find((reading) => reading?.name === 'was')?.value;
  return {
    name: String(at.at(-1)),
    at,
    kind,
    target: target[1],
    targetPlace: { at, offset: targetWord.offset },
    ...(kind.startsWith('has_') && { via: target[2] ?? '' }),
    nullable: kind === 'belongs_to' && target[2] === '?',
    ...(onDelete && { onDelete }),
    ...(inverse !== undefined && { inverse }),
    ...(was !== undefined && { was }),
    modifiers,
  };
}

const targetExamples: Readonly<Record<RelationKind, string>> = {
  belongs_to: 'belongs_to Author, or belongs_to Author? when it may be empty',
  has_many: 'has_many Review.book, where "book" is the belongs_to of Review that leads back',
  has_one: 'has_one Profile.user, where "user" is the belongs_to of Profile that leads back',
  many_to_many: 'many_to_many Tag',
};

function badTarget({
  kind,
  word,
  text,
  at,
  context,
}: {
  readonly kind: RelationKind;
  readonly word: PlacedWord | undefined;
  readonly text: string;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): undefined {
  const message = word === undefined ? `"${text}" names no entity.` : `"${word.text}" is not what ${kind} links to.`;
  context.report({ at, offset: word?.offset ?? 0, code: 'bad-relation-target', message, mend: `write ${targetExamples[kind]}` });
}

interface ModifierReading {
  readonly name: RelationModifier;
  readonly value: string | undefined;
  readonly place: ModifierPlace;
}

/** Modifiers that take a value, each with one. */
const valueExamples: Readonly<Partial<Record<RelationModifier, string>>> = {
  on_delete: 'cascade',
  inverse: 'books',
  was: 'books',
  backfill: 'none',
};

function shortModifier({
  word,
  at,
  context,
}: {
  readonly word: PlacedWord;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): ModifierReading | undefined {
  const [written = '', value] = word.text.split('=', 2);
  const name = relationModifiers.find((known) => known === written);
  const place = { at, offset: word.offset };
  const takesValue = name !== undefined && Object.hasOwn(valueExamples, name);
  if (name === undefined || (takesValue ? value === undefined || value === '' : value !== undefined)) {
    const mend =
      name === undefined
        ? didYouMean({ word: written, candidates: relationModifiers })
        : takesValue
          ? `write ${name}=${valueExamples[name] ?? ''}`
          : `write "${name}" alone`;
    context.report({ ...place, code: 'unknown-modifier', message: `"${word.text}" is not a modifier of a relation.`, mend });
    return undefined;
  }
  const wrongAction = name === 'on_delete' && !deleteActions.some((action) => action === value);
  const wrongBackfill = name === 'backfill' && value !== 'none';
  if (wrongAction || wrongBackfill || ((name === 'inverse' || name === 'was') && !/^[a-z][a-z0-9_]*$/.test(value ?? ''))) {
    const offset = word.offset + name.length + 1;
    const mend = wrongAction
      ? didYouMean({ word: value ?? '', candidates: deleteActions })
      : wrongBackfill
        ? 'write backfill=none when no row lacks it; let it be empty ("?") until every row has one otherwise'
        : 'use lower-case letters, digits and "_", a letter first';
    context.report({ at, offset, code: 'unknown-word', message: `"${value ?? ''}" is not a word for "${name}".`, mend });
    return undefined;
  }
  return { name, value, place };
}

function reportRepeated({
  readings,
  context,
}: {
  readonly readings: readonly (ModifierReading | undefined)[];
  readonly context: SpecContext;
}): void {
  const seen = new Set<string>();
  for (const reading of readings) {
    if (reading === undefined) continue;
    if (seen.has(reading.name))
      context.report({
        ...reading.place,
        code: 'repeated-item',
        message: `"${reading.name}" is written twice.`,
        mend: 'keep one of the two',
      });
    seen.add(reading.name);
  }
}

type RelationObject = Exclude<RelationDocument, string>;

function objectRelation({ written, at, context }: RelationReading & { readonly written: RelationObject }): WrittenRelation | undefined {
  const { kind, entity, inverse, description } = written;
  const leadsBack = kind === 'has_many' || kind === 'has_one';
  if (leadsBack && inverse === undefined) {
    context.report({
      at: [...at, 'kind'],
      code: 'bad-relation-target',
      message: `${kind} does not say which relation of ${entity} leads back.`,
      mend: 'add "inverse:" with the name of that belongs_to',
    });
    return undefined;
  }
  if (written.nullable !== undefined && kind !== 'belongs_to') {
    context.report({
      at: [...at, 'nullable'],
      code: 'misplaced-modifier',
      message: `"nullable" means nothing for ${kind}.`,
      mend: 'remove it',
    });
  }
  const given = relationModifiers.filter((name) =>
    name === 'on_delete' || name === 'was' || name === 'backfill'
      ? written[name] !== undefined
      : name === 'inverse'
        ? inverse !== undefined && !leadsBack
        : written[name] === true,
  );
  return {
    name: String(at.at(-1)),
    at,
    kind,
    target: entity,
    targetPlace: { at: [...at, 'entity'] },
    ...(leadsBack && inverse !== undefined && { via: inverse }),
    nullable: written.nullable === true,
    ...(written.on_delete && { onDelete: written.on_delete }),
    ...(inverse !== undefined && !leadsBack && { inverse }),
    ...(written.was !== undefined && { was: written.was }),
    modifiers: new Map(given.map((name) => [name, { at: [...at, name] }])),
    ...(description !== undefined && { description }),
  };
}

function reportMisplacedModifiers(relation: WrittenRelation, context: SpecContext): void {
  for (const [name, place] of relation.modifiers) {
    if (modifiersOfKind[relation.kind].includes(name)) continue;
    const kinds = relationKinds.filter((kind) => modifiersOfKind[kind].includes(name));
    context.report({
      ...place,
      code: 'misplaced-modifier',
      message: `"${name}" means nothing for ${relation.kind}.`,
      mend: `remove it; it belongs to ${kinds.join(' and ')}`,
    });
  }
  if (relation.onDelete === 'set_null' && relation.kind === 'belongs_to' && !relation.nullable) {
    const place = relation.modifiers.get('on_delete') ?? { at: relation.at };
    const message = `on_delete=set_null empties "${relation.name}", but it is required.`;
    context.report({
      ...place,
      code: 'contradicting-delete',
      message,
      mend: `write "belongs_to ${relation.target}?" or another on_delete`,
    });
  }
}

function isKnownEntity({ target, targetPlace }: WrittenRelation, context: SpecContext): boolean {
  if (context.entities.has(target)) return true;
  if (!context.isWritten(['entities', target])) {
    context.report({
      ...targetPlace,
      code: 'unknown-entity',
      message: `there is no entity "${target}".`,
      mend: didYouMean({ word: target, candidates: context.entities, otherwise: 'add it under "entities"' }),
    });
  }
  return false;
}
