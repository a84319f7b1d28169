import { describe, expect, test } from 'vitest';
import { readPluginOptions } from './read-plugin-options';
import { fillMarkers, readmeTables, referencePages, type Entry } from './reference-pages';

const entry: Entry = {
  name: 'library',
  kind: 'generator',
  description: 'Makes a library.',
  aliases: ['lib'],
  schema: {
    title: 'Make a library',
    description: 'Makes a package | and more.',
    examples: [{ command: 'nx g @org/fastapi:library libs/money', description: 'A package' }],
    properties: {
      keep: { type: 'boolean', description: 'Inner.', default: false, 'x-priority': 'internal' },
      style: { enum: ['a', 'b'], description: 'Plain.' },
      usedBy: { type: 'array', items: { type: 'string' }, description: 'Important.', 'x-priority': 'important' },
      directory: { type: 'string', description: 'The folder.', $default: { $source: 'argv', index: 0 } },
    },
    required: ['directory'],
  },
};
const executor: Entry = {
  name: 'validate',
  kind: 'executor',
  description: 'Checks.',
  aliases: [],
  schema: { title: 'Check', description: 'It checks.', properties: {} },
};
const option = { name: 'testTargetName', type: 'string', description: 'What it is called.', default: "'test'" };
const pages = referencePages([entry, executor], [option]);

describe('the reference', () => {
  test('has a page for each generator and executor, one for the plugin, and one that lists them', () => {
    expect([...pages.keys()]).toEqual(['README.md', 'generators/library.md', 'executors/validate.md', 'plugin-options.md']);
    expect(pages.get('README.md')).toContain('| [`@org/fastapi:library`](./generators/library.md) | Makes a library. |');
    expect(pages.get('executors/validate.md')).toContain('# `@org/fastapi:validate`, an executor');
  });

  test('says of a generator all that its schema says, the weightiest first', () => {
    const [, text] = pages.get('generators/library.md')?.split('-->\n\n') ?? [];
    expect(text).toBe(
      [
        'Make a library.',
        '',
        'Makes a package | and more.',
        '',
        'Other names: `@org/fastapi:lib`',
        '',
        '## Examples',
        '',
        '```sh',
        '# A package',
        'nx g @org/fastapi:library libs/money',
        '```',
        '',
        '## Options',
        '',
        '| option | type | default | |',
        '|---|---|---|---|',
        '| `--directory`, or without its name | string | must be given | The folder. |',
        '| `--usedBy` | list of strings | | Important. |',
        '| `--style` | `a`, `b` | | Plain. |',
        '| `--keep` | boolean | `false` | Inner. |',
        '',
        '`--dry-run` shows what would be written, and writes nothing.',
        '',
      ].join('\n'),
    );
  });
});

describe('the tables of the README', () => {
  const tables = readmeTables([entry, executor], [option]);
  const markers = ['generators', 'executors', 'plugin options'].flatMap((name) => [
    `<!-- begin: ${name}, written by tools/write-docs.ts -->`,
    'old',
    `<!-- end: ${name} -->`,
  ]);

  test('take the place of what stands between the markers, and nothing else', () => {
    const filled = fillMarkers(['Before', ...markers, 'After'].join('\n'), tables);
    expect(filled).not.toContain('old');
    expect(filled).toMatch(/^Before\n<!-- begin: generators, .*\n<!-- end: plugin options -->\nAfter$/s);
    expect(filled).toContain("| `testTargetName` | `string` | `'test'` | What it is called. |");
    expect(fillMarkers(filled, tables)).toBe(filled);
  });

  test('need their markers', () => {
    expect(() => fillMarkers('# Nothing', tables)).toThrow(
      'The page has no place for the table of generators. What to do: write the lines <!-- begin: generators, written by tools/write-docs.ts -->',
    );
  });
});

describe('the options of the plugin', () => {
  const text = `
export interface Options {
  readonly testTargetName?: string;
  /** Folders that are left out,
   *  as globs. */
  readonly exclude?: readonly string[];
}
export function normalize({ testTargetName = 'test', exclude = [] }: Options = {}) {}
`;

  test('are read with their comments and defaults', () => {
    expect(readPluginOptions(text, 'Options')).toEqual([
      { name: 'testTargetName', type: 'string', description: 'What the target `test` is called.', default: "'test'" },
      { name: 'exclude', type: 'readonly string[]', description: 'Folders that are left out, as globs.', default: '[]' },
    ]);
  });

  test('without a comment are refused', () => {
    expect(() => readPluginOptions('interface Options { readonly include?: string }', 'Options')).toThrow(
      'The option include has no description.',
    );
    expect(() => readPluginOptions(text, 'Others')).toThrow('There is no interface Others to read the options from.');
  });
});
