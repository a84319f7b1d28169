import * as fs from 'node:fs';
import { expect, test, vi } from 'vitest';
import { UserError } from '../../errors/user-error';
import { readFiles } from '../../testing/read-files';
import { temporaryFolder } from '../../testing/temporary-folder';
import { openTransaction } from './transaction';

/** In which call that takes room there is none, counted down; 0: there is always some. */
const disk = vi.hoisted(() => ({ callsLeft: 0 }));

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const limited =
    <Args extends readonly unknown[], Result>(work: (...args: Args) => Result) =>
    (...args: Args): Result => {
      disk.callsLeft -= 1;
      if (disk.callsLeft === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' });
      return work(...args);
    };
  const { mkdirSync, openSync, writeFileSync, writeSync, renameSync } = real;
  return {
    ...real,
    mkdirSync: limited(mkdirSync as (path: string) => string | undefined),
    openSync: limited(openSync as (path: string, flags: string) => number),
    writeFileSync: limited(writeFileSync),
    writeSync: limited(writeSync as (handle: number, text: string) => number),
    renameSync: limited(renameSync),
  };
});

const start = { 'nx.json': '{}\n', 'apps/shop/app/main.py': 'old\n', 'apps/shop/app/gone.py': 'gone\n' };
const changes = [
  { path: 'apps/shop/app/main.py', before: Buffer.from('old\n'), after: Buffer.from('new\n') },
  { path: 'apps/shop/app/fresh/one.py', before: undefined, after: Buffer.from('one\n') },
  { path: 'apps/shop/app/gone.py', before: Buffer.from('gone\n'), after: undefined },
];
const whole = { 'apps/shop/app/fresh/one.py': 'one\n', 'apps/shop/app/main.py': 'new\n', 'nx.json': '{}\n' };

/** Applies the changes on a disk that is full in the given call. */
function applyOnFullDisk(folder: string, call: number): string {
  disk.callsLeft = call;
  try {
    const transaction = openTransaction({ workspaceRoot: folder, directory: 'apps/shop' });
    try {
      transaction.apply(changes);
    } finally {
      transaction.close();
    }
    return disk.callsLeft > 0 ? 'never full' : '';
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  } finally {
    disk.callsLeft = 0;
  }
}

test('wherever the disk is full, nothing was written and nothing is left, or the next run ends what was begun', () => {
  const messages: string[] = [];
  for (let call = 1; ; call += 1) {
    const folder = temporaryFolder(start);
    const sorted = readFiles(folder);
    const message = applyOnFullDisk(folder, call);
    if (message === 'never full') break;
    if (message === '') {
      // The disk was full where only a loss of power would have told.
      expect(readFiles(folder)).toEqual(whole);
      continue;
    }
    const isUnwritten = message.includes('Nothing was written to apps/shop.');
    if (isUnwritten) expect(readFiles(folder)).toEqual(sorted);
    openTransaction({ workspaceRoot: folder, directory: 'apps/shop' }).close();
    expect(readFiles(folder), `full in call ${call}: ${message}`).toEqual(isUnwritten ? sorted : whole);
    messages.push(message);
  }
  expect(messages.length).toBeGreaterThan(10);
  expect([...new Set(messages)]).toEqual([
    'ENOSPC: no space left on device. Nothing was written to apps/shop. What to do: make room, or let the place be written to, and run again.',
    'ENOSPC: no space left on device. Some files of apps/shop are new and some are not yet: all of them are ready in apps/shop/.fastapi/transaction. ' +
      'What to do: make room, or let the place be written to, and run again; the next run puts the others in place first.',
  ]);
});
