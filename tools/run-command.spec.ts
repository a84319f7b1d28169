import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort, runCommand, startService, waitUntil } from './run-command.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fastapi-run-command-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = process.execPath;

describe('runCommand', () => {
  test('gives the exit code and both streams, and logs them below the command line', async () => {
    const logFile = join(folder, 'logs/one.log');
    const result = await runCommand(node, ['-e', 'console.log("out"); console.error("err"); process.exit(3)'], { folder, logFile });
    expect(result).toMatchObject({ status: 3 });
    expect(result.output.split('\n').sort()).toEqual(['', 'err', 'out']);
    expect(readFileSync(logFile, 'utf8')).toMatch(/^\$ cd .+\n\$ .+process\.exit\(3\)'\n(out\nerr|err\nout)\n$/);
  });

  test('a program that is not there is exit code 127', async () => {
    expect(await runCommand('no-such-program', [], { folder })).toMatchObject({
      status: 127,
      output: expect.stringContaining('no-such-program'),
    });
  });

  test('is stopped at the time limit, and says so', async () => {
    const result = await runCommand(node, ['-e', 'setInterval(() => {}, 1000)'], { folder, timeout: 300 });
    expect(result).toMatchObject({ status: 124, output: expect.stringContaining('did not end within 0.3 s') });
  });
});

describe('startService', () => {
  test.runIf(process.platform === 'linux')('stop ends what the process started in sessions of their own, too', async () => {
    const port = await findFreePort();
    const server = `require("http").createServer((_, answer) => answer.end()).listen(${port}, "127.0.0.1")`;
    const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(server)}], { detached: true }); setInterval(() => {}, 1000)`;
    const service = startService(node, ['-e', parent], { folder });
    const answers = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}`).then(
        () => true,
        () => false,
      );
    expect(await waitUntil(answers, { timeout: 10_000 })).toBe(true);
    await service.stop();
    expect(await answers()).toBe(false);
    expect(service.isRunning()).toBe(false);
  });
});
