import { createRequire } from 'node:module';

const changing = [
  'mkdirSync',
  'openSync',
  'writeFileSync',
  'writeSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'unlinkSync',
  'chmodSync',
] as const;

/**
 * Kills this process in its n-th call of `node:fs` that changes the disk (0: in none). What is killed while it writes has written half of
 * its text.
 *
 * @returns how many such calls there were so far
 */
export function killAtChange(deadly: number): () => number {
  const patched = createRequire(__filename)('node:fs') as Record<string, (...args: unknown[]) => unknown>;
  let calls = 0;
  for (const name of changing) {
    const original = patched[name]!;
    patched[name] = (...args) => {
      calls += 1;
      if (calls === deadly) {
        if (name === 'writeFileSync') original(args[0], Buffer.from(args[1] as string | Buffer).subarray(0, 3));
        process.kill(process.pid, 'SIGKILL');
      }
      return original(...args);
    };
  }
  return () => calls;
}
