import { expect, test } from 'vitest';
import { mapProject } from '../testing/map-project';
import { createManifest } from './create-manifest';
import { formatManifest } from './format-manifest';
import { readManifest } from './read-manifest';

const manifest = createManifest({
  generator: '0.1.0',
  specText: 'service: todo\n',
  texts: new Map([
    ['b.py', 'b'],
    ['a.py', 'a'],
  ]),
});

test('what is written is what is read, files sorted', () => {
  expect(readManifest(mapProject({ '.fastapi/manifest.json': formatManifest(manifest) }))).toEqual(manifest);
  expect(Object.keys(manifest.files)).toEqual(['a.py', 'b.py']);
});

test('no manifest, no answer', () => {
  expect(readManifest(mapProject({}))).toBeUndefined();
});

test.each(['{', '{"version":2,"generator":"9.0.0","spec":"","files":{}}', '[]'])('%s is refused with the mend', (text) => {
  expect(() => readManifest(mapProject({ '.fastapi/manifest.json': text }))).toThrow(
    '.fastapi/manifest.json cannot be read as a manifest of version 1, so it is not known which files were edited since they were generated. ' +
      'Restore it from version control, or use the version of @org/fastapi that wrote it.',
  );
});
