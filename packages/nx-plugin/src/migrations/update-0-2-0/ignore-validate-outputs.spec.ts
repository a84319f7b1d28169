import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { expect, test } from 'vitest';
import ignoreValidateOutputs from './ignore-validate-outputs';

/** `.gitignore` after the migration. */
function migrate(gitignore?: string): string | null {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  if (gitignore !== undefined) tree.write('.gitignore', gitignore);
  ignoreValidateOutputs(tree);
  return tree.read('.gitignore', 'utf-8');
}

const added = '# Written by validate\n**/.fastapi/surface.json\n**/.fastapi/validate.sarif\n';
/** As `init` of 0.1.0 left it. */
const before = 'node_modules/\n.nx/\n\n# Python\n.venv/\n__pycache__/\n.mypy_cache/\n.pytest_cache/\n.ruff_cache/\n';

test.each([
  ['a workspace of 0.1.0', before, `${before}\n${added}`],
  ['one without .gitignore', undefined, added],
  ['one whose file ends without a line break', 'node_modules', `node_modules\n\n${added}`],
  ['one of Windows', 'node_modules\r\n', `node_modules\r\n\r\n${added.replaceAll('\n', '\r\n')}`],
  [
    'one that ignores some of it',
    `**/.fastapi/surface.json\n`,
    '**/.fastapi/surface.json\n\n# Written by validate\n**/.fastapi/validate.sarif\n',
  ],
])('%s ignores what validate writes', (_, text, expected) => {
  expect(migrate(text)).toBe(expected);
});

test('run again, it changes nothing', () => {
  expect(migrate(`${before}\n${added}`)).toBe(`${before}\n${added}`);
});
