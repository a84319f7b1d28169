import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand, type CommandResult } from './run-command.mjs';
import { packageNames, root } from './setup.mjs';

/** A forbidden line in a copy of the sources, and what must be said of it. */
const violations = [
  {
    rule: 'validator-text-imports-downwards',
    file: 'validator/src/text/planted-1.ts',
    line: "import '../rules/rule';",
    mend: 'take it as an argument from the caller above',
  },
  {
    rule: 'generator-core-plan-imports-downwards',
    file: 'generator-core/src/plan/planted-2.ts',
    line: "import '../run/generate-service';",
    mend: 'take it as an argument from the caller above',
  },
  {
    rule: 'validator-has-a-floor',
    file: 'validator/src/util/planted-3.ts',
    line: "import '../text/line-index';",
    mend: 'add the folder to the validator table',
  },
  {
    rule: 'validator-knows-no-other-package',
    file: 'validator/src/text/planted-4.ts',
    line: "import '@org/generator-core';",
    mend: 'pass what is needed as a value',
  },
  {
    rule: 'nx-only-in-the-plugin',
    file: 'generator-core/src/run/planted-5.ts',
    line: "import '@nx/devkit';",
    mend: 'keep the Nx part in packages/nx-plugin',
  },
  {
    rule: 'packages-are-not-reached-by-path',
    file: 'generator-core/src/run/planted-6.ts',
    line: "import '../../../validator/src/index';",
    mend: "import it by its name, '@org/…'",
  },
  {
    rule: 'disk-only-at-the-edges',
    file: 'generator-core/src/run/planted-7.ts',
    line: "import 'node:fs';",
    mend: 'read the file at one of the edges',
  },
  {
    rule: 'processes-at-named-edges',
    file: 'validator/src/rules/planted-8.ts',
    line: "import 'node:child_process';",
    mend: 'do it in packages/nx-plugin/src',
  },
  {
    rule: 'no-cycle',
    file: 'generator-core/src/spec/planted-9.ts',
    line: "import './planted-9';",
    mend: 'move the shared part to a file of its own',
  },
  { rule: 'no-orphan', file: 'generator-core/src/spec/planted-10.ts', line: 'export {};', mend: 'or delete it' },
  { rule: 'every-import-resolves', file: 'generator-core/src/spec/planted-11.ts', line: "import './nowhere';", mend: 'correct the path' },
] as const;

/** One copy of the sources has them all, so that one run tells. */
describe('check-floors', () => {
  let folder: string;
  let result: CommandResult;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fastapi-floors-'));
    cpSync(join(root, '.dependency-cruiser.cjs'), join(folder, '.dependency-cruiser.cjs'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const name of packageNames) {
      cpSync(join(root, 'packages', name, 'src'), join(folder, 'packages', name, 'src'), { recursive: true });
      cpSync(join(root, 'packages', name, 'package.json'), join(folder, 'packages', name, 'package.json'));
    }
    for (const { file, line } of violations) {
      mkdirSync(dirname(join(folder, 'packages', file)), { recursive: true });
      writeFileSync(join(folder, 'packages', file), `${line}\n`);
    }
    result = await runCommand(process.execPath, [join(root, 'tools/check-floors.mjs'), folder], { folder: root });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('fails', () => {
    expect(result.status, result.output).toBe(1);
  });

  test.each(violations)('$rule names the import and the mend', ({ rule, file, mend }) => {
    const [said = ''] = result.output.split('\n\n').filter((part) => part.trimStart().startsWith(`${rule}: Why: `));
    expect(said, result.output).toContain(mend);
    expect(said).toContain(`packages/${file}`);
  });
});
