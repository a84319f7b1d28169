/**
 * `npm test`: from a fresh clone to the last line `N passed, N failed, N skipped`. Plain Node, so that it can install the rest.
 *
 *   npm test                          everything, as the continuous integration does
 *   npm test -- --only unit           one suite or several: --only types,validator
 *   npm test -- --list                the names
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { installOnDebian } from './install-on-debian.mjs';
import { formatSeconds, runCommand } from './run-command.mjs';
import { buildPackages, formatSetupError, installNodeModules, requireNode, requirePython, root } from './setup.mjs';

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} about
 * @property {boolean} [onlyByName] takes minutes: runs when it is asked for
 * @property {() => Promise<Count>} run its output goes straight to the terminal
 *
 * `skipped` has the full names of the tests; a name says why. `failures` has a name and what was wrong, shortened, `unsteady` the
 * same of tests that passed at the second try only.
 * @typedef {{ passed: number, failed: number, skipped: readonly string[], failures?: readonly string[], unsteady?: readonly string[] }} Count
 */

const unitSuites = ['validator', 'generator-core', 'nx-plugin', 'tools'];

/** @type {readonly Suite[]} */
const suites = [
  {
    name: 'types',
    about: 'tests and tools are type-checked, too',
    run: () => runCheck('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.spec.json']),
  },
  {
    name: 'format',
    about: 'prettier',
    run: () =>
      runCheck('node_modules/prettier/bin/prettier.cjs', [
        '--check',
        '--log-level=warn',
        'packages/*/{src,test}/**/*.ts',
        'tools/**/*.{ts,mjs}',
        'e2e/**/*.ts',
      ]),
  },
  { name: 'floors', about: 'who may import what', run: () => runCheck('tools/check-floors.mjs') },
  {
    name: 'docs',
    about: 'the reference pages are as the schemas say',
    run: () => runCheck('node_modules/tsx/dist/cli.mjs', ['--tsconfig', 'tools/tsconfig.json', 'tools/write-docs.ts', '--check']),
  },
  { name: 'packages', about: 'what would be published: publint, attw', run: () => runCheck('tools/check-packages.mjs') },
  { name: 'validator', about: 'unit tests', run: () => runVitest('packages/validator') },
  { name: 'generator-core', about: 'unit tests', run: runGeneratorCore },
  { name: 'nx-plugin', about: 'unit tests', run: () => runVitest('packages/nx-plugin') },
  { name: 'tools', about: 'tests of the tools themselves', run: () => runVitest('tools') },
  {
    name: 'corpus',
    about: 'every pinned package, checked by the validator',
    onlyByName: true,
    run: () => runCheck('node_modules/tsx/dist/cli.mjs', ['packages/validator/corpus/check-corpus.ts']),
  },
  { name: 'e2e', about: 'the packed packages in a workspace, as a user has them', run: runEndToEnd },
];

/** One command whose exit code is the result. @param {string} script @param {readonly string[]} [args] @returns {Promise<Count>} */
async function runCheck(script, args = []) {
  const { status } = await runCommand(process.execPath, [script, ...args], { folder: root, show: true });
  return status === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
}

/** What a model writes runs shut in by bubblewrap; where it cannot be installed, the tests about it are skipped, or say so. */
async function provideBubblewrap() {
  const isThere = (await runCommand('bwrap', ['--version'], { folder: root })).status === 0;
  const missing = isThere ? undefined : await installOnDebian('bubblewrap');
  if (missing !== undefined) process.stdout.write(`${missing}\n`);
}

/** @returns {Promise<Count>} */
async function runGeneratorCore() {
  await provideBubblewrap();
  return runVitest('packages/generator-core');
}

/** @returns {Promise<Count>} */
async function runEndToEnd() {
  await provideBubblewrap();
  return runVitest('e2e', 'verbose');
}

/** @param {string} project a folder with a vitest.config.ts @param {'default' | 'verbose'} [reporter] @returns {Promise<Count>} */
async function runVitest(project, reporter = 'default') {
  const report = join(root, '.cache/test', `${project.replace('/', '-')}.json`);
  mkdirSync(join(root, '.cache/test'), { recursive: true });
  rmSync(report, { force: true });
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--root',
    project,
    `--reporter=${reporter}`,
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { status } = await runCommand(process.execPath, args, { folder: root, show: true, timeout: 25 * 60_000 });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: [] };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that cannot be loaded, or a set-up that throws, has no failed test, but a bad exit code.
  const failed = status === 0 ? numFailedTests : Math.max(numFailedTests, 1);
  return {
    passed: numPassedTests,
    failed,
    skipped: namesOfSkipped(testResults),
    failures: failuresOf(testResults),
    unsteady: unsteadyOf(testResults),
  };
}

