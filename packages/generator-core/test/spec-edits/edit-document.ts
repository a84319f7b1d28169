import type { Random } from '../random-spec/random';

/** A spec's document as YAML gives it, of which any part may be taken apart. */
export type Document = Record<string, unknown>;

export interface DocumentEdit {
  /** For people, and for the failure that names it: `Book: field extra`. */
  readonly what: string;
  readonly document: Document;
}

/** One edit of a spec, as somebody who writes specs makes it. What comes out may have faults: then the caller asks again. */
export function editDocument(random: Random, document: Document): DocumentEdit {
  const changed = structuredClone(document);
  const edit = random.pick(EDITS);
  return { what: edit(random, changed), document: changed };
}

type Edit = (random: Random, document: Document) => string;

const addField: Edit = (random, document) => {
  const [name, entity] = pickEntry(random, entitiesOf(document));
  const field = `extra_${random.below(1000)}`;
  const fields = entity['fields'] as Document;
  entity['fields'] = insert(random, fields, field, random.pick(['int = 0', 'string(1..20)?', 'bool = false filter', 'date? sort']));
  return `${name}: field ${field}`;
};

const removeField: Edit = (random, document) => {
  const [name, entity] = pickEntry(random, entitiesOf(document));
  const field = random.pick(Object.keys(entity['fields'] as Document));
  delete (entity['fields'] as Document)[field];
  return `${name}: no field ${field}`;
};

const changeField: Edit = (random, document) => {
  const [name, entity] = pickEntry(random, entitiesOf(document));
  const fields = entity['fields'] as Document;
  const field = random.pick(Object.keys(fields));
  const written = fields[field];
  if (typeof written === 'string') fields[field] = random.pick([`${written.replace(/ = .*/, '')} hidden`, 'int = 3', 'string(1..9)?']);
  else fields[field] = { ...(written as Document), description: 'Another word.' };
  return `${name}: field ${field} is another`;
};

const addEntity: Edit = (random, document) => {
  const name = `Added${random.pick([...'ABCDEFGH'])}${random.below(100)}`;
  const target = random.pick(Object.keys(entitiesOf(document)));
  const access = document['auth'] === undefined ? { read: 'public', write: 'public' } : { read: 'user', write: 'user' };
  const relations = random.chance(0.5) ? { relations: { target: `belongs_to ${target}?` } } : {};
  document['entities'] = insert(random, entitiesOf(document), name, {
    fields: { title: 'string(1..40)', amount: 'int = 0' },
    ...relations,
    access,
  });
  return `entity ${name}`;
};

const removeEntity: Edit = (random, document) => {
  const name = random.pick(Object.keys(entitiesOf(document)));
  delete entitiesOf(document)[name];
  return `no entity ${name}`;
};

const describeEntity: Edit = (random, document) => {
  const [name, entity] = pickEntry(random, entitiesOf(document));
  entity['description'] = `Words no. ${random.below(1000)}.`;
  return `${name}: description`;
};

const changeAccess: Edit = (random, document) => {
  const [name, entity] = pickEntry(random, entitiesOf(document));
  const lines = Object.keys((entity['access'] as Document | undefined) ?? {});
  if (lines.length === 0 || random.chance(0.5)) entity['access'] = { read: document['auth'] === undefined ? 'public' : 'user' };
  else delete (entity['access'] as Document)[random.pick(lines)];
  return `${name}: access`;
};

const changeApi: Edit = (random, document) => {
  const [name, entity] = pickEntry(random, entitiesOf(document));
  entity['api'] = {
    ...(entity['api'] as Document | undefined),
    ...random.pick([{ page: 7 }, { tag: 'Things' }, { expose: ['list', 'read'] }, { path: '/elsewhere' }]),
  };
  return `${name}: api`;
};

const addOperation: Edit = (random, document) => {
  const name = `do_${random.below(1000)}`;
  const [entity] = pickEntry(random, entitiesOf(document));
  const operations = (document['operations'] as Document | undefined) ?? {};
  document['operations'] = insert(random, operations, name, {
    route: `POST /${name.replace('_', '-')}`,
    access: document['auth'] === undefined ? 'public' : 'user',
    input: { note: 'string(1..20)' },
    output: entity,
    describe: 'Does something.',
  });
  return `operation ${name}`;
};

const changeOperation: Edit = (random, document) => {
  const operations = (document['operations'] as Record<string, Document> | undefined) ?? {};
  if (Object.keys(operations).length === 0) return addOperation(random, document);
  const [name, operation] = pickEntry(random, operations);
  if (random.chance(0.3)) {
    delete operations[name];
    return `no operation ${name}`;
  }
  operation['describe'] = `Does it in another way, no. ${random.below(1000)}.`;
  return `${name}: describe`;
};

const addEnum: Edit = (random, document) => {
  const name = `Shade${random.below(100)}`;
  document['enums'] = insert(random, (document['enums'] as Document | undefined) ?? {}, name, ['light', 'dark']);
  const [entity, { fields }] = pickEntry(random, entitiesOf(document));
  (fields as Document)[`shade_${random.below(100)}`] = `${name} = light`;
  return `${entity}: enum ${name}`;
};

const changeService: Edit = (random, document) => {
  Object.assign(
    document,
    random.pick<Document>([
      { description: `Says ${random.below(1000)}.` },
      { telemetry: document['telemetry'] !== true },
      { version: '2.1.0' },
    ]),
  );
  return 'the service as a whole';
};

const changeRoles: Edit = (random, document) => {
  const auth = document['auth'] as Document | undefined;
  if (auth === undefined) return changeService(random, document);
  auth['roles'] = [...((auth['roles'] as string[] | undefined) ?? []), `role${random.below(100)}`];
  return 'one role more';
};

/** What is common stands there more than once. */
const EDITS: readonly Edit[] = [
  ...[addField, addField, addField, removeField, changeField, changeField],
  ...[addEntity, addEntity, removeEntity, describeEntity, changeAccess, changeApi],
  ...[addOperation, changeOperation, addEnum, changeService, changeRoles],
];

function entitiesOf(document: Document): Record<string, Document> {
  return document['entities'] as Record<string, Document>;
}

function pickEntry<Value>(random: Random, entries: Readonly<Record<string, Value>>): readonly [string, Value] {
  return random.pick(Object.entries(entries));
}

/** At a place of its own, not only at the end. */
function insert<Entries extends Document>(random: Random, entries: Entries, key: string, value: unknown): Entries {
  const list = Object.entries(entries);
  list.splice(random.below(list.length + 1), 0, [key, value]);
  return Object.fromEntries(list) as Entries;
}
