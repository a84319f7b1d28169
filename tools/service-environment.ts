import { delimiter, join } from 'node:path';
import { makeUvEnvironment } from '../packages/generator-core/src/trial/uv-environment';
import { installUv, requirePython, root } from './setup.mjs';

/** A Python with the packages of a service, kept in `.cache/services` and made with the pinned uv. `pyproject` is the service's own. */
export async function serviceEnvironment(service: string, pyproject: string): Promise<string> {
  await provideUv();
  const made = await makeUvEnvironment(join(root, '.cache/services', service), pyproject, new AbortController().signal);
  if (made.kind === 'failed') throw new Error(`No Python with the packages of ${service} could be made: ${made.why}`);
  return made.environment.python;
}

/** Puts the pinned uv on the PATH of this process. */
export async function provideUv(): Promise<string> {
  const uv = await installUv(await requirePython());
  process.env['PATH'] = `${uv.folder}${delimiter}${process.env['PATH'] ?? ''}`;
  return join(uv.folder, 'uv');
}