/**
 * The files of vitest's JSON report; one that could not be loaded has a message and no tests.
 * @typedef {object} ReportedFile
 * @property {string} name
 * @property {string} message
 * @property {readonly { status: string, fullName: string, failureMessages: readonly string[] }[]} assertionResults
 */

/** @param {readonly ReportedFile[]} files @returns {readonly string[]} */
function namesOfSkipped(files) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  return tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName);
}

/** @param {readonly ReportedFile[]} files @returns {readonly string[]} */
function failuresOf(files) {
  return files.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    return [...(message === '' ? [] : [`${name}: ${excerpt(message)}`]), ...failed.map(withExcerpt)];
  });
}

/** @param {readonly ReportedFile[]} files @returns {readonly string[]} */
function unsteadyOf(files) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  return tests.filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0).map(withExcerpt);
}

/** @param {ReportedFile['assertionResults'][number]} test */
function withExcerpt({ fullName, failureMessages }) {
  return `${fullName}: ${excerpt(failureMessages[0] ?? '')}`;
}

/** What a failure says without its stack; of a long one the begin and the end. @param {string} text */
function excerpt(text) {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => !/^ +at /.test(line));
  const shown = lines.length <= 16 ? lines : [...lines.slice(0, 3), '…', ...lines.slice(-12)];
  return shown.map((line) => line.slice(0, 300)).join('\n    ');
}

/** @returns {readonly Suite[]} */
function chooseSuites() {
  const position = process.argv.indexOf('--only');
  if (position === -1) return suites.filter(({ onlyByName }) => onlyByName !== true);
  const names = (process.argv[position + 1] ?? '').split(',').flatMap((name) => (name === 'unit' ? unitSuites : [name]));
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    process.stdout.write(
      `There is no suite "${unknown.join('", "')}". What to do: name some of ${['unit', ...suites.map(({ name }) => name)].join(', ')}.\n`,
    );
    process.exit(2);
  }
  return suites.filter(({ name }) => names.includes(name));
}

/** @param {string} name @param {string} text */
function say(name, text) {
  process.stdout.write(`${name.padEnd(15)} ${text}\n`);
}

async function prepare() {
  say('machine', `Node ${requireNode()}, Python ${(await requirePython()).version}`);
  say('dependencies', await installNodeModules());
  say('build', await buildPackages());
}

async function main() {
  if (process.argv.includes('--list')) return suites.forEach(({ name, about }) => say(name, about));
  const chosen = chooseSuites();
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const skippedNames = [];
  /** @type {string[]} */
  const failures = [];
  /** @type {string[]} */
  const unsteady = [];
  /** @type {string[]} */
  const summary = [];
  try {
    await prepare();
    for (const { name, about, run } of chosen) {
      process.stdout.write(`\n── ${name}: ${about}\n`);
      const started = Date.now();
      const { passed, failed, skipped, failures: failuresHere = [], unsteady: unsteadyHere = [] } = await run();
      total.passed += passed;
      total.failed += failed;
      skippedNames.push(...skipped.map((test) => `${name}: ${test}`));
      failures.push(...failuresHere.map((failure) => `${name}: ${failure}`));
      unsteady.push(...unsteadyHere.map((failure) => `${name}: ${failure}`));
      const time = formatSeconds(Date.now() - started);
      say(name, `${failed === 0 ? 'ok' : 'FAILED'}, ${time}`);
      summary.push(
        `${failed === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(15)} ${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed ${String(skipped.length).padStart(3)} skipped ${time.padStart(9)}`,
      );
    }
  } catch (error) {
    total.failed += 1;
    process.stdout.write(`${formatSetupError(error)}\n`);
  }
  process.stdout.write(`\n${summary.join('\n')}\n`);
  for (const test of skippedNames) process.stdout.write(`skipped ${test}\n`);
  for (const failure of unsteady) process.stdout.write(`passed at the second try ${failure}\n`);
  for (const failure of failures) process.stdout.write(`failed ${failure}\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${skippedNames.length} skipped\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

await main();
