import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bubblewrapWords } from './bubblewrap-words';
import type { ConfinedRun, ConfinementLimits } from './confined-command';
import { findConfinement } from './find-confinement';
import { runConfined } from './run-confined';

const confinement = findConfinement();
const isShutIn = confinement.level === 'bubblewrap';
if (!isShutIn) process.stderr.write(`Skipped: what bubblewrap keeps in. ${confinement.weakness ?? ''}\n`);

const python = realpathSync(execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim());
const prefix = realpathSync(execFileSync(python, ['-c', 'import sys; print(sys.base_prefix)'], { encoding: 'utf8' }).trim());

const LIMITS: ConfinementLimits = {
  wallMilliseconds: 20_000,
  cpuSeconds: 10,
  memoryBytes: 1_000_000_000,
  processes: 40,
  fileBytes: 1_000_000,
  outputBytes: 100_000,
};

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'confined-'));
  folder = join(root, 'work');
  mkdirSync(folder);
  writeFileSync(join(root, 'secret.txt'), 'the secret');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function run(program: string, limits: Partial<ConfinementLimits> = {}, signal = new AbortController().signal): Promise<ConfinedRun> {
  const command = {
    program: python,
    arguments: ['-c', program],
    folder,
    readable: prefix.startsWith('/usr') ? [] : [prefix],
    environment: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: '/tmp' },
    limits: { ...LIMITS, ...limits },
  };
  return runConfined(command, { confinement, signal });
}

describe.skipIf(!isShutIn)('what bubblewrap keeps in', () => {
  test('an honest program works and can write in its folder', async () => {
    const result = await run(
      `import os, tempfile\nopen("a.txt", "w").write("kept")\ntempfile.mkstemp()\nprint(sorted(set(os.environ) - {"LC_CTYPE"}))`,
    );
    expect(result).toEqual({
      level: 'bubblewrap',
      exitCode: 0,
      signal: undefined,
      stoppedFor: undefined,
      output: "['HOME', 'LANG', 'PATH', 'PWD']\n",
      errorOutput: '',
    });
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('kept');
  });

  test('no network, not even ours', async () => {
    const server = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const result = await run(
      `import socket\ntry:\n    socket.create_connection(("127.0.0.1", ${port}), 3)\n    print("connected")\nexcept OSError as error:\n    print(type(error).__name__)`,
    );
    server.close();
    expect(result.output).toBe('ConnectionRefusedError\n');
  });

  test('files outside are not there, and the system is read-only', async () => {
    const program = `import pathlib
for path in (${JSON.stringify(join(root, 'secret.txt'))}, "/etc/shadow", "/etc/passwd", "/root/.ssh"):
    print(pathlib.Path(path).exists() if True else None)
for path in ("/usr/x", "/x", "${prefix}/x"):
    try:
        open(path, "w")
        print("written", path)
    except OSError as error:
        print(type(error).__name__)`;
    const { output } = await run(program);
    expect(
      output
        .split('\n')
        .slice(0, 4)
        .filter((line) => line === 'True'),
    ).toEqual([]);
    expect(output).not.toContain('written');
  });

  test('our environment is not seen', async () => {
    process.env['CONFINED_SECRET'] = 'the secret';
    const { output } = await run(
      'import os, pathlib\nprint(dict(os.environ))\nprint([p.read_bytes() for p in pathlib.Path("/proc").glob("[0-9]*/environ") if os.access(p, os.R_OK)])',
    );
    delete process.env['CONFINED_SECRET'];
    expect(output).not.toContain('the secret');
  });

  test('our processes are not seen', async () => {
    const { output } = await run('import pathlib\nprint(sum(path.name.isdigit() for path in pathlib.Path("/proc").iterdir()))');
    expect(Number(output)).toBeLessThan(10);
  });

  test('a fork bomb stops at the limit', async () => {
    const program = `import os, time
count = 0
try:
    while count < 1000:
        if os.fork() == 0:
            time.sleep(30)
            os._exit(0)
        count += 1
except OSError as error:
    print(type(error).__name__, count < 100)`;
    expect((await run(program)).output).toBe('BlockingIOError True\n');
  });

  test('memory', async () => {
    const result = await run('x = bytearray(2_000_000_000)');
    expect(result.exitCode).toBe(1);
    expect(result.errorOutput).toContain('MemoryError');
  });

  test('a file that grows', async () => {
    const result = await run('import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nopen("big", "wb").write(b"x" * 5_000_000)');
    expect(result.errorOutput).toContain('File too large');
  });

  test('an endless loop', async () => {
    expect(await run('while True: pass', { wallMilliseconds: 500 })).toMatchObject({
      exitCode: undefined,
      signal: 'SIGKILL',
      stoppedFor: 'time',
    });
    expect(await run('while True: pass', { cpuSeconds: 1 })).toMatchObject({ stoppedFor: undefined, exitCode: expect.any(Number) });
  });

  test('endless output', async () => {
    const result = await run('while True: print("x" * 1000)', { outputBytes: 10_000 });
    expect(result).toMatchObject({ stoppedFor: 'output', signal: 'SIGKILL' });
  });

  test('what it leaves running ends with it', async () => {
    const mark = `mark_${process.pid}_${Date.now()}`;
    await run(
      `import subprocess, sys\nsubprocess.Popen([sys.executable, "-c", "import time; ${mark} = 1; time.sleep(60)"], start_new_session=True)`,
    );
    const left = spawnSync('pgrep', ['-f', mark], { encoding: 'utf8' });
    expect(left.stdout).toBe('');
  });

  test('cancelling', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    expect(await run('import time; time.sleep(60)', {}, controller.signal)).toMatchObject({ stoppedFor: 'cancelled', signal: 'SIGKILL' });
  });

  test('a link out of the folder leads nowhere', async () => {
    const { output } = await run(
      `import os\nos.symlink(${JSON.stringify(join(root, 'secret.txt'))}, "link")\nprint(os.path.exists("link"))`,
    );
    expect(output).toBe('False\n');
    expect(existsSync(join(root, 'secret.txt'))).toBe(true);
  });
});

test('without root the user namespace takes the place of nobody', () => {
  const command = { program: 'p', arguments: ['a'], folder: '/tmp/w', readable: ['/opt/py/3'], environment: { A: 'b' }, limits: LIMITS };
  const words = bubblewrapWords(command, { isRoot: false, links: { '/bin': 'usr/bin' } });
  expect(words).toContain('--unshare-user');
  expect(words).not.toContain('setpriv');
  expect(words.join(' ')).toContain('--symlink usr/bin /bin');
  expect(words.join(' ')).toContain('--perms 0755 --dir /opt --perms 0755 --dir /opt/py --ro-bind /opt/py/3 /opt/py/3');
  expect(words.slice(words.indexOf('--') + 1)).toEqual([
    ...['prlimit', '--cpu=10', '--as=1000000000', '--nproc=40', '--fsize=1000000', '--core=0'],
    ...['p', 'a'],
  ]);
});
