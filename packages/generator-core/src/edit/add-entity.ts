import { pascalCase } from '../spec/naming';
import { specPatterns } from '../spec/spec-patterns';
import { addEntry, plainValue } from './add-entry';
import { readAccess } from './read-access';
import { readEntries } from './read-entries';
import { readFlow } from './read-flow';
import { refuseForeignWord } from './refuse-foreign-word';
import type { AdditionFault, SpecEdit } from './spec-edit';

/** An entity as the user asks for it on the command line. */
export interface EntityAddition {
  /** `Review`, `order-item`, `order_item`. */
  readonly name: string;
  /** Fields and relations as the spec has them: `stars: int min=1 max=5`, `book: belongs_to Book`. */
  readonly fields: readonly string[];
  /** Relation that leads to the user who owns a row. */
  readonly owner?: string | undefined;
  /** Path of relations that leads to the tenant. */
  readonly tenant?: string | undefined;
  /** `read: public, write: staff`, or words for both; without it, whoever may own or log in. */
  readonly access?: string | undefined;
  /** Names of fields and relations that are unique together: `book, author`. */
  readonly unique?: string | undefined;
  readonly description?: string | undefined;
}

const relationKinds = /^(belongs_to|has_many|has_one|many_to_many)\b/;

/** The spec with one more entity, or why not. Pure. */
export function addEntity(specText: string, addition: EntityAddition): SpecEdit {
  const name = entityName(addition.name);
  const { entries, faults: entryFaults } = readEntries(addition.fields, { what: 'field', example: 'stars: int min=1 max=5' });
  const access = readAccess(addition.access ?? defaultAccess(specText, addition.owner));
  const unique = readUnique(addition.unique);
  const faults: readonly AdditionFault[] = [
    ...refuseName(addition.name, name),
    ...entryFaults,
    ...Object.entries(entries).flatMap(([field, line]) => refuseForeignWord(field, line)),
    ...(access.kind === 'faulty' ? [access.fault] : []),
    ...(unique?.kind === 'faulty' ? [unique.fault] : []),
  ];
  if (faults.length > 0) return { kind: 'faulty', name, faults };
  const [relations, fields] = partition(Object.entries(entries), ([, line]) => relationKinds.test(line));
  const value = {
    ...(isGiven(addition.description) && { description: addition.description }),
    ...(isGiven(addition.owner) && { owner: addition.owner }),
    ...(isGiven(addition.tenant) && { tenant: addition.tenant }),
    fields: Object.fromEntries(fields),
    ...(relations.length > 0 && { relations: Object.fromEntries(relations) }),
    ...(unique?.kind === 'read' && { unique: unique.value }),
    ...(access.kind === 'read' && access.value !== undefined && { access: access.value }),
  };
  return addEntry(specText, { section: 'entities', key: name, value });
}

/** `order-item`, `order_item` and `order item` are `OrderItem`. */
export function entityName(typed: string): string {
  return pascalCase(typed.trim().replaceAll(/\s+/g, '-'));
}

function refuseName(typed: string, name: string): readonly AdditionFault[] {
  const { pattern, what, mend } = specPatterns.className;
  return pattern.test(name) ? [] : [{ typed, message: `"${typed}" ${what}.`, mend }];
}

/** A spec gives a verb a route only where it says who may. Whoever asks for nothing gets the narrowest rule that lets somebody in. */
function defaultAccess(specText: string, owner: string | undefined): string {
  if (isGiven(owner)) return 'owner';
  return plainValue(specText)?.['auth'] === undefined ? 'public' : 'user';
}

/** `book, author`, or the spec's own list of lists. */
function readUnique(typed: string | undefined): ReturnType<typeof readFlow> | undefined {
  if (!isGiven(typed)) return undefined;
  return readFlow(typed, {
    yaml: typed.trim().startsWith('[[') ? typed : `[[${typed.replaceAll(/[[\]]/g, '')}]]`,
    mend: 'write the names: "book, author"',
  });
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): readonly [readonly Item[], readonly Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
