import { geminiError, startGeminiServer } from '@org/generator-core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/setup.mjs';
import { canShutIn } from './set-up/can-shut-in';
import { answerWith, askedPath, generateWithGemini, isRepair, rightText, type GeminiRun } from './set-up/gemini-bookstore';
import { exists, expectRefusal, expectSuccess, nx, nxWith, pathOf, read, readTree, remove, uvRun } from './set-up/user';

const payOrder = 'app/services/pay_order.py';
const asked = ['apps/bookstore', '--spec', 'bookstore.yaml', '--model', 'gemini', '--skipInstall'];
const left = ['apps/bookstore', '.fastapi'];

/** A language model writes the bookstore's operations; it is a Gemini on loopback, so that what it does is known. */
describe.skipIf(!canShutIn)('a model (skipped where bubblewrap is missing)', () => {
  beforeAll(() => cpSync(join(root, 'examples/bookstore.yaml'), pathOf('bookstore.yaml')));
  afterAll(() => left.forEach(remove));

  describe('that makes a mistake which only a run shows', () => {
    let first: GeminiRun;
    beforeAll(async () => {
      left.forEach(remove);
      first = await generateWithGemini(
        (request) => {
          const isWrong = askedPath(request) === payOrder && !isRepair(request);
          return answerWith(isWrong ? rightText(request).replace('book.stock < item.quantity', 'book.stock < 0') : rightText(request));
        },
        ...asked,
      );
    });

    test('is told what failed, mends it, and the report says so', () => {
      expectSuccess(first);
      expect(first.output).toContain('repaired(1)  app/services/pay_order.py: test-failed');
      expect(first.output).toMatch(
        /imported, linted, type-checked, migrated and tested \(\d+ tests passed\) in 2 rounds, shut in by bubblewrap/,
      );
      expect(first.server.completions.map(askedPath).sort()).toEqual(['app/services/best_sellers.py', payOrder, payOrder]);
      const report = JSON.parse(read('.fastapi/reports/apps-bookstore.json')) as {
        readonly spent: object;
        readonly flags: readonly unknown[];
      };
      expect(report.flags).toEqual([]);
      expect(report.spent).toMatchObject({ calls: 3, remembered: 0 });
    });

    test('has written a service that passes all it brings along', async () => {
      expectSuccess(await nx('run', 'bookstore:install'));
      expectSuccess(
        await uvRun('bookstore', ['pytest', '-q', 'tests/test_operation_pay_order.py', 'tests/test_operation_best_sellers.py']),
      );
      expectSuccess(await uvRun('bookstore', ['mypy']));
      expectSuccess(await uvRun('bookstore', ['ruff', 'check', '.']));
      expectSuccess(await nx('run', 'bookstore:validate'));
    });

    test('is not asked again, and nothing changes, when the same command comes again', async () => {
      const before = readTree('apps/bookstore');
      const again = await generateWithGemini(() => ({ kind: 'hang' }), ...asked);
      expectSuccess(again);
      expect(again.server.completions).toEqual([]);
      expect(again.output).toContain('was asked for 0 files: 2 as they were');
      expect(readTree('apps/bookstore')).toEqual(before);
    });

    test('has taught something, which is listed and cleared', async () => {
      const listed = await nx('g', '@org/fastapi:knowledge');
      expectSuccess(listed);
      expect(listed.output).toContain('1 lesson in .fastapi/knowledge.json');
      expect(listed.output).toContain('if book.stock < item.quantity:');
      expectSuccess(await nx('g', '@org/fastapi:knowledge', 'clear'));
      expect(exists('.fastapi/knowledge.json')).toBe(false);
    });

    test('and whoever generates without a model keeps what it wrote', async () => {
      const before = readTree('apps/bookstore');
      expectSuccess(await nx('g', '@org/fastapi:project', 'apps/bookstore', '--skipInstall'));
      expect(readTree('apps/bookstore')).toEqual(before);
    });
  });

  test('that gets nothing right leaves a service that works, with a flag, and the command fails', async () => {
    left.forEach(remove);
    const run = await generateWithGemini(
      (request) => (askedPath(request) === payOrder ? answerWith('from app.nowhere import pay_order\n') : answerWith(rightText(request))),
      ...asked,
    );
    expect(run.status).toBe(1);
    expect(run.output).toContain('app/services/pay_order.py: It answers 501 until it is written. the same text came twice');
    expect(read(`apps/bookstore/${payOrder}`)).toContain('@unimplemented');
    expectSuccess(await nx('run', 'bookstore:validate'));
  });

  describe('that cannot be asked: one message, nothing written', () => {
    beforeAll(() => left.forEach(remove));

    test.each<[string, NodeJS.ProcessEnv, readonly string[], RegExp]>([
      ['no key', { GEMINI_API_KEY: '', GOOGLE_API_KEY: '' }, ['--model', 'gemini'], /No key for Gemini: set GEMINI_API_KEY/],
      [
        'no network',
        { GEMINI_API_KEY: 'k', GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1:59413' },
        ['--model', 'gemini'],
        /Gemini cannot be reached: .*ECONNREFUSED/,
      ],
      ['a word that is no model', {}, ['--model', 'gpt'], /--model "gpt" is none of gemini, gemini:<id>/],
      ['a cassette that is not there', {}, ['--model', 'replay:none.json'], /There is no cassette at none.json/],
      ['a package that is not there', {}, ['--model', 'ai-sdk:@ai-sdk/openai:gpt-5'], /@ai-sdk\/openai is not installed in this workspace/],
      ['a share that is none', {}, ['--model', 'gemini', '--write', 'some'], /write/],
    ])('%s', async (_name, environment, words, message) => {
      expectRefusal(
        await nxWith(environment, 'g', '@org/fastapi:project', 'apps/bookstore', '--spec', 'bookstore.yaml', '--skipInstall', ...words),
        message,
      );
      expect(exists('apps/bookstore')).toBe(false);
    });

    test('a key that Gemini does not know', async () => {
      const server = await startGeminiServer({
        reply: () => ({ kind: 'hang' }),
        describe: () => geminiError(400, 'INVALID_ARGUMENT', 'API key not valid.'),
      });
      const result = await nxWith({ GEMINI_API_KEY: 'k', GOOGLE_GEMINI_BASE_URL: server.baseUrl }, 'g', '@org/fastapi:project', ...asked);
      await server.close();
      expectRefusal(result, /Gemini does not know this API key. Set GEMINI_API_KEY to a valid one. Nothing was written./);
      expect(exists('apps/bookstore')).toBe(false);
    });
  });
});
