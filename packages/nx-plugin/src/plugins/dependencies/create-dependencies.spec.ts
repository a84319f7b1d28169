import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateDependency, type CreateDependenciesContext, type FileData } from '@nx/devkit';
import { describe, expect, test } from 'vitest';
import { createDependencies } from '../../index';
import { temporaryFolder } from '../../testing/temporary-folder';
import { chooseEdges } from './choose-edges';
import { edgesKey, readEdges, writeEdges } from './edge-record';
import { ImportMemory } from './import-memory';
import { readStoredTargets, type StoredTargets } from './read-stored-targets';
import { traceDependencies } from './trace-dependencies';

type Files = Readonly<Record<string, string>>;

const pyproject = (name: string, rest = '') => `[project]\nname = "${name}"\n${rest}`;

/** What Nx hands over for the workspace as it lies on the disk; projects are called by their folders. */
function contextOf(workspaceRoot: string, roots: readonly string[]): CreateDependenciesContext {
  const projectFileMap: Record<string, FileData[]> = Object.fromEntries(roots.map((root) => [nameOf(root), []]));
  const nonProjectFiles: FileData[] = [];
  const paths = readdirSync(workspaceRoot, { recursive: true, withFileTypes: true, encoding: 'utf8' });
  for (const file of paths
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(workspaceRoot.length + 1))
    .sort()) {
    const hash = createHash('sha1')
      .update(readFileSync(join(workspaceRoot, file)))
      .digest('hex');
    const root = roots.filter((other) => file.startsWith(`${other}/`)).sort((left, right) => right.length - left.length)[0];
    (root === undefined ? nonProjectFiles : projectFileMap[nameOf(root)]!).push({ file, hash });
  }
  const projects = Object.fromEntries(roots.map((root) => [nameOf(root), { name: nameOf(root), root }]));
  const fileMap = { projectFileMap, nonProjectFiles };
  return {
    projects,
    fileMap,
    filesToProcess: fileMap,
    externalNodes: {},
    nxJsonConfiguration: {},
    workspaceRoot,
  };
}

const nameOf = (root: string) => root.slice(root.lastIndexOf('/') + 1);

/** The folders that are projects: those with a manifest. */
function rootsIn(files: Files): readonly string[] {
  const manifests = Object.keys(files).filter((file) => /\/(pyproject\.toml|project\.json|setup\.py)$/.test(file));
  return [...new Set(manifests.map((file) => file.slice(0, file.lastIndexOf('/'))))].sort();
}

/** `file → target`, of all edges, after Nx has accepted them. */
async function edgesOf(files: Files): Promise<readonly string[]> {
  return createdIn(temporaryFolder(files), rootsIn(files));
}

async function createdIn(root: string, roots: readonly string[]): Promise<readonly string[]> {
  const context = contextOf(root, roots);
  const edges = await createDependencies(undefined, context);
  for (const edge of edges) validateDependency(edge, context);
  return edges.map((edge) => `${'sourceFile' in edge ? edge.sourceFile : edge.type} → ${edge.target}`);
}

/** A library with a src layout, a flat one, and an application that has neither named. */
const workspace = {
  'libs/log/pyproject.toml': pyproject('acme-log'),
  'libs/log/src/acme/log/__init__.py': 'import os',
  'libs/log/src/acme/log/formats.py': 'from . import __init__\nfrom acme.log import x',
  'libs/money/pyproject.toml': pyproject('money'),
  'libs/money/money/__init__.py': '',
  'libs/money/tests/test_money.py': 'import money',
  'apps/shop/pyproject.toml': pyproject('shop'),
  'apps/shop/app/__init__.py': '',
};

const importing = (text: string): Files => ({ ...workspace, 'apps/shop/app/main.py': text });

test('an edge is all that Nx asks for', async () => {
  const files = importing('import money\nfrom acme.log import formats');
  expect(await createDependencies(undefined, contextOf(temporaryFolder(files), rootsIn(files)))).toEqual([
    { source: 'shop', target: 'log', type: 'static', sourceFile: 'apps/shop/app/main.py' },
    { source: 'shop', target: 'money', type: 'static', sourceFile: 'apps/shop/app/main.py' },
  ]);
});

