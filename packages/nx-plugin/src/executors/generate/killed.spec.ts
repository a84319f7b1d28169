import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { chances, counterSpec } from '@org/generator-core/testing';
import { expect, test } from 'vitest';
import { openTransaction } from '../../adapters/transaction/transaction';
import { readFiles } from '../../testing/read-files';
import { runInProcess } from '../../testing/run-in-process';
import { temporaryFolder } from '../../testing/temporary-folder';

/** A run in a process of its own takes seconds: KILLS=50 by hand. Two more are killed, in their first change of the disk and in their last. */
const kills = Number(process.env['KILLS'] ?? 1);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

const edited = 'apps/counter/app/models/counter.py';

function copyOf(workspace: string): string {
  const copy = temporaryFolder();
  cpSync(workspace, copy, { recursive: true });
  return copy;
}

/** What the next run does first: it rolls forward, or drops what was begun. */
function recover(root: string): void {
  openTransaction({ workspaceRoot: root, directory: 'apps/counter' }).close();
}

/** A service with an edit of its user, whose spec has a field more than the files have. */
function outOfStep(): string {
  const root = temporaryFolder({ 'nx.json': '{}\n', 'apps/counter/service.yaml': counterSpec });
  expect(runInProcess('killed-generation.ts', [root]).status).toBe(0);
  writeFileSync(join(root, edited), (readFiles(root)[edited] ?? '').replace('\n', '\n# mine\n'));
  writeFileSync(join(root, 'apps/counter/service.yaml'), counterSpec.replace('value: int = 0', 'value: int = 0, note: string(1..50)?'));
  return root;
}

test(`a run that is killed at its first change of the disk, its last and ${kills} between leaves the service as before or as after, and the next one ends as if nothing had been; SEED=${seed}`, () => {
  const start = outOfStep();
  const before = readFiles(start);
  const whole = copyOf(start);
  const { status, stdout, stderr } = runInProcess('killed-generation.ts', [whole]);
  expect(status, stdout + stderr).toBe(0);
  const instants = Number(stdout.split('\n').at(-1));
  const after = readFiles(whole);
  expect(after[edited]).toMatch(/# mine\n.*note: Mapped/s);
  const next = chances(seed);
  const random = Array.from({ length: kills }, (_, kill) => 1 + Math.floor(((kill + next()) * instants) / kills));
  const ends = [1, ...random, instants].map((instant) => {
    const root = copyOf(start);
    expect(runInProcess('killed-generation.ts', [root, String(instant)]).killed).toBe(true);
    const continued = copyOf(root);
    recover(root);
    const found = readFiles(root);
    expect([before, after], `killed in change ${instant} of ${instants}, SEED=${seed}`).toContainEqual(found);
    expect(runInProcess('killed-generation.ts', [continued]).status).toBe(0);
    expect(readFiles(continued)).toEqual(after);
    return isDeepStrictEqual(found, before) ? 'as before' : 'as after';
  });
  expect([ends[0], ends.at(-1)]).toEqual(['as before', 'as after']);
}, 600_000);
