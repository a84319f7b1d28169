import { expect, test } from 'vitest';
import { editToml, type TomlEdit } from './edit-toml';

const dependency: TomlEdit = { kind: 'append', path: ['project', 'dependencies'], item: 'money' };
const source: TomlEdit = { kind: 'put', path: ['tool', 'uv', 'sources', 'money'], value: { path: '../../libs/money', editable: true } };
const line = 'money = { path = "../../libs/money", editable = true }';

test.each<readonly [string, TomlEdit, string, string]>([
  ['a list on one line', dependency, '[project]\ndependencies = ["a"] # why\n', '[project]\ndependencies = ["a", "money"] # why\n'],
  [
    'a list on one line with a comma at its end',
    dependency,
    '[project]\ndependencies = ["a",]\n',
    '[project]\ndependencies = ["a", "money",]\n',
  ],
  ['an empty list', dependency, '[project]\ndependencies = []\nx = 1\n', '[project]\ndependencies = ["money"]\nx = 1\n'],
  [
    'an empty list over lines',
    dependency,
    '[project]\ndependencies = [\n    # none yet\n]\n',
    '[project]\ndependencies = [\n    "money",\n    # none yet\n]\n',
  ],
  [
    'an item a line, with comments',
    dependency,
    '[project]\ndependencies = [\n  "a", # first\n  "b", # last\n  # end\n]\n',
    '[project]\ndependencies = [\n  "a", # first\n  "b", # last\n  "money",\n  # end\n]\n',
  ],
  [
    'an item a line, without a comma at the end',
    dependency,
    "[project]\r\ndependencies = [\r\n\t'a',\r\n\t'b' # last, they said\r\n]\r\n",
    "[project]\r\ndependencies = [\r\n\t'a',\r\n\t'b', # last, they said\r\n\t\"money\"\r\n]\r\n",
  ],
  [
    'the bracket beside the last item',
    dependency,
    '[project]\ndependencies = ["a",\n  "b"]\n',
    '[project]\ndependencies = ["a",\n  "b", "money"]\n',
  ],
  [
    'no list',
    dependency,
    '[project] # ours\nname = "shop" # x\n\n[tool.a]\n',
    '[project] # ours\nname = "shop" # x\ndependencies = ["money"]\n\n[tool.a]\n',
  ],
  ['no table', dependency, '[tool.a]\nb = 1', '[tool.a]\nb = 1\n\n[project]\ndependencies = ["money"]\n'],
  ['dotted keys', dependency, 'project.name = "shop"\n[tool.a]\n', 'project.name = "shop"\nproject.dependencies = ["money"]\n[tool.a]\n'],
  [
    'a table of sources',
    source,
    '[tool.uv.sources]\na = { path = "../a" } # ours\n\n# next\n[tool.b]\n',
    `[tool.uv.sources]\na = { path = "../a" } # ours\n${line}\n\n# next\n[tool.b]\n`,
  ],
  ['an empty table of sources', source, '[tool.uv.sources] # ours\n', `[tool.uv.sources] # ours\n${line}\n`],
  [
    'sources in braces',
    source,
    '[tool.uv]\nsources = { a = { path = "../a" } }\n',
    `[tool.uv]\nsources = { a = { path = "../a" }, ${line} }\n`,
  ],
  ['empty braces', source, '[tool.uv]\nsources = {}\n', `[tool.uv]\nsources = { ${line} }\n`],
  [
    'dotted sources',
    source,
    '[tool.uv]\nsources.a = { path = "../a" }\npackage = false\n',
    `[tool.uv]\nsources.a = { path = "../a" }\nsources.${line}\npackage = false\n`,
  ],
  [
    'settings of uv without sources',
    source,
    '[tool.uv]\npackage = false\n\n# about ruff\n[tool.ruff]\n',
    `[tool.uv]\npackage = false\n\n[tool.uv.sources]\n${line}\n\n# about ruff\n[tool.ruff]\n`,
  ],
  [
    'an index of uv behind it',
    source,
    '[tool.uv]\n\n[[tool.uv.index]]\nurl = "x"\n\n[tool.ruff]\n',
    `[tool.uv]\n\n[tool.uv.sources]\n${line}\n\n[[tool.uv.index]]\nurl = "x"\n\n[tool.ruff]\n`,
  ],
  ['no settings of uv', source, '[project]\n', `[project]\n\n[tool.uv.sources]\n${line}\n`],
  ['an empty file', source, '', `[tool.uv.sources]\n${line}\n`],
  [
    'another value',
    { ...source, value: 'x' } as TomlEdit,
    `[tool.uv.sources]\n${line} # ours\n`,
    '[tool.uv.sources]\nmoney = "x" # ours\n',
  ],
  [
    'a string in its own quotes',
    { kind: 'put', path: ['project', 'version'], value: '0.2.0' },
    "[project]\nversion = '0.1.0' # now\n",
    "[project]\nversion = '0.2.0' # now\n",
  ],
  [
    'a string of a list',
    { kind: 'replace', path: ['project', 'dependencies'], index: 1, item: 'money>=0.2.0' },
    '[project]\ndependencies = ["a",\n "money>=0.1.0" ] # x\n',
    '[project]\ndependencies = ["a",\n "money>=0.2.0" ] # x\n',
  ],
  [
    'a key with signs',
    { kind: 'put', path: ['tool', 'x', 'app/main.py'], value: ['a', 'b'] },
    '[tool.x]\n',
    '[tool.x]\n"app/main.py" = ["a", "b"]\n',
  ],
])('%s', (_, edit, before, after) => {
  expect(editToml(before, [edit])).toEqual({ kind: 'edited', text: after });
});

test('edits follow one another', () => {
  expect(editToml('[project]\nname = "shop"\n', [dependency, source])).toEqual({
    kind: 'edited',
    text: `[project]\nname = "shop"\ndependencies = ["money"]\n\n[tool.uv.sources]\n${line}\n`,
  });
});

test.each<readonly [string, TomlEdit, string, string]>([
  ['no TOML', dependency, '[project\n', 'line 2: Unterminated table-key'],
  [
    'a value of another kind',
    dependency,
    '[project]\ndependencies = "a"\n',
    '`project.dependencies` is written in a way that is not edited',
  ],
  [
    'a table where a value is meant',
    { ...source, path: ['tool', 'uv'] } as TomlEdit,
    '[tool.uv]\na = 1\n',
    '`tool.uv` is written in a way',
  ],
  ['an array of tables', source, '[[tool.uv.sources]]\na = 1\n', '`tool.uv.sources.money` is written in a way that is not edited'],
])('%s is refused', (_, edit, text, reason) => {
  expect(editToml(text, [edit])).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
});
