/** The shapes of the short strings of a spec; `what` and `mend` make the message of a string that has another shape. */
export interface SpecPattern {
  readonly pattern: RegExp;
  readonly what: string;
  readonly mend: string;
}

const fieldType =
  'string(\\([0-9]+(\\.\\.[0-9]+)?\\))?|text(\\([0-9]+\\))?|int|bigint|float|decimal\\([0-9]+,[0-9]+\\)|bool|date|datetime|time|uuid|email|url|json|bytes(\\([0-9]+\\))?|slug\\([a-z][a-z0-9_]*\\)|sequence\\([a-z][a-z0-9_]*\\)|[A-Z][A-Za-z0-9]*';
const fieldModifier =
  'unique|index|search|filter|sort|readonly|immutable|hidden|min=\\S+|max=\\S+|pattern=\\S+|schema=\\S+|visible=\\S+|was=[a-z][a-z0-9_]*|backfill=("[^"]*"|\\S+)|= ?("[^"]*"|\\S+)';
const relationKind =
  'belongs_to [A-Z][A-Za-z0-9]*\\??|has_many [A-Z][A-Za-z0-9]*\\.[a-z][a-z0-9_]*|has_one [A-Z][A-Za-z0-9]*\\.[a-z][a-z0-9_]*|many_to_many [A-Z][A-Za-z0-9]*';
const relationModifier =
  'on_delete=(cascade|restrict|set_null)|cascade|nested|filter|unique|immutable|reflexive|inverse=[a-z][a-z0-9_]*|was=[a-z][a-z0-9_]*|backfill=none';

export const specPatterns = {
  service: {
    pattern: /^[a-z][a-z0-9_-]*$/,
    what: 'is not a service name',
    mend: 'use lower-case letters, digits, "-" and "_", a letter first: my-shop',
  },
  className: {
    pattern: /^[A-Z][A-Za-z0-9]*$/,
    what: 'is not a name for an entity, enum or type',
    mend: 'write it in letters and digits with a capital first: OrderItem',
  },
  identifier: {
    pattern: /^[a-z][a-z0-9_]*$/,
    what: 'is not an identifier',
    mend: 'use lower-case letters, digits and "_", a letter first: order_item',
  },
  enumValue: {
    pattern: /^[a-z][a-z0-9_]*( was=[a-z][a-z0-9_]*)?$/,
    what: 'is not a value of an enum',
    mend: 'use lower-case letters, digits and "_", a letter first; after a rename the old value: settled was=paid',
  },
  duration: { pattern: /^[0-9]+[smhd]$/, what: 'is not a duration', mend: 'write a number and one of s, m, h, d: 15m' },
  rate: {
    pattern: /^([1-9][0-9]{0,2}|1000)\/[smhd]$/,
    what: 'is not a rate',
    mend: 'write a number from 1 to 1000, "/" and one of s, m, h, d: 10/m',
  },
  ownedPath: {
    pattern: /^(?!(.*\/)?\.\.?(\/|$))[A-Za-z0-9_.*?-]+(\/[A-Za-z0-9_.*?-]+)*$/,
    what: 'is not a path in the project',
    mend: 'write it from the folder of the spec, with "*" for a part of a name and "**" for any folders: app/services/*.py',
  },
  relationPath: {
    pattern: /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/,
    what: 'is not a path of relations',
    mend: 'join relation names with dots: items.book',
  },
  orderColumn: {
    pattern: /^-?[a-z][a-z0-9_]*$/,
    what: 'is not a column to order by',
    mend: 'write a field name, with "-" before it for descending: -published_on',
  },
  route: {
    pattern: /^(GET|POST|PUT|PATCH|DELETE) \/[A-Za-z0-9_/{}.-]*$/,
    what: 'is not a route',
    mend: 'write a method and a path: POST /orders/{order_id}/pay',
  },
  errorStatus: { pattern: /^[45][0-9]{2}$/, what: 'is not an error status', mend: 'use a status from 400 to 599: 409' },
  databaseValue: {
    pattern: /^\$[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/,
    what: 'is not a value in the database',
    mend: 'write an alias and a field: $book.stock',
  },
  shortField: {
    pattern: new RegExp(`^(${fieldType})\\??(\\s+(${fieldModifier}))*$`),
    what: 'is not a field',
    mend: 'write a type and its modifiers: string(1..200)? search sort',
  },
  shortRelation: {
    pattern: new RegExp(`^(${relationKind})(\\s+(${relationModifier}))*$`),
    what: 'is not a relation',
    mend: 'write a kind, an entity and modifiers: belongs_to Author on_delete=cascade',
  },
} as const satisfies Readonly<Record<string, SpecPattern>>;
