/**
 * Writes docs/reference and the tables in packages/nx-plugin/README.md from generators.json, executors.json, their schema.json files
 * and the plugin's options.
 *
 *   npm run docs                 writes what differs
 *   npm run docs -- --check      writes nothing, and fails when something differs
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readPluginOptions } from './read-plugin-options';
import { fillMarkers, readmeTables, referencePages, type Entry, type Schema } from './reference-pages';

const root = join(__dirname, '..');
const packageFolder = join(root, 'packages/nx-plugin');
const pagesFolder = join(root, 'docs/reference');
const readme = join(packageFolder, 'README.md');

interface Row {
  readonly schema: string;
  readonly description: string;
  readonly aliases?: readonly string[];
}

function readText(path: string): string {
  return readFileSync(join(packageFolder, path), 'utf8');
}

function readEntries(list: string, key: 'generators' | 'executors'): readonly Entry[] {
  const rows = (JSON.parse(readText(list)) as Readonly<Record<string, Readonly<Record<string, Row>>>>)[key] ?? {};
  return Object.entries(rows).map(([name, { schema, description, aliases = [] }]) => ({
    name,
    kind: key === 'generators' ? 'generator' : 'executor',
    description,
    aliases,
    schema: JSON.parse(readText(schema.replace('./dist/', 'src/'))) as Schema,
  }));
}

function wantedTexts(): ReadonlyMap<string, string> {
  const entries = [...readEntries('generators.json', 'generators'), ...readEntries('executors.json', 'executors')];
  const options = [
    ...readPluginOptions(readText('src/plugins/normalize-options.ts'), 'FastApiPluginOptions'),
    ...readPluginOptions(readText('src/generators/project/model-settings.ts'), 'ModelPluginOptions'),
  ];
  const pages = [...referencePages(entries, options)].map(([path, text]): [string, string] => [join(pagesFolder, path), text]);
  return new Map([...pages, [readme, fillMarkers(readFileSync(readme, 'utf8'), readmeTables(entries, options))]]);
}

function listPages(): readonly string[] {
  if (!existsSync(pagesFolder)) return [];
  return readdirSync(pagesFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(pagesFolder, path));
}

const wanted = wantedTexts();
const stale = [...wanted].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text).map(([file]) => file);
const needless = listPages().filter((file) => !wanted.has(file));
const changed = [...stale, ...needless].map((file) => relative(root, file)).sort();

if (process.argv.includes('--check')) {
  process.stdout.write(
    changed.length === 0
      ? `reference: ${wanted.size} pages are as the schemas say\n`
      : `${changed.join('\n')}\nThese pages are not what the schemas say. What to do: npm run docs, and commit them.\n`,
  );
  process.exitCode = changed.length === 0 ? 0 : 1;
} else {
  for (const file of stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted.get(file) ?? '');
  }
  for (const file of needless) rmSync(file);
  process.stdout.write(changed.length === 0 ? 'nothing to write\n' : `${changed.join('\n')}\n`);
}
