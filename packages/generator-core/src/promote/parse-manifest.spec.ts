import { expect, test } from 'vitest';
import { createManifest } from './create-manifest';
import { formatManifest } from './format-manifest';
import { parseManifest } from './parse-manifest';

const key = { spec: 'a', template: 'b', needs: 'c' };
const manifest = createManifest({
  generator: '0.2.0',
  specText: 'service: todo\n',
  artifacts: [
    { path: 'b.py', role: 'operation-service', operation: 'finish' },
    { path: 'a.py', role: 'model', entity: 'Task' },
  ],
  details: new Map([
    ['a.py', { key, surface: 'd' }],
    ['b.py', { key: { ...key, model: 'm' }, model: 'scripted-1' }],
  ]),
});
const header = '{"version":2,"generator":"0.2.0"}';
const spec = '{"spec":"5dce60d05aad6967b4ec14ce8dd0e8d95a0d3a37d97dfe3b9a3d6d1dc0bbb8a4"}';
const line = (path: string, more: object = {}): string => JSON.stringify({ path, role: 'model', ...more });

/** The artifacts of a manifest of these lines. */
function read(...lines: readonly string[]): unknown {
  const reading = parseManifest(`${lines.join('\n')}\n`);
  return reading.kind === 'read' ? { ...reading.manifest, artifacts: [...reading.manifest.artifacts.values()] } : reading;
}

test('an artifact is a line, sorted by path, and what is written is what is read', () => {
  const text = formatManifest(manifest);
  expect(text.split('\n')).toEqual([
    header,
    `{"spec":"${manifest.spec}"}`,
    '{"path":"a.py","role":"model","entity":"Task","key":{"spec":"a","template":"b","needs":"c"},"surface":"d"}',
    '{"path":"b.py","role":"operation-service","operation":"finish","key":{"spec":"a","template":"b","needs":"c","model":"m"},"model":"scripted-1"}',
    '',
  ]);
  expect(parseManifest(text)).toEqual({ kind: 'read', manifest });
  expect(parseManifest(text.replaceAll('\n', '\r\n'))).toEqual({ kind: 'read', manifest });
});

test('lines of two branches: doubles are one, and what they say differently is not known', () => {
  expect(
    read(
      header,
      spec,
      '{"spec":"other"}',
      line('z.py', { entity: 'Tag', key, surface: 'd', model: 'm' }),
      line('z.py', { entity: 'Tag', key: { ...key, spec: 'x' }, surface: 'd' }),
      line('a.py', { key }),
      line('a.py', { key }),
      header,
    ),
  ).toEqual({
    version: 2,
    generator: '0.2.0',
    spec: undefined,
    artifacts: [
      { path: 'a.py', role: 'model', key },
      { path: 'z.py', role: 'model', entity: 'Tag', model: 'm', isContested: true },
    ],
  });
});

test("git's own markers, where nobody told it to put lines together, are no lines", () => {
  expect(read(header, '<<<<<<< HEAD', spec, '||||||| 1234567', '=======', spec, '>>>>>>> other', line('a.py'))).toMatchObject({
    spec: (JSON.parse(spec) as { spec: string }).spec,
    artifacts: [{ path: 'a.py', role: 'model' }],
  });
});

test('a newer manifest is named, whatever its lines are', () => {
  expect(read('{"version":3,"generator":"0.9.0"}', 'what?')).toEqual({ kind: 'newer', version: 3, generator: '0.9.0' });
  expect(read(header, line('a.py'), '{"version":4}')).toEqual({ kind: 'newer', version: 4, generator: undefined });
});

test.each([
  ['a line that is no JSON', 2, [header, '{']],
  ['a line of something else', 3, [header, spec, '{"role":"model"}']],
  ['no header', 1, [line('a.py')]],
  ['nothing', 1, []],
])('%s cannot be read', (_, number, lines) => {
  expect(read(...lines)).toEqual({ kind: 'unreadable', line: number });
});
