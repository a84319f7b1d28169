import { expect, test } from 'vitest';
import { mapProject } from '../testing/map-project';
import { sampleArtifact } from '../testing/sample-artifact';
import { findMoves } from './find-moves';
import { readLastGeneration } from './last-generation';

const renames = [{ was: 'Book', name: 'Work' }];
const renamed = (text: string): string => text.replaceAll('book', 'work');
const artifacts = [
  sampleArtifact('app/models/work.py', { role: 'model', entity: 'Work' }),
  sampleArtifact('app/schemas/work.py', { role: 'entity-schema', entity: 'Work' }),
  sampleArtifact('app/main.py', { role: 'main' }),
];
const movesFrom = (files: Record<string, string>): unknown =>
  Object.fromEntries(findMoves({ artifacts, renames, renamed, last: readLastGeneration(mapProject(files)) }));
const record = (path: string, role: string, entity?: string): string => JSON.stringify({ path, role, entity });
const manifest = (...lines: readonly string[]): Record<string, string> => ({
  '.fastapi/manifest.jsonl': ['{"version":2,"generator":"0.2.0"}', ...lines, ''].join('\n'),
});

test('a file of a renamed entity comes from the one with its role and the old name', () => {
  const lines = [
    record('app/models/book.py', 'model', 'Book'),
    record('app/schemas/book.py', 'entity-schema', 'Book'),
    record('app/main.py', 'main'),
  ];
  expect(movesFrom(manifest(...lines))).toEqual({
    'app/models/work.py': 'app/models/book.py',
    'app/schemas/work.py': 'app/schemas/book.py',
  });
});

test('a rename that was done before moves nothing', () => {
  const lines = [record('app/models/work.py', 'model', 'Work'), record('app/models/book.py', 'model', 'Book')];
  expect(movesFrom(manifest(...lines))).toEqual({});
});

test('a manifest of version 1 tells it by the name of the file', () => {
  const files = { '.fastapi/manifest.json': JSON.stringify({ version: 1, generator: '0', spec: '', files: { 'app/models/book.py': '' } }) };
  expect(movesFrom(files)).toEqual({ 'app/models/work.py': 'app/models/book.py' });
});

test('before the first run there is nothing to move', () => {
  expect(movesFrom({})).toEqual({});
});
