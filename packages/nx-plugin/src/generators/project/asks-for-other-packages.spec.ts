import { expect, test } from 'vitest';
import { asksForOtherPackages } from './asks-for-other-packages';

const text =
  '[project]\nname = "todo"\ndependencies = ["fastapi==0.165.0"]\n\n[tool.uv]\npackage = false\n\n[tool.importlinter]\nlayers = ["app"]\n';

test('other layers, comments and names need no installation', () => {
  expect(asksForOtherPackages(text, text.replace('["app"]', '["app", "tests"]').replace('"todo"', '"to-do" # renamed'))).toBe(false);
});

test.each([
  ['a dependency', text.replace('0.165.0', '0.165.1')],
  ['a group', `${text}[dependency-groups]\ndev = []\n`],
  ['the settings of uv', text.replace('false', 'true')],
  ['Python', text.replace('name', 'requires-python = ">=3.12"\nname')],
  ['what cannot be read', '[project'],
])('%s does', (_about, changed) => {
  expect(asksForOtherPackages(text, changed)).toBe(true);
});