describe('an import that makes an edge', () => {
  test.each([
    'import money',
    'import money.notes as m',
    'import os, money',
    'from money import Euro',
    'from money.notes import *',
    'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from money import Euro',
    'def f():\n    import money',
    'try:\n    import money\nexcept ImportError:\n    money = None',
    'x = (\nimport money\n',
    '# -*- coding: latin-1 -*-\nimport money # é',
  ])('%j', async (text) => {
    expect(await edgesOf(importing(text))).toEqual(['apps/shop/app/main.py → money']);
  });
});

describe('what makes none', () => {
  test.each([
    '# import money',
    '"""\nimport money\n"""',
    'x = "import money"',
    'from .money import x',
    'from . import money',
    'import moneybag',
    'import fastapi',
    'from app import money',
    'import acme',
    'from acme import nothing',
    'import tests.test_money',
  ])('%j', async (text) => {
    expect(await edgesOf(importing(text))).toEqual([]);
  });
});

test('a file of any size is read to its last import', async () => {
  const text = `${'x = "filler" # of a file that somebody generated\n'.repeat(50_000)}import money`;
  expect(await edgesOf(importing(text))).toEqual(['apps/shop/app/main.py → money']);
});

test('a stub imports, too, and can be imported', async () => {
  const files = { ...workspace, 'libs/money/money/notes.pyi': 'from acme.log import Logger' };
  expect(await edgesOf(files)).toEqual(['libs/money/money/notes.pyi → log']);
});

test('bytes that are no text of any kind are read for the words of their imports', async () => {
  const files = importing('');
  const root = temporaryFolder(files);
  writeFileSync(
    join(root, 'apps/shop/app/main.py'),
    Buffer.concat([Buffer.from('x = "'), Buffer.from([0xff, 0xfe]), Buffer.from('"\nimport money\n')]),
  );
  expect(await createDependencies(undefined, contextOf(root, rootsIn(files)))).toHaveLength(1);
});

