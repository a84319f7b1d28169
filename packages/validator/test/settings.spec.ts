import { describe, expect, test } from 'vitest';
import { openProject, readSettings, selectDiagnostics, type Settings } from '../src/index';
import { matchesPath } from '../src/project/matches-path';

const none: Settings = { select: undefined, ignore: [], perPathIgnores: [], lint: [], exclude: [] };

/** What is left, as `path:line rule`. */
function left(files: Readonly<Record<string, string>>, settings: Partial<Settings> = {}): readonly string[] {
  const texts = new Map(Object.entries(files));
  const found = selectDiagnostics(openProject({ files: texts }).check(), { settings: { ...none, ...settings }, files: texts });
  return found.map(({ path, range, rule }) => `${path}:${range.start.line} ${rule}`);
}

describe('readSettings', () => {
  test('all keys', () => {
    const pyproject = `[tool.fastapi-validate]
select = ["undefined-name", "bare-except"]
ignore = ["invalid-manifest"]
lint = ["B", "ASYNC"]
exclude = ["migrations"]
[tool.fastapi-validate.per-path-ignores]
"tests/**" = ["bare-except"]
`;
    expect(readSettings(pyproject)).toEqual({
      kind: 'settings',
      settings: {
        select: ['undefined-name', 'bare-except'],
        ignore: ['invalid-manifest'],
        perPathIgnores: [{ pattern: 'tests/**', rules: ['bare-except'] }],
        lint: ['B', 'ASYNC'],
        exclude: ['migrations'],
      },
    });
  });

  test.each([undefined, '', '[tool.ruff]\nline-length = 100', 'no toml ['])('%s has none', (pyproject) => {
    expect(readSettings(pyproject)).toEqual({ kind: 'settings', settings: none });
  });

  test('all faults at once, each with its mend', () => {
    const pyproject = `[tool.fastapi-validate]
selct = []
ignore = "bare-except"
exclude = [1]
per-path-ignores = { "a" = ["bare-exept", "zzz"] }
`;
    expect(readSettings(pyproject)).toEqual({
      kind: 'invalid',
      faults: [
        '`tool.fastapi-validate` has no key `selct`. Did you mean `select`?',
        '`tool.fastapi-validate.ignore` is no list of strings. Write it as `["…", "…"]`.',
        '`tool.fastapi-validate.per-path-ignores."a"` names `bare-exept`, which is no rule. Did you mean `bare-except`?',
        expect.stringMatching(/names `zzz`, which is no rule\. The rules are `alembic-heads`, `bare-except`, .* and `wrong-arguments`\.$/),
        '`tool.fastapi-validate.exclude` is no list of strings. Write it as `["…", "…"]`.',
      ],
    });
    expect(readSettings('tool.fastapi-validate = 1')).toMatchObject({ kind: 'invalid' });
    expect(readSettings('[tool.fastapi-validate]\nper-path-ignores = []')).toMatchObject({ kind: 'invalid' });
  });
});

describe('selection', () => {
  const files = { 'app/a.py': 'print(x)\ntry:\n    pass\nexcept:\n    pass\n', 'tests/b.py': 'print(y)\n' };

  test('select, ignore, and ignore over select', () => {
    expect(left(files)).toEqual(['app/a.py:1 undefined-name', 'app/a.py:4 bare-except', 'tests/b.py:1 undefined-name']);
    expect(left(files, { select: ['bare-except'] })).toEqual(['app/a.py:4 bare-except']);
    expect(left(files, { ignore: ['undefined-name'] })).toEqual(['app/a.py:4 bare-except']);
    expect(left(files, { select: ['bare-except'], ignore: ['bare-except'] })).toEqual([]);
  });

  test('per path, and whole files', () => {
    expect(left(files, { perPathIgnores: [{ pattern: 'app', rules: ['undefined-name'] }] })).toEqual([
      'app/a.py:4 bare-except',
      'tests/b.py:1 undefined-name',
    ]);
    expect(left(files, { exclude: ['app/*.py'] })).toEqual(['tests/b.py:1 undefined-name']);
  });

  test('an excluded file is read', () => {
    expect(left({ 'app/a.py': 'x = y\n', 'b.py': 'from app.a import x\n' }, { exclude: ['app'] })).toEqual([]);
  });
});

test.each([
  ['tests', 'tests/a.py', true],
  ['tests', 'app/tests/a.py', true],
  ['tests', 'app/mytests/a.py', false],
  ['app/tests', 'app/tests/a.py', true],
  ['/tests', 'app/tests/a.py', false],
  ['./tests/', 'tests/a.py', true],
  ['*_test.py', 'app/a_test.py', true],
  ['app/*.py', 'app/core/a.py', false],
  ['app/**/a.py', 'app/a.py', true],
  ['app/**/a.py', 'app/core/x/a.py', true],
  ['app/**', 'app/core/x/a.py', true],
  ['a?.py', 'ab.py', true],
  ['a.py', 'abpy', false],
  ['[a].py', '[a].py', true],
  ['', 'a.py', false],
])('%s matches %s: %s', (pattern, path, expected) => {
  expect(matchesPath(path, pattern)).toBe(expected);
});

describe('# noqa', () => {
  test.each([
    ['print(x)  # noqa', []],
    ['print(x)  # NOQA', []],
    ['print(x)  #noqa:undefined-name', []],
    ['print(x)  # noqa : undefined-name', []],
    ['print(x)  # noqa: E501, undefined-name', []],
    ['print(x)  # noqa: E501 undefined-name because of the tests', []],
    ['print(x)  # type: ignore # noqa: undefined-name # more', []],
    ['print(x)  # noqa: bare-except', ['a.py:1 undefined-name']],
    ['print(x)  # noqa: E501', ['a.py:1 undefined-name']],
    ['print(x)  # noqa:', ['a.py:1 undefined-name']],
    ['print(x)  # noqas', ['a.py:1 undefined-name']],
    ['print(x)  # ruff: noqa', ['a.py:1 undefined-name']],
    ['# noqa\nprint(x)', ['a.py:2 undefined-name']],
    ['print(x, "# noqa")', ['a.py:1 undefined-name']],
    ['print(f"""{x}\n# noqa""")', ['a.py:1 undefined-name']],
    ['print(f"""{x}\n""")  # noqa', []],
    ['y = 1 + \\\n x + \\\n 2  # noqa: undefined-name', []],
    ['from b import (\n    c,  # noqa: unknown-symbol\n    d,\n)', ['a.py:3 unknown-symbol']],
    ['def f(  # noqa', ['a.py:1 syntax-error']],
  ])('%j', (text, expected) => {
    expect(left({ 'a.py': `${text}\n`, 'b.py': '' })).toEqual(expected);
  });
});
