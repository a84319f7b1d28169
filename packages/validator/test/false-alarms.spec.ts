import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openProject, readProjectFiles } from '../src/index';

const PACKAGES = [
  'asyncio',
  'collections',
  'concurrent',
  'ctypes',
  'email',
  'html',
  'http',
  'importlib',
  'json',
  'logging',
  'multiprocessing',
  'sqlite3',
  'tomllib',
  'unittest',
  'urllib',
  'wsgiref',
  'xml',
  'zoneinfo',
];

/** Bare `except:` is meant to be found there, and it is there. */
test('the standard library that runs here has no certain fault', () => {
  const [folder, version] = spawnSync(
    'python3',
    ['-c', 'import os, sys; print(os.path.dirname(os.__file__)); print("%d.%d" % sys.version_info[:2])'],
    { encoding: 'utf8' },
  )
    .stdout.trim()
    .split('\n');
  const files = new Map<string, string>();
  for (const name of PACKAGES) {
    for (const [path, text] of readProjectFiles(`${folder}/${name}`).files)
      if (!/(^|\/)tests?\//.test(path)) files.set(`${name}/${path}`, text);
  }
  const start = performance.now();
  const found = openProject({ files, pythonVersion: version! }).check();
  const milliseconds = Math.round(performance.now() - start);
  const lines = [...files.values()].reduce((sum, text) => sum + text.split('\n').length, 0);
  const certain = found.filter(({ certainty, rule }) => certainty === 'certain' && rule !== 'bare-except');
  console.log(
    `false alarms: ${files.size} files, ${lines} lines, ${milliseconds} ms; certain ${certain.length}, possible ${found.filter(({ certainty }) => certainty === 'possible').length}, bare-except ${found.filter(({ rule }) => rule === 'bare-except').length}`,
  );
  expect(files.size).toBeGreaterThan(100);
  expect(certain.map(({ path, range, message }) => `${path}:${range.start.line} ${message}`)).toEqual([]);
});