describe('which project a module is of', () => {
  const two = {
    'libs/a/pyproject.toml': pyproject('org-a'),
    'libs/a/src/org/a/__init__.py': '',
    'libs/b/pyproject.toml': pyproject('org-b'),
    'libs/b/src/org/b/__init__.py': '',
    'libs/b/src/org/b/c/d.py': '',
  };
  const twins = {
    'libs/old/pyproject.toml': pyproject('old-log'),
    'libs/old/log.py': '',
    'libs/new/pyproject.toml': pyproject('new-log'),
    'libs/new/log.py': '',
  };
  const shop = (rest: string) => ({ 'apps/shop/pyproject.toml': pyproject('shop', rest) });
  test.each<readonly [string, Files, readonly string[]]>([
    [
      'packages that share a namespace: the one with the longest path',
      { ...two, ...shop(''), 'apps/shop/m.py': 'import org.a.x\nfrom org.b import c', 'apps/shop/n.py': 'from org import b\nimport org' },
      ['apps/shop/m.py → a', 'apps/shop/m.py → b', 'apps/shop/n.py → b'],
    ],
    [
      'projects that share one import each other',
      { ...two, 'libs/a/src/org/a/x.py': 'from org.b.c.d import e' },
      ['libs/a/src/org/a/x.py → b'],
    ],
    ['of two that have it: none', { ...twins, ...shop(''), 'apps/shop/m.py': 'import log' }, []],
    [
      'of two that have it: the one whose name is required',
      { ...twins, ...shop('dependencies = ["new.log>=1"]\n'), 'apps/shop/m.py': 'import log' },
      ['apps/shop/m.py → new'],
    ],
    [
      'of two that are both required: none',
      { ...twins, ...shop('dependencies = ["new-log", "old-log"]\n'), 'apps/shop/m.py': 'import log' },
      [],
    ],
    [
      'the own one wins',
      { ...twins, ...shop('dependencies = ["new-log"]\n'), 'apps/shop/m.py': 'import log', 'apps/shop/log/__init__.py': '' },
      [],
    ],
    [
      'so does one beside the file',
      { ...two, ...shop(''), 'apps/shop/scripts/run.py': 'import org.b.c', 'apps/shop/scripts/org/b/c.py': '' },
      [],
    ],
    [
      'but not one in a package',
      {
        ...twins,
        ...shop('dependencies = ["new-log"]\n'),
        'apps/shop/app/__init__.py': '',
        'apps/shop/app/m.py': 'import log',
        'apps/shop/app/log.py': '',
      },
      ['apps/shop/app/m.py → new'],
    ],
    [
      'what pytest puts on the path is own',
      {
        ...twins,
        'libs/new/helpers.py': '',
        ...shop('[tool.pytest.ini_options]\npythonpath = ["tests"]\n'),
        'apps/shop/tests/helpers.py': '',
        'apps/shop/tests/unit/test_a.py': 'import helpers',
      },
      [],
    ],
    [
      'a package of the standard library is nobody’s',
      { 'libs/a/pyproject.toml': pyproject('a'), 'libs/a/json.py': '', ...shop(''), 'apps/shop/m.py': 'import json' },
      [],
    ],
    [
      'a src layout says where modules start',
      {
        'libs/a/pyproject.toml': pyproject('a'),
        'libs/a/src/a/x.py': '',
        'libs/a/tasks.py': '',
        ...shop(''),
        'apps/shop/m.py': 'import tasks\nimport src.a',
      },
      [],
    ],
    [
      'so does the build',
      {
        'libs/a/pyproject.toml': pyproject('a', '[tool.hatch.build.targets.wheel]\npackages = ["code/a"]\n'),
        'libs/a/code/a/x.py': '',
        ...shop(''),
        'apps/shop/m.py': 'import a.x',
      },
      ['apps/shop/m.py → a'],
    ],
    [
      'a folder without a manifest brings nothing',
      { 'libs/a/project.json': '{}', 'libs/a/a.py': '', ...shop(''), 'apps/shop/m.py': 'import a' },
      [],
    ],
    [
      'but imports',
      { 'libs/a/setup.py': '', 'libs/a/a.py': '', 'apps/x/project.json': '{}', 'apps/x/m.py': 'import a' },
      ['apps/x/m.py → a'],
    ],
  ])('%s', async (_, files, edges) => {
    expect(await edgesOf(files)).toEqual(edges);
  });
});

