import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { expect, test } from 'vitest';
import { shownText } from '../../testing/shown-text';
import { temporaryFolder } from '../../testing/temporary-folder';
import { validateExecutor } from './executor';
import type { ValidateExecutorSchema } from './schema';

const good = {
  'pyproject.toml': '[project]\nname = "shop"\nversion = "0.1.0"\nrequires-python = ">=3.11"\ndependencies = ["fastapi"]\n',
  'app/__init__.py': '',
  'app/models.py': 'class Book:\n    pass\n',
  'app/main.py': 'from fastapi import FastAPI\n\nfrom app.models import Book\n\napp = FastAPI(title=Book.__name__)\n',
};
const wrongImport = { ...good, 'app/main.py': 'from app.models import Bok\n\nprint(Bok)\n' };

/** Runs the executor on a project `shop` in `apps/shop`. */
async function validate(files: Readonly<Record<string, string>>, options: ValidateExecutorSchema = {}) {
  const root = temporaryFolder(Object.fromEntries(Object.entries(files).map(([path, text]) => [`apps/shop/${path}`, text])));
  const shown = shownText();
  const result = await validateExecutor(options, contextOf(root));
  return { root, success: result.success, text: shown() };
}

function contextOf(root: string, projectName = 'shop'): ExecutorContext {
  return {
    root,
    cwd: root,
    isVerbose: false,
    projectName,
    projectsConfigurations: { version: 2, projects: { shop: { root: 'apps/shop' } } },
    nxJsonConfiguration: {},
    projectGraph: { nodes: {}, dependencies: {} },
  };
}

test('a project without faults passes', async () => {
  const { success, text } = await validate(good);
  expect({ success, text }).toEqual({ success: true, text: 'shop: 3 Python files checked, no faults' });
});

test('a name that the other module does not have fails, at its place in the workspace', async () => {
  const { success, text } = await validate(wrongImport, { format: 'concise' });
  expect(success).toBe(false);
  expect(text).toMatch(/^apps\/shop\/app\/main\.py:1:\d+/m);
  expect(text).toContain('unknown-symbol');
  expect(text).toContain('Did you mean `Book`');
  expect(text.split('\n').at(-1)).toBe('shop: 3 Python files checked, 1 fault');
});

test('the long format shows the line of code', async () => {
  expect((await validate(wrongImport)).text).toContain('from app.models import Bok');
});

test('JSON is nothing but JSON', async () => {
  const { text } = await validate(wrongImport, { format: 'json' });
  expect(JSON.parse(text)).toMatchObject({
    summary: { certain: 1, possible: 0 },
    diagnostics: [{ rule: 'unknown-symbol', path: 'apps/shop/app/main.py', line: 1 }],
  });
});

test('SARIF names the rule and the file in the workspace', async () => {
  const { text } = await validate(wrongImport, { format: 'sarif' });
  expect(JSON.parse(text)).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        automationDetails: { id: expect.stringContaining('shop') },
        results: [{ ruleId: 'unknown-symbol', locations: [{ physicalLocation: { artifactLocation: { uri: 'apps/shop/app/main.py' } } }] }],
      },
    ],
  });
});

test('what the project does not want to hear of is left out, by settings and by comment', async () => {
  const ignoring = {
    ...wrongImport,
    'pyproject.toml': `${good['pyproject.toml']}\n[tool.fastapi-validate]\nignore = ["unknown-symbol"]\n`,
  };
  const commented = { ...wrongImport, 'app/main.py': 'from app.models import Bok  # noqa: unknown-symbol\n\nprint(Bok)\n' };
  for (const files of [ignoring, commented]) {
    const { success, text } = await validate(files);
    expect({ success, text }).toEqual({ success: true, text: 'shop: 3 Python files checked, no faults' });
  }
});

test("ruff's rules run where the project names them", async () => {
  const lint = (codes: string) => `${good['pyproject.toml']}\n[tool.fastapi-validate]\nlint = ["${codes}"]\n`;
  const files = { ...good, 'app/main.py': 'def f(items=[]):\n    return items\n' };
  const { success, text } = await validate({ ...files, 'pyproject.toml': lint('B') }, { format: 'concise' });
  expect({ success, text: text.split('\n')[0] }).toEqual({
    success: false,
    text: 'apps/shop/app/main.py:1:13: B006 Do not use mutable data structures for argument defaults',
  });
  expect((await validate({ ...files, 'pyproject.toml': lint('ZZZ') })).text).toMatch(/^apps\/shop\/pyproject\.toml: ruff does not take/);
});

test('settings that cannot be read are said, with the mend', async () => {
  const files = { ...good, 'pyproject.toml': `${good['pyproject.toml']}\n[tool.fastapi-validate]\nignore = ["unknown-symbl"]\n` };
  const { success, text } = await validate(files);
  expect(success).toBe(false);
  expect(text).toMatch(/^apps\/shop\/pyproject\.toml: .*unknown-symbl.*Did you mean `unknown-symbol`\?/);
});

test('what is shown does not depend on where the workspace lies', async () => {
  const [first, second] = [await validate(wrongImport), await validate(wrongImport)];
  expect(first.text).toBe(second.text);
  expect(first.text).not.toContain(first.root);
});

test('what is installed in .venv is not the project', async () => {
  const { success, text } = await validate({ ...good, '.venv/lib/python3.12/site-packages/broken.py': 'def (:\n' });
  expect({ success, text }).toEqual({ success: true, text: 'shop: 3 Python files checked, no faults' });
});

test('a file that differs from the manifest is no fault: users edit their files', async () => {
  const manifest = JSON.stringify({ version: 1, generator: '0.1.0', spec: '', files: { 'app/main.py': '0'.repeat(64) } });
  expect((await validate({ ...good, '.fastapi/manifest.json': manifest })).success).toBe(true);
});

test('what was found is kept in the workspace, after a failing run, too, and the next run says the same', async () => {
  const { root, text } = await validate(wrongImport);
  const kept = readdirSync(join(root, '.nx/cache/fastapi-validate'), { recursive: true, encoding: 'utf8' });
  expect(kept.map((name) => extname(name)).sort()).toEqual(expect.arrayContaining(['.facts', '.verdict']));
  const shown = shownText();
  expect(await validateExecutor({}, contextOf(root))).toEqual({ success: false });
  expect(shown()).toBe(text);
});

test('a project that is not there is said by name', async () => {
  const root = temporaryFolder();
  await expect(validateExecutor({}, contextOf(root, 'store'))).rejects.toThrow('There is no project "store" in this workspace.');
});

test('a generation that was killed half-way is said, and nothing is judged', async () => {
  await expect(validate({ ...good, '.fastapi/transaction/plan.json': '{}' })).rejects.toThrow(
    'A generation of apps/shop was killed while it put its files in place, so some are new and some are not. What to do: run the target generate of shop, which puts the others in place first.',
  );
});
