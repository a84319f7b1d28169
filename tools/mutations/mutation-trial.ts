import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '../run-command.mjs';
import { writeFile } from '../write-files';
import { applyMutation } from './apply-mutation';
import type { Mutation } from './mutation';
import { startTestRunner, type TestRunner } from './test-runner';

export type MutationVerdict =
  | {
      readonly kind: 'caught';
      /** Names of failed tests, `test_access.py::test_list_order[stranger]`; those of the files that were run. */
      readonly tests: readonly string[];
      /** pytest stopped at its limit: there may be more. */
      readonly isCut: boolean;
    }
  | { readonly kind: 'not-caught' }
  /** The mutated service is no service any more, so that its tests prove nothing. */
  | { readonly kind: 'broken'; readonly why: string };

export interface MutationTrial {
  /** Runs all tests on the service as it is; gives what pytest said where they fail. */
  runUnchanged(): Promise<string | undefined>;
  run(mutation: Mutation): Promise<MutationVerdict>;
  close(): void;
}

/** pytest stops after as many failures: enough to name some, and a service that is wholly wrong ends soon. */
const maxFailures = 20;

/** A copy of the service in a folder of its own, tested by a Python that has its packages. */
export function openMutationTrial(python: string, texts: ReadonlyMap<string, string>): MutationTrial {
  const folder = mkdtempSync(join(tmpdir(), 'mutations-'));
  const service = join(folder, 'service');
  for (const [path, text] of texts) write(service, path, text);
  const runner = startTestRunner(python, join(folder, 'output.txt'));
  return {
    async runUnchanged() {
      const { failed, output } = await runPytest(runner, service, []);
      return failed.length === 0 && /\d+ passed/.test(output) ? undefined : output;
    },
    async run(mutation) {
      const changed = applyMutation(mutation, texts);
      for (const [path, text] of changed) write(service, path, text);
      const undefinedNames = await findUndefinedNames(python, service, [...changed.keys()]);
      const verdict = undefinedNames ?? (await judge(runner, service, mutation.tests));
      for (const path of changed.keys()) write(service, path, texts.get(path) ?? '');
      return verdict;
    },
    close() {
      runner.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A route that dies of a NameError fails its tests, too, but not for the want of a protection. */
async function findUndefinedNames(python: string, folder: string, paths: readonly string[]): Promise<MutationVerdict | undefined> {
  const words = ['-m', 'ruff', 'check', '--isolated', '--quiet', '--select', 'F821', ...paths];
  const { status, output } = await runCommand(python, words, { folder });
  return status === 0 ? undefined : { kind: 'broken', why: output };
}

/** The tests that should notice first; all of them when those do not. */
async function judge(runner: TestRunner, folder: string, tests: readonly string[]): Promise<MutationVerdict> {
  const likely = tests.filter((path) => existsSync(join(folder, path)));
  for (const selection of likely.length > 0 ? [likely, []] : [[]]) {
    const { failed, output, isBroken } = await runPytest(runner, folder, selection);
    if (isBroken) return { kind: 'broken', why: output };
    if (failed.length > 0) return { kind: 'caught', tests: failed, isCut: failed.length >= maxFailures };
  }
  return { kind: 'not-caught' };
}

interface PytestRun {
  readonly failed: readonly string[];
  /** Tests could not be collected or set up, or pytest itself failed. */
  readonly isBroken: boolean;
  readonly output: string;
}

/** Asserts are not rewritten: their words are not shown, and what is imported already could not be. */
async function runPytest(runner: TestRunner, folder: string, tests: readonly string[]): Promise<PytestRun> {
  const words = ['-q', '--tb=no', '--assert=plain', '-rfE', `--maxfail=${maxFailures}`, '-p', 'no:cacheprovider', ...tests];
  const { status, output } = await runner.run(folder, words);
  const failed = [...output.matchAll(/^FAILED tests\/(\S+?\.py::\w+(?:\[.*?\](?= - |$))?)/gm)].map(([, name = '']) => name);
  const isBroken = /^ERROR /m.test(output) || (status !== 0 && failed.length === 0);
  return { failed, isBroken, output };
}

/** Compiled files go: they are told from the source by its second and its size, which two mutations may share. */
function write(folder: string, path: string, text: string): void {
  rmSync(join(folder, dirname(path), '__pycache__'), { recursive: true, force: true });
  writeFile(folder, path, text);
}
