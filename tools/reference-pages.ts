/** What a schema.json says of one option. */
interface OptionSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  readonly default?: unknown;
  readonly items?: OptionSchema;
  readonly $default?: { readonly $source: string; readonly index?: number };
  readonly 'x-priority'?: 'important' | 'internal';
}

export interface Schema {
  readonly title: string;
  readonly description: string;
  readonly examples?: readonly { readonly command: string; readonly description: string }[];
  readonly properties: Readonly<Record<string, OptionSchema>>;
  readonly required?: readonly string[];
}

/** A generator or an executor: its row in generators.json or executors.json, and its schema.json. */
export interface Entry {
  readonly name: string;
  readonly kind: 'generator' | 'executor';
  readonly description: string;
  readonly aliases: readonly string[];
  readonly schema: Schema;
}

/** An option of the plugin in nx.json. */
export interface PluginOption {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly default: string | undefined;
}

const plugin = '@org/fastapi';
const writtenBy =
  "<!-- Written by tools/write-docs.ts from the schema.json files and the plugin's options: change those, then run `npm run docs`. -->";
const pagesAddress = 'https://github.com/org/fastapi/blob/main/docs/reference';

/** The pages below docs/reference, by path. */
export function referencePages(entries: readonly Entry[], options: readonly PluginOption[]): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', indexPage(entries)],
    ...entries.map((entry): [string, string] => [pagePath(entry), entryPage(entry)]),
    ['plugin-options.md', optionsPage(options)],
  ]);
}

/** The tables that stand in another page between markers, by the markers' name. */
export function readmeTables(entries: readonly Entry[], options: readonly PluginOption[]): ReadonlyMap<string, string> {
  const ofKind = (kind: Entry['kind']) =>
    entryTable(
      entries.filter((entry) => entry.kind === kind),
      pagesAddress,
    );
  return new Map([
    ['generators', ofKind('generator')],
    ['executors', ofKind('executor')],
    ['plugin options', pluginOptionTable(options)],
  ]);
}

/** Puts each table between its markers. Throws when the page has no such markers. */
export function fillMarkers(page: string, tables: ReadonlyMap<string, string>): string {
  return [...tables].reduce((text, [name, table]) => {
    const [start, end] = [`<!-- begin: ${name}, written by tools/write-docs.ts -->`, `<!-- end: ${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from === -1 || to < from)
      throw new Error(`The page has no place for the table of ${name}. What to do: write the lines ${start} and ${end} where it belongs.`);
    return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
  }, page);
}

function indexPage(entries: readonly Entry[]): string {
  const ofKind = (kind: Entry['kind']) =>
    entryTable(
      entries.filter((entry) => entry.kind === kind),
      '.',
    );
  return page([
    '# Reference',
    '## Generators',
    ofKind('generator'),
    '## Executors',
    ofKind('executor'),
    '## Plugin',
    'Options of the plugin in `nx.json`: [plugin-options.md](./plugin-options.md)',
  ]);
}

function entryPage({ kind, name, aliases, schema }: Entry): string {
  return page([
    `# \`${plugin}:${name}\`, ${kind === 'generator' ? 'a generator' : 'an executor'}`,
    `${schema.title}.`,
    schema.description,
    ...(aliases.length === 0 ? [] : [`Other names: ${aliases.map((alias) => `\`${plugin}:${alias}\``).join(', ')}`]),
    ...(schema.examples === undefined ? [] : ['## Examples', examplesOf(schema.examples)]),
    '## Options',
    optionTable(schema),
    ...(kind === 'generator' ? ['`--dry-run` shows what would be written, and writes nothing.'] : []),
  ]);
}

function optionsPage(options: readonly PluginOption[]): string {
  return page([
    '# Options of the plugin',
    'In `nx.json`:',
    '```json\n{ "plugins": [{ "plugin": "@org/fastapi", "options": { "testTargetName": "pytest" } }] }\n```',
    pluginOptionTable(options),
  ]);
}

function page([title = '', ...parts]: readonly string[]): string {
  return `${[title, writtenBy, ...parts].join('\n\n')}\n`;
}

function pagePath({ kind, name }: Entry): string {
  return `${kind}s/${name}.md`;
}

function entryTable(entries: readonly Entry[], address: string): string {
  const rows = entries.map((entry) => [`[\`${plugin}:${entry.name}\`](${address}/${pagePath(entry)})`, entry.description]);
  return table(['', ''], rows);
}

function examplesOf(examples: NonNullable<Schema['examples']>): string {
  return `\`\`\`sh\n${examples.map(({ command, description }) => `# ${description}\n${command}`).join('\n\n')}\n\`\`\``;
}

/** What is given without its name comes first, then what matters most, then by the schema's own order. */
function optionTable({ properties, required = [] }: Schema): string {
  const rankOf = (option: OptionSchema) =>
    option.$default?.$source === 'argv'
      ? (option.$default.index ?? 0) - 1000
      : ['important', undefined, 'internal'].indexOf(option['x-priority']);
  const sorted = Object.entries(properties).sort(([, left], [, right]) => rankOf(left) - rankOf(right));
  const rows = sorted.map(([name, option]) => [
    `\`--${name}\`${option.$default?.$source === 'argv' ? ', or without its name' : ''}`,
    typeOf(option),
    required.includes(name) ? 'must be given' : option.default === undefined ? '' : `\`${JSON.stringify(option.default)}\``,
    option.description ?? '',
  ]);
  return rows.length === 0 ? 'None.' : table(['option', 'type', 'default', ''], rows);
}

function pluginOptionTable(options: readonly PluginOption[]): string {
  return table(
    ['option', 'type', 'default', ''],
    options.map((option) => [
      `\`${option.name}\``,
      `\`${option.type}\``,
      option.default === undefined ? '' : `\`${option.default}\``,
      option.description,
    ]),
  );
}

function typeOf({ type, enum: values, items }: OptionSchema): string {
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(', ');
  if (type === 'array') return `list of ${items?.type ?? 'value'}s`;
  return type ?? '';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`.replaceAll(/ {2,}/g, ' ');
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