describe('what a manifest takes from the workspace', () => {
  const lib = { 'libs/log/pyproject.toml': pyproject('Acme_Log') };
  const toLog = ['apps/shop/pyproject.toml → log'];
  test.each<readonly [string, string, readonly string[]]>([
    ['a member of the workspace of uv', 'dependencies = ["acme-log"]\n[tool.uv.sources]\nacme-log = { workspace = true }\n', toLog],
    ['its path', 'dependencies = ["acme-log"]\n[tool.uv.sources]\nacme-log = { path = "../../libs/log", editable = true }\n', toLog],
    [
      'one of several sources',
      'dependencies = ["acme-log"]\n[tool.uv.sources]\nacme-log = [{ index = "x" }, { path = "../../libs/log" }]\n',
      toLog,
    ],
    ['in an extra', '[project.optional-dependencies]\nx = ["acme-log"]\n[tool.uv.sources]\nacme-log = { workspace = true }\n', toLog],
    ['in a group', '[dependency-groups]\ndev = ["acme-log"]\n[tool.uv.sources]\nacme-log = { workspace = true }\n', toLog],
    ['by address', 'dependencies = ["acme-log @ file:../../libs/log"]\n', toLog],
    ['by address from the project', 'dependencies = ["acme-log @ file:///${PROJECT_ROOT}/../../libs/log"]\n', toLog],
    ['by address from the root of hatch', 'dependencies = ["acme-log @ {root:uri}/../../libs/log"]\n', toLog],
    ['a wheel of it', 'dependencies = ["acme-log @ file:../../libs/log/dist/acme%5Flog.whl"]\n', toLog],
    ['by Poetry', '[tool.poetry.dependencies]\nacme-log = { path = "../../libs/log", develop = true }\n', toLog],
    ['by a group of Poetry', '[tool.poetry.group.dev.dependencies]\nacme-log = { path = "../../libs/log" }\n', toLog],
    ['a source that nothing requires', '[tool.uv.sources]\nacme-log = { workspace = true }\n', []],
    ['a requirement from an index', 'dependencies = ["acme-log"]\n', []],
    ['a folder outside', 'dependencies = ["acme-log @ file:../../../log", "b @ file:///opt/log"]\n', []],
    ['itself', 'dependencies = ["shop[x]", "y @ file:."]\n', []],
    ['a folder that is no project', 'dependencies = ["acme-log @ file:../../libs/other"]\n', []],
    ['no TOML', 'dependencies = [', []],
  ])('%s', async (_, rest, edges) => {
    expect(await edgesOf({ ...lib, 'apps/shop/pyproject.toml': pyproject('shop', rest) })).toEqual(edges);
  });

  const shop = { 'apps/shop/pyproject.toml': pyproject('shop', 'dependencies = ["acme-log"]\n') };
  const uvWorkspace = '[tool.uv.workspace]\nmembers = ["*"]\n[tool.uv.sources]\nacme-log = { path = ';
  test.each<readonly [string, Files, readonly string[]]>([
    ['at the root', { 'pyproject.toml': `${uvWorkspace}"libs/log" }\n` }, toLog],
    ['in a folder that is no project', { 'apps/pyproject.toml': `${uvWorkspace}"../libs/log" }\n`, 'pyproject.toml': uvWorkspace }, toLog],
    ['in a project', { 'apps/pyproject.toml': `${uvWorkspace}"../libs/log" }\n`, 'apps/project.json': '{}' }, toLog],
    ['only the nearest', { 'apps/pyproject.toml': '[tool.uv.workspace]\n', 'pyproject.toml': `${uvWorkspace}"libs/log" }\n` }, []],
    ['no other manifest above', { 'pyproject.toml': '[tool.uv.sources]\nacme-log = { path = "libs/log" }\n' }, []],
  ])('sources of the workspace of uv around it: %s', async (_, above, edges) => {
    const files = { ...lib, ...shop, ...above };
    const roots = rootsIn(files).filter((root) => root !== 'apps' || 'apps/project.json' in files);
    expect(await createdIn(temporaryFolder(files), roots)).toEqual(edges);
  });
});

