import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listImports } from '../src/scan/list-imports';

/** CPython's own parser: `[level, module, [names]]` of every import in every file that it can read, in the order of the text. */
const ORACLE = `
import ast, json, sys
def imports(path):
    try: tree = ast.parse(open(path, 'rb').read())
    except (SyntaxError, ValueError, RecursionError): return None
    nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    found = []
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(node, ast.Import): found += [[0, alias.name, []] for alias in node.names]
        else: found.append([node.level, node.module or '', [alias.name for alias in node.names]])
    return found
json.dump({path: imports(path) for path in json.load(sys.stdin)}, sys.stdout)
`;

const library = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'], {
  encoding: 'utf8',
}).stdout.trim();
const paths = ['', 'asyncio', 'email', 'json', 'concurrent/futures', 'lib2to3', 'test', 'unittest'].flatMap((folder) =>
  listPythonFiles(folder),
);

function listPythonFiles(folder: string): readonly string[] {
  const names = readdirSync(join(library, folder), { withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.py'));
  return names.map(({ name }) => join(library, folder, name)).sort();
}

test('the imports of the standard library are those that CPython sees', () => {
  const outcome = spawnSync('python3', ['-c', ORACLE], { input: JSON.stringify(paths), encoding: 'utf8', maxBuffer: 1e9 });
  const expected = Object.entries(JSON.parse(outcome.stdout) as Record<string, unknown>).filter(([, imports]) => imports !== null);
  expect(expected.length).toBeGreaterThan(150);
  const found = expected.map(([path]) => [
    path,
    listImports(readFileSync(path, 'utf8')).map(({ level, module, names }) => [level, module, names]),
  ]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
});
