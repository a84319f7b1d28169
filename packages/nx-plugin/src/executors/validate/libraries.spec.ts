import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pythonWorkspace } from '../../testing/python-workspace';
import { validateBatch } from './batch-executor';
import { outputFiles } from './output-files';
import { validateTask } from './validate-task';

const manifest = (name: string, ...needs: readonly string[]) =>
  `[project]\nname = "${name}"\nversion = "0"\ndependencies = ${JSON.stringify(needs)}\n`;
const moneyText = 'def total(prices: list[int]) -> int:\n    return sum(prices)\n\n\ndef show(cents: int) -> str:\n    return f"{cents}"\n';

/** `cart` and `bill` use `money`, each another name of it; `shop` uses `cart`, and depends on `money` without using it. */
function openShop() {
  const workspace = pythonWorkspace({
    money: { files: { 'pyproject.toml': manifest('money'), 'money/__init__.py': moneyText } },
    cart: {
      files: {
        'pyproject.toml': manifest('cart', 'money'),
        'cart/__init__.py': 'from money import total\n\n\ndef sum_up() -> int:\n    return total([1])\n',
      },
      needs: ['money'],
    },
    bill: {
      files: { 'pyproject.toml': manifest('bill', 'money'), 'bill/__init__.py': 'from money import show\n\nprint(show(1))\n' },
      needs: ['money'],
    },
    shop: {
      root: 'apps/shop',
      files: { 'pyproject.toml': manifest('shop', 'cart'), 'shop/__init__.py': 'from cart import sum_up\n\nprint(sum_up())\n' },
      needs: ['cart', 'money'],
    },
  });
  const { root, context, batchOf } = workspace;
  const moneyFile = join(root, 'libs/money/money/__init__.py');
  const surfaceFile = join(root, 'libs/money', outputFiles.surface);
  return {
    surfaceFile,
    editMoney: (from: string, to: string) => {
      expect(moneyText).toContain(from);
      writeFileSync(moneyFile, moneyText.replace(from, to));
    },
    /** The texts of the projects that fail, by name. */
    failuresOf: async () => {
      const failures: Record<string, string> = {};
      const graph = batchOf();
      const options = Object.fromEntries(Object.keys(graph.tasks).map((id) => [id, { format: 'concise' as const }]));
      for await (const { task, result } of validateBatch(graph, options, {}, context))
        if (!result.success) failures[task.replace(':validate', '')] = result.terminalOutput;
      return failures;
    },
    check: (projectName: string, pending?: ReadonlySet<string>) =>
      validateTask({ projectName, targetName: 'validate', options: { format: 'concise' }, context, ...(pending && { pending }) }),
  };
}

test('a name that is taken away fails exactly the dependents that use it, at the line', async () => {
  const { editMoney, failuresOf } = openShop();
  expect(await failuresOf()).toEqual({});
  editMoney('def total', 'def totals');
  expect(await failuresOf()).toEqual({
    cart: expect.stringMatching(
      /^libs\/cart\/cart\/__init__\.py:1:\d+: unknown-symbol .*`total`[^\n]*\ncart: 1 Python file checked, 1 fault\n$/,
    ),
  });
  editMoney('total', 'total');
  expect(await failuresOf()).toEqual({});
});

test('a parameter more fails the dependents that do not give it', async () => {
  const { editMoney, failuresOf } = openShop();
  editMoney('cents: int', 'cents: int, currency: str');
  expect(await failuresOf()).toEqual({ bill: expect.stringMatching(/^libs\/bill\/bill\/__init__\.py:3:\d+: wrong-arguments /) });
});

test('an edit inside a function leaves the surface as it is, and the verdicts of dependents stand', async () => {
  const { editMoney, surfaceFile, failuresOf, check } = openShop();
  await failuresOf();
  const before = { text: readFileSync(surfaceFile, 'utf8'), time: statSync(surfaceFile).mtimeMs };
  editMoney('sum(prices)', 'sum(price for price in prices)');
  expect((await check('money')).work).toEqual({ kind: 'checked', parsed: ['money/__init__.py'] });
  expect({ text: readFileSync(surfaceFile, 'utf8'), time: statSync(surfaceFile).mtimeMs }).toEqual(before);
  expect((await check('cart')).work).toEqual({ kind: 'replayed' });
});

test('another surface is another verdict, with nothing parsed anew', async () => {
  const { editMoney, failuresOf, check } = openShop();
  await failuresOf();
  editMoney('def show', 'def tell() -> None: ...\n\n\ndef show');
  await check('money');
  expect((await check('cart')).work).toEqual({ kind: 'checked', parsed: [] });
  expect((await check('cart')).work).toEqual({ kind: 'replayed' });
});

test('a library that fails offers what it has all the same', async () => {
  const { editMoney, failuresOf } = openShop();
  editMoney('return sum(prices)', 'return nothing');
  expect(Object.keys(await failuresOf())).toEqual(['money']);
  editMoney('def total', 'print(nothing)\n\n\ndef totals');
  expect(Object.keys(await failuresOf())).toEqual(['money', 'cart']);
});

test('nothing is known of a library without a surface, nor of one that is still to be checked in the same batch', async () => {
  const { editMoney, surfaceFile, failuresOf, check } = openShop();
  editMoney('def total', 'def totals');
  await failuresOf();
  const isValid = async (pending?: ReadonlySet<string>) => (await check('cart', pending)).isValid;
  expect([await isValid(), await isValid(new Set(['money'])), await isValid(new Set(['shop']))]).toEqual([false, true, false]);
  rmSync(surfaceFile);
  expect(await isValid()).toBe(true);
});

test.each([
  ['cut off', (text: string) => text.slice(0, 20)],
  ['of another version', (text: string) => text.replace(/"version": \d+/, '"version": 999')],
])('a surface %s is none, and that is said', async (_, damage) => {
  const { editMoney, surfaceFile, failuresOf, check } = openShop();
  editMoney('def total', 'def totals');
  await failuresOf();
  writeFileSync(surfaceFile, damage(readFileSync(surfaceFile, 'utf8')));
  const { isValid, text } = await check('cart');
  expect({ isValid, text }).toEqual({
    isValid: true,
    text: `libs/money/.fastapi/surface.json cannot be read, so that nothing taken from "money" is checked. Delete it and check that project: it is written anew.
cart: 1 Python file checked, no faults`,
  });
});
