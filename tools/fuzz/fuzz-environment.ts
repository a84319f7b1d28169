import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../run-command.mjs';
import { root } from '../setup.mjs';
import { provideUv } from '../service-environment';

/** What the pinned schemathesis and its own dependencies are. */
export const requirementsFile = join(root, 'tools/fuzz/requirements.txt');

/** The program `schemathesis` in an environment of its own: a service is tested from outside, and need not share its packages. */
export async function fuzzEnvironment(): Promise<string> {
  const uv = await provideUv();
  const folder = join(root, '.cache/tools', `schemathesis-${pinnedSchemathesis()}`);
  const python = join(folder, 'bin/python');
  const steps = [
    ['venv', '--quiet', '--allow-existing', '--python', '>=3.11', folder],
    ['pip', 'sync', '--quiet', '--python', python, '--require-hashes', requirementsFile],
  ];
  for (const step of steps) {
    const { status, output, commandLine } = await runCommand(uv, step, { folder: root });
    if (status !== 0) throw new Error(`${commandLine} failed:\n${output}`);
  }
  return join(folder, 'bin/schemathesis');
}

/** The version of schemathesis that `requirements.txt` names. */
export function pinnedSchemathesis(): string {
  const version = /^schemathesis==(\S+)/m.exec(readFileSync(requirementsFile, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${requirementsFile} does not name schemathesis. Make it anew with tools/fuzz/resolve.ts.`);
  return version;
}
