import type { TableDescription } from '../artifacts/tables/table-description';
import { staysOptional } from './way-back';
import type { ColumnChange, TableChange, TablesDifference } from './tables-difference';

/** One thing that a migration does: `add books.pages`. */
interface Deed {
  readonly verb: 'add' | 'drop' | 'rename' | 'change';
  readonly what: string;
}

/** `Add labels and label_tasks; change books.title.` */
export function summarize(difference: TablesDifference): string {
  const deeds = deedsOf(difference);
  const verbs = [...new Set(deeds.map(({ verb }) => verb))];
  const parts = verbs.map((verb) => `${verb} ${enumerate(deeds.filter((deed) => deed.verb === verb).map(({ what }) => what))}`);
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Alembic keeps 32 characters of a revision's name, five of which are the number. */
const longestSlug = 27;

/** What changed, for the name of the file: `add_labels`, `drop_books_cost`. A link is named only where it is alone. */
export function slugOf(difference: TablesDifference): string {
  const deeds = deedsOf(difference);
  const own = deeds.filter(({ what }) => !difference.created.some(({ name, origin }) => name === what && origin.includes('.')));
  const [first, ...others] = own.length === 0 ? deeds : own;
  const words = (what: string): string => what.replace(/ to .*/, '').replaceAll('.', '_');
  const start = first === undefined ? 'change_tables' : `${first.verb}_${words(first.what)}`;
  const whole = others.length === 0 ? start : `${start}_and_more`;
  return [whole, start].find((slug) => slug.length <= longestSlug) ?? start.slice(0, longestSlug + 1).replace(/_[^_]*$/, '');
}

function deedsOf({ created, changed, dropped }: TablesDifference): readonly Deed[] {
  return [
    ...created.map(({ name }): Deed => ({ verb: 'add', what: name })),
    ...changed.flatMap(deedsOfChange),
    ...dropped.map(({ name }): Deed => ({ verb: 'drop', what: name })),
  ];
}

function deedsOfChange(change: TableChange): readonly Deed[] {
  const { before, after } = change;
  const column = (name: string): string => `${after.name}.${name}`;
  // The columns of a link follow its entities.
  if (after.origin.includes('.') && before.name !== after.name) return [{ verb: 'rename', what: `${before.name} to ${after.name}` }];
  const deeds: readonly Deed[] = [
    ...(before.name === after.name ? [] : [{ verb: 'rename', what: `${before.name} to ${after.name}` } as const]),
    ...change.renamedColumns.map(({ from, to }): Deed => ({ verb: 'rename', what: `${column(from)} to ${to}` })),
    ...change.addedColumns.map(({ name }): Deed => ({ verb: 'add', what: column(name) })),
    ...change.alteredColumns.map(({ after: { name } }): Deed => ({ verb: 'change', what: column(name) })),
    ...change.droppedColumns.map(({ name }): Deed => ({ verb: 'drop', what: `${before.name}.${name}` })),
  ];
  return deeds.length > 0 ? deeds : [{ verb: 'change', what: after.name }];
}

/** What a downgrade by this difference, the other way round, cannot give back; a sentence each. */
export function describeLosses({ created, changed }: TablesDifference): readonly string[] {
  return [
    ...created.map(({ name }) => `${name} comes back empty`),
    ...changed.flatMap(({ after, addedColumns, droppedColumns, alteredColumns }) => [
      ...(droppedColumns.some(({ marksDeleted }) => marksDeleted) ? [`deleted rows of ${after.name} are lost`] : []),
      ...addedColumns.map(({ name, nullable }) => `${after.name}.${name} comes back empty${nullable ? '' : ' and optional'}`),
      ...alteredColumns.flatMap((column) => lossesOfColumn(after, column)),
    ]),
  ];
}

function lossesOfColumn(table: TableDescription, column: ColumnChange): readonly string[] {
  const { before, after, values } = column;
  const { type } = before;
  const lost = [...values].filter(([from, to]) => type.kind === 'enum' && type.was?.[from] !== to);
  return [
    ...lost.map(([from, to]) => `${table.name}.${after.name} ${from} becomes ${to}`),
    ...(staysOptional(column) ? [`${table.name}.${after.name} stays optional`] : []),
  ];
}

function enumerate(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
