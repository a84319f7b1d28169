import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { chances } from '@org/generator-core/testing';
import { expect, test } from 'vitest';
import { readFiles } from '../../testing/read-files';
import { runInProcess } from '../../testing/run-in-process';
import { temporaryFolder } from '../../testing/temporary-folder';
import { openTransaction } from './transaction';

/** A process takes half a second to start: KILLS=50 by hand. They are spread over the whole run, so that both ends are seen. */
const kills = Number(process.env['KILLS'] ?? 6);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`apps/shop/app/models/entity_${index}.py`, `old ${index}\n`]));
const others = { 'apps/shop/mine.txt': 'mine\n', 'nx.json': '{}\n', 'apps/shop/app/legacy/gone.py': 'gone\n' };
const changes = [
  ...Object.entries(files).map(([path, before], index) => (index % 4 === 3 ? { path, before } : { path, before, after: `new ${index}\n` })),
  ...Array.from({ length: 8 }, (_, index) => ({ path: `apps/shop/app/routers/fresh/entity_${index}.py`, after: `fresh ${index}\n` })),
  { path: 'apps/shop/app/legacy/gone.py', before: 'gone\n' },
  { path: 'nx.json', before: '{}\n', after: '{ "plugins": [] }\n' },
];

/** Applies the changes in a process that is killed in its n-th call that changes the disk; gives what the process printed. */
function applyInProcess(folder: string, deadly: number): string {
  const changesFile = join(temporaryFolder(), 'changes.json');
  writeFileSync(changesFile, JSON.stringify(changes));
  const { killed, stdout, stderr } = runInProcess('killed-transaction.ts', [folder, changesFile, String(deadly)]);
  expect(stderr).toBe('');
  return killed ? 'killed' : stdout;
}

function recover(folder: string): void {
  openTransaction({ workspaceRoot: folder, directory: 'apps/shop' }).close();
}

test(`killed at ${kills} random instants, a run leaves all of it or nothing when the next one begins; SEED=${seed}`, () => {
  const start = { ...files, ...others };
  const whole = temporaryFolder(start);
  const before = readFiles(whole);
  const instants = Number(applyInProcess(whole, 0));
  const after = readFiles(whole);
  expect(after).toEqual({
    'apps/shop/mine.txt': 'mine\n',
    ...Object.fromEntries(changes.flatMap(({ path, after }) => (after === undefined ? [] : [[path, after]]))),
  });
  const next = chances(seed);
  const ends = Array.from({ length: kills }, (_, kill) => {
    const instant = 1 + Math.floor(((kill + next()) * instants) / kills);
    const folder = temporaryFolder(start);
    expect(applyInProcess(folder, instant)).toBe('killed');
    recover(folder);
    const found = readFiles(folder);
    expect([before, after], `killed in change ${instant} of ${instants}, SEED=${seed}`).toContainEqual(found);
    return isDeepStrictEqual(found, before) ? 'as before' : 'as after';
  });
  expect([...new Set(ends)]).toEqual(['as before', 'as after']);
}, 120_000);
