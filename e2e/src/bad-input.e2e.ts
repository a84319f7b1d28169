import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ownWorkspace } from './set-up/own-workspace';
import { expectRefusal, expectSuccess, exists, generate, generateFrom, nxWith, read, readTree, remove, write } from './set-up/user';

/** What can be wrong, and what a user then reads: one clear message, a bad exit code, and nothing half-written. */
describe('bad input', () => {
  afterEach(() => remove('apps/broken'));

  const field = (name: string, type: string): string => `service: broken\nentities:\n  Thing:\n    fields: { ${name}: ${type} }\n`;
  const fortyFaults = `service: broken\nentities:\n  Thing:\n    fields:\n${Array.from({ length: 40 }, (_, index) => `      field_${index}: strimg(20)\n`).join('')}`;

  const soundSpec = (): string => read('specs/todo.yaml').replace('service: todo', 'service: broken');

  test.each([
    { about: 'a spec that is not YAML', spec: 'service: [broken\nentities: }', message: /broken\.yaml:\d+:\d+/ },
    { about: 'an empty spec', spec: '', message: /broken\.yaml.*empty|empty.*broken\.yaml/is },
    { about: 'a Python keyword as a name', spec: field('class', 'string(20)'), message: /broken\.yaml:4:\d+.*class.*(keyword|reserved)/is },
    { about: 'an unknown type', spec: field('name', 'strimg(20)'), message: /broken\.yaml:4:\d+.*strimg.*string/is },
  ])('$about', async ({ spec, message }) => {
    write('broken.yaml', spec);
    expectRefusal(await generateFrom('broken', 'broken.yaml'), message);
    expect(exists('apps/broken')).toBe(false);
  });

  test('a spec with 40 faults: all of them, each with its place', async () => {
    write('broken.yaml', fortyFaults);
    const result = await generateFrom('broken', 'broken.yaml');
    expectRefusal(result, /strimg/);
    const places = new Set(result.output.match(/broken\.yaml:\d+:\d+/g));
    expect(places.size, result.output).toBe(40);
    expect(exists('apps/broken')).toBe(false);
  });

  test('a spec that is not there', async () => {
    expectRefusal(await generateFrom('broken', 'nowhere.yaml'), /nowhere\.yaml/);
    expect(exists('apps/broken')).toBe(false);
  });

  test('a target folder with files of somebody else', async () => {
    write('apps/broken/app/main.py', '# somebody else was here\n');
    write('broken.yaml', soundSpec());
    expectRefusal(await generateFrom('broken', 'broken.yaml'), /app\/main\.py/);
    expect(Object.keys(readTree('apps/broken'))).toEqual(['app/main.py']);
  });

  // Root may write into a read-only folder, so a file where a folder must be stands for all that cannot be written.
  test.each([
    { path: 'apps/broken', message: /apps\/broken is a file/ },
    { path: 'apps/broken/app', message: /Nothing was written to apps\/broken.*^ +app$/ms },
  ])('a file where the folder $path must be', async ({ path, message }) => {
    write(path, 'I am a file.\n');
    write('broken.yaml', soundSpec());
    expectRefusal(await generateFrom('broken', 'broken.yaml'), message);
    expect(read(path)).toBe('I am a file.\n');
    if (path !== 'apps/broken') expect(Object.keys(readTree('apps/broken'))).toEqual(['app']);
  });

  test('no uv on the PATH, for the generator', async () => {
    write('broken.yaml', soundSpec());
    expectRefusal(
      await nxWith(withoutUv(), 'g', '@org/fastapi:project', 'apps/broken', '--spec', 'broken.yaml'),
      /uv.*(install|https:\/\/)/is,
    );
    expect(exists('apps/broken')).toBe(false);
  });

  test('no uv on the PATH, for a target', async () => {
    expectSuccess(await generate('todo', 'todo'));
    expectRefusal(await nxWith(withoutUv(), 'run', 'todo:test', '--skip-nx-cache'), /\buv\b/);
  });
});

function withoutUv(): NodeJS.ProcessEnv {
  const folders = (ownWorkspace().environment['PATH'] ?? '').split(delimiter);
  return { PATH: folders.filter((folder) => !existsSync(join(folder, 'uv'))).join(delimiter) };
}
