import { expect, test } from 'vitest';
import { parseCompiledRequirements } from './parse-compiled-requirements';

const hash = (digit: string): string => `sha256:${digit.repeat(64)}`;

test('packages with their hashes, markers and what each one needs', () => {
  const output = `
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=${hash('2')} \\
    --hash=${hash('1')}
    # via pytest, click
pytest==9.2.0 \\
    --hash=${hash('3')}
    # via -r -
`;
  expect(parseCompiledRequirements(output)).toEqual({
    colorama: { version: '0.4.6', marker: "sys_platform == 'win32'", hashes: [hash('1'), hash('2')], needs: [] },
    pytest: { version: '9.2.0', hashes: [hash('3')], needs: ['colorama'] },
  });
});

test('two versions of one package are refused', () => {
  expect(() => parseCompiledRequirements('a==1\na==2')).toThrow(
    'Two versions of a were resolved, one is wanted. Loosen a requirement in python-requirements.ts.',
  );
});

test('a line of another form is refused', () => {
  expect(() => parseCompiledRequirements('--index-url somewhere')).toThrow(
    'The output of uv pip compile has a line of an unknown form: --index-url somewhere',
  );
});
