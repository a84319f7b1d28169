import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files of one package, and the modules of it to import, each in a process of its own. */
export interface ImportTask {
  readonly files: ReadonlyMap<string, string>;
  readonly modules: readonly string[];
}

/** Forks one interpreter for every import, so that none sees what another has loaded. */
const PROGRAM = `import json, os, sys
def attempt(folder, name):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        sys.stdout = open(os.devnull, "w")
        sys.path[0] = folder
        try:
            __import__(name)
            answer = "works"
        except BaseException as error:
            answer = type(error).__name__ + ": " + str(error)
        os.write(writing, answer.encode()[:1000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        answer = stream.read().decode()
    os.waitpid(child, 0)
    return answer
print(json.dumps([{name: attempt(folder, name) for name in names} for folder, names in json.load(sys.stdin)]))`;

/** What `import module` does in CPython, started in the package's folder: `works`, or the error. One answer for each task. */
export function importInPython(tasks: readonly ImportTask[]): readonly Readonly<Record<string, string>>[] {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    tasks.forEach(({ files }, index) => {
      for (const [path, text] of files) {
        const file = join(folder, String(index), path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    });
    const input = JSON.stringify(tasks.map(({ modules }, index) => [join(folder, String(index)), modules]));
    const run = spawnSync('python3', ['-S', '-B', '-c', PROGRAM], { cwd: folder, input, encoding: 'utf8', maxBuffer: 1 << 28 });
    return JSON.parse(run.stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