describe('from one command to the next', () => {
  const main = 'apps/shop/app/main.py';
  const files = importing('import money');

  function start() {
    const root = temporaryFolder(files);
    const memoryFile = join(temporaryFolder(), 'imports.txt');
    /** As a command does that knows nothing but what is on the disk. */
    const trace = async (roots = rootsIn(files)) => traceDependencies(contextOf(root, roots), ImportMemory.open(memoryFile));
    return { root, memoryFile, trace };
  }

  const pythonFiles = Object.keys(files).filter((file) => file.endsWith('.py'));
  const toMoney = { source: 'shop', target: 'money', sourceFile: main };
  const toLog = { source: 'shop', target: 'log', sourceFile: main };

  test('a file is parsed once for its contents, and one edit costs one parse', async () => {
    const { root, trace } = start();
    // Three of the files are empty, so they are one content.
    const contents = new Set(pythonFiles.map((file) => files[file as keyof typeof files]));
    expect((await trace()).parsed).toHaveLength(contents.size);
    expect(await trace()).toEqual({ edges: [toMoney], parsed: [], unread: [] });
    writeFileSync(join(root, main), 'import acme.log');
    expect(await trace()).toEqual({ edges: [toLog], parsed: [main], unread: [] });
    expect(await trace()).toEqual({ edges: [toLog], parsed: [], unread: [] });
    writeFileSync(join(root, main), 'import money');
    expect(await trace()).toEqual({ edges: [toMoney], parsed: [], unread: [] });
  });

  test('a project added after its importer has its edge at once, without a parse', async () => {
    const { trace } = start();
    expect((await trace(['apps/shop', 'libs/log'])).edges).toEqual([]);
    const added = await trace();
    expect(added.edges).toEqual([toMoney]);
    expect(added.parsed.every((file) => file.startsWith('libs/money/'))).toBe(true);
  });

  test('a deleted file and a renamed package lose their edges', async () => {
    const { root, trace } = start();
    await trace();
    writeFileSync(join(root, 'libs/money/pyproject.toml'), pyproject('cash'));
    expect((await trace()).edges).toEqual([toMoney]);
    rmSync(join(root, 'libs/money/money'), { recursive: true });
    expect((await trace()).edges).toEqual([]);
  });

  describe('edges are kept whole for the state of the workspace', () => {
    const record = () => join(temporaryFolder(), 'edges.json');
    const edges = [toLog, toMoney, { source: 'money', target: 'log', sourceFile: 'libs/money/pyproject.toml' }];

    test('they are read as they were written, under the same key only', () => {
      const path = record();
      writeEdges(path, 'a', edges);
      expect(readEdges(path, 'a')).toEqual(edges);
      expect(readEdges(path, 'b')).toBeUndefined();
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, -9));
      expect(readEdges(path, 'a')).toBeUndefined();
      expect(readEdges(record(), 'a')).toBeUndefined();
    });

    test.each<readonly [string, (root: string) => void, readonly string[]]>([
      ['a Python file', (root) => writeFileSync(join(root, main), 'import acme'), rootsIn(files)],
      ['a new Python file', (root) => writeFileSync(join(root, 'libs/money/money/x.py'), ''), rootsIn(files)],
      ['a manifest', (root) => writeFileSync(join(root, 'libs/log/pyproject.toml'), ''), rootsIn(files)],
      ['the manifest of the root', (root) => writeFileSync(join(root, 'pyproject.toml'), ''), rootsIn(files)],
      ['a project', () => undefined, ['apps/shop', 'libs/log']],
    ])('%s changes the key', (_, change, roots) => {
      const { root } = start();
      const before = edgesKey(contextOf(root, rootsIn(files)));
      change(root);
      expect(edgesKey(contextOf(root, roots))).not.toBe(before);
    });

    test('another file does not', () => {
      const { root } = start();
      const before = edgesKey(contextOf(root, rootsIn(files)));
      writeFileSync(join(root, 'apps/shop/README.md'), 'import money');
      expect(edgesKey(contextOf(root, rootsIn(files)))).toBe(before);
    });
  });

  describe('what Nx has stored of a file decides what it is told', () => {
    const other = 'apps/shop/app/other.py';
    const edges = [
      { source: 'shop', target: 'log', sourceFile: main },
      { source: 'shop', target: 'money', sourceFile: main },
      { source: 'shop', target: 'money', sourceFile: other },
    ];
    const storing = (entries: Readonly<Record<string, readonly string[]>>) => () => new Map(Object.entries(entries));
    const [toLog, toMoney, alsoToMoney] = edges;
    test.each<readonly [string, readonly string[], () => StoredTargets, { told: readonly unknown[]; lost: readonly string[] }]>([
      ['nothing is stored: Nx takes all', [], () => 'everything', { told: edges, lost: [] }],
      ['a file of which nothing is stored', [], storing({}), { told: edges, lost: [] }],
      [
        'what is stored is told once for each pair',
        [],
        storing({ [main]: ['money', 'log'], [other]: ['money'] }),
        { told: [toLog, toMoney], lost: [] },
      ],
      ['a file that is stored to need another', [], storing({ [main]: ['log'], [other]: ['log'] }), { told: edges, lost: ['money'] }],
      ['one file of two is enough', [], storing({ [main]: ['log'] }), { told: edges, lost: [] }],
      ['a file that has changed', [main], storing({ [main]: ['old'], [other]: ['old'] }), { told: edges, lost: [] }],
      ['another file has changed', [other], storing({ [main]: ['money'] }), { told: [toLog, toMoney, alsoToMoney], lost: ['log'] }],
      ['a file that has changed keeps all its edges', [other], storing({ [main]: ['money', 'log'] }), { told: edges, lost: [] }],
      ['what is stored cannot be read', [other], () => 'unknown', { told: edges, lost: ['log'] }],
    ])('%s', (_, changed, stored, { told, lost }) => {
      const chosen = chooseEdges({ edges, isChanged: (file) => changed.includes(file), stored });
      expect(chosen).toEqual({ told, lost: lost.map((target) => ({ source: 'shop', target })) });
    });

    test.each<readonly [string, string | undefined, StoredTargets]>([
      ['none', undefined, 'everything'],
      ['damaged', '{', 'unknown'],
      ['of another make', '{}', 'unknown'],
      [
        'as Nx writes it',
        '{"fileMap":{"projectFileMap":{"a":[{"file":"a/x.py","hash":"1"},{"file":"a/y.py","hash":"2","deps":["b",["c","dynamic"]]}]}}}',
        new Map([['a/y.py', ['b', 'c']]]),
      ],
    ])('a file-map.json that is %s', (_, text, expected) => {
      expect(readStoredTargets(temporaryFolder(text === undefined ? {} : { 'file-map.json': text }))).toEqual(expected);
    });
  });

  test('a file that cannot be read is told of, and tried again', async () => {
    const { root, memoryFile } = start();
    writeFileSync(join(root, main), 'import money # as no other file does');
    const context = contextOf(root, rootsIn(files));
    const trace = async () => traceDependencies(context, ImportMemory.open(memoryFile));
    rmSync(join(root, main));
    expect(await trace()).toMatchObject({ edges: [], unread: [main] });
    writeFileSync(join(root, main), 'import money # as no other file does');
    expect(await trace()).toEqual({ edges: [toMoney], parsed: [main], unread: [] });
  });

  test('nothing is written when nothing is new', async () => {
    const { memoryFile, trace } = start();
    await trace();
    utimesSync(memoryFile, 0, 0);
    await trace();
    expect(statSync(memoryFile).mtimeMs).toBe(0);
  });

  test.each<readonly [string, (text: string) => string]>([
    ['cut short', (text) => text.slice(0, text.length / 2)],
    ['of another version', (text) => text.replace('imports 1', 'imports 0')],
    ['without a table', (text) => text.split('\n').toSpliced(2, 1, '[').join('\n')],
    ['with a line that is none', (text) => text.split('\n').toSpliced(3, 1, 'x').join('\n')],
    ['empty', () => ''],
  ])('a memory that is %s is an empty one', async (_, damage) => {
    const { memoryFile, trace } = start();
    const first = await trace();
    writeFileSync(memoryFile, damage(readFileSync(memoryFile, 'utf8')));
    expect(await trace()).toEqual(first);
    expect((await trace()).parsed).toEqual([]);
  });

  test('what is no more is forgotten when it outweighs the rest', async () => {
    const { root, memoryFile, trace } = start();
    await trace();
    const before = readFileSync(memoryFile, 'utf8').split('\n');
    for (let edit = 0; edit < 20; edit += 1) {
      writeFileSync(join(root, main), `import a${edit}`);
      await trace();
    }
    const after = readFileSync(memoryFile, 'utf8').split('\n');
    expect(after.length).toBeLessThanOrEqual(before.length * 2);
    expect(after[1]).toContain('a19');
    expect(after[1]).not.toMatch(/a0\b/);
  });

  test('a folder that cannot be written to costs nothing but time', async () => {
    const { root } = start();
    const memory = ImportMemory.open(join(root, main, 'imports.txt'));
    expect((await traceDependencies(contextOf(root, rootsIn(files)), memory)).edges).toEqual([toMoney]);
  });

  test('the order in which Nx hands projects and files over changes nothing', async () => {
    const { root, memoryFile } = start();
    const context = contextOf(root, rootsIn(files));
    const turned = {
      ...context,
      projects: Object.fromEntries(Object.entries(context.projects).toReversed()),
      fileMap: {
        ...context.fileMap,
        projectFileMap: Object.fromEntries(
          Object.entries(context.fileMap.projectFileMap).map(([project, list]) => [project, list.toReversed()]),
        ),
      },
    };
    const trace = async (workspace: CreateDependenciesContext) => (await traceDependencies(workspace, ImportMemory.open(memoryFile))).edges;
    expect(JSON.stringify(await trace(turned))).toBe(JSON.stringify(await trace(context)));
  });
});
