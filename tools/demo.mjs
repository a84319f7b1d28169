/**
 * `npm run demo`: from a fresh clone to a running bookstore that is called over HTTP, as a user would do it by hand.
 *
 *   npm run demo                 everything, then the service is stopped
 *   npm run demo -- --serve      the service is left running, with the address of its documentation
 *
 * What each step wrote is in .demo/logs, the workspace in .demo/workspace; both are made anew each time.
 */
import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { callBookstore, seedBookstore } from './call-bookstore.mjs';
import { formatSeconds, lastLines } from './run-command.mjs';
import { serveProject } from './setup-service.mjs';
import { addPlugin, createWorkspace, isReplayed, packPackages, runNx } from './setup-workspace.mjs';
import { buildPackages, formatSetupError, installNodeModules, installUv, requireNode, requirePython, root, SetupError } from './setup.mjs';

/** @typedef {import('./run-command.mjs').CommandResult} CommandResult */
/** @typedef {import('./setup-workspace.mjs').Workspace} Workspace */
/** @typedef {import('./setup-service.mjs').RunningService} RunningService */

const project = 'bookstore';
const projectFolder = `apps/${project}`;
const demoFolder = join(root, '.demo');
const staysRunning = process.argv.includes('--serve');
let stepNumber = 0;

/**
 * One step of the transcript: what it is, what came of it, how long it took.
 * @template Result
 * @param {string} title
 * @param {(logFile: string) => Promise<readonly [detail: string, result: Result]>} run
 * @returns {Promise<Result>}
 */
async function step(title, run) {
  stepNumber += 1;
  const number = String(stepNumber).padStart(2, '0');
  const logFile = join(demoFolder, 'logs', `${number}-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.log`);
  const started = Date.now();
  const [detail, result] = await run(logFile);
  process.stdout.write(`${number}  ${title.padEnd(20)} ${formatSeconds(Date.now() - started).padStart(7)}   ${detail}\n`);
  return result;
}

/**
 * A step that is one `nx` command; anything but exit code 0 ends the demo.
 * @param {Workspace} workspace
 * @param {string} title
 * @param {readonly string[]} args
 * @param {{ mend: string, detail?: (output: string) => string }} options
 */
async function nxStep(workspace, title, args, { mend, detail = () => '' }) {
  return step(title, async (logFile) => {
    const result = await runNx(workspace, args, { logFile });
    requireSuccess(result, { title, logFile, mend });
    return [[`nx ${args.join(' ')}`, detail(result.output)].filter((part) => part !== '').join('   → '), result.output];
  });
}

/** @param {CommandResult} result @param {{ title: string, logFile: string, mend: string }} about */
function requireSuccess(result, { title, logFile, mend }) {
  if (result.status !== 0)
    throw new SetupError(`Step ${stepNumber}, ${title}, failed (exit code ${result.status}): ${result.commandLine}`, {
      output: lastLines(result.output, 25),
      logFile,
      mend,
    });
}

/** The first line that says it, for the transcript. @param {RegExp} pattern @returns {(output: string) => string} */
function lineWith(pattern) {
  return (output) => output.match(pattern)?.[0].trim() ?? '';
}

async function makeWorkspace() {
  const { python, uv } = await step('This machine', async () => {
    const node = requireNode();
    const python = await requirePython();
    const installed = await installNodeModules();
    const uv = await installUv(python);
    return [`Node ${node}, Python ${python.version}; ${installed}; ${uv.done}`, { python, uv }];
  });
  const tarballs = await step('Build and pack', async () => {
    const built = await buildPackages();
    return [`${built}; npm pack of @org/validator, @org/generator-core, @org/fastapi`, await packPackages(join(demoFolder, 'packages'))];
  });
  const workspace = createWorkspace({ folder: join(demoFolder, 'workspace'), tarballs, uvFolder: uv.folder, python });
  cpSync(join(root, `examples/${project}.yaml`), join(workspace.folder, `${project}.yaml`));
  await step('nx add', async (logFile) => {
    const result = await addPlugin(workspace, tarballs, logFile);
    requireSuccess(result, { title: 'nx add', logFile, mend: 'check that this machine reaches the npm registry, and read the log.' });
    return ['npm install; nx add @org/fastapi', undefined];
  });
  return workspace;
}

/** @param {Workspace} workspace @param {string} adminPassword */
async function generateAndCheck(workspace, adminPassword) {
  await nxStep(workspace, 'Generate', ['g', '@org/fastapi:project', projectFolder, '--spec', `${project}.yaml`], {
    mend: 'read what the generator says; it names the line of the spec, or the file, and the mend.',
    detail: lineWith(/^.*\b\d+ files\b.*$/m),
  });
  const read = 'read the log; the service is in .demo/workspace/apps/bookstore.';
  await shareLibraries(workspace);
  await nxStep(workspace, 'Migrate', ['run', `${project}:migrate`], { mend: read });
  await step('Seed', async (logFile) => {
    const result = await seedBookstore(workspace, { project, adminPassword, logFile });
    requireSuccess(result, { title: 'Seed', logFile, mend: read });
    return ['python -m app.seed: the first administrator', undefined];
  });
  await nxStep(workspace, 'Test', ['run', `${project}:test`], { mend: read, detail: lineWith(/\d+ passed[^\n=]*/) });
  await nxStep(workspace, 'Check types', ['run', `${project}:typecheck`], { mend: read, detail: lineWith(/Success: no issues[^\n]*/) });
  await nxStep(workspace, 'Lint', ['run', `${project}:lint`], { mend: read, detail: lineWith(/All checks passed!?/) });
  const mend = 'read the diagnostics: each names its file, its line and its mend.';
  await nxStep(workspace, 'Validate', ['run', `${project}:validate`], { mend });
  const again = await nxStep(workspace, 'Validate again', ['run', `${project}:validate`], {
    mend,
    detail: (output) => (isReplayed(output) ? "replayed from Nx's cache" : 'run again'),
  });
  if (!isReplayed(again))
    throw new SetupError('The second `validate` was run again instead of replayed from the cache.', {
      mend: 'compare the inputs of the target: `nx show target inputs bookstore:validate`.',
    });
  await breakLibrary(workspace);
}

const titleModule = 'libs/catalog/src/catalog/title.py';

/** Two libraries: the service uses the one, which uses the other. @param {Workspace} workspace */
async function shareLibraries(workspace) {
  const mend = 'read what the generator says; it names the project and the mend.';
  await nxStep(workspace, 'Library', ['g', '@org/fastapi:library', 'libs/catalog', `--usedBy=${project}`], { mend });
  await nxStep(workspace, 'Library', ['g', '@org/fastapi:library', 'libs/text', '--usedBy=catalog'], { mend });
  await step('Use them', async (logFile) => {
    writeText(workspace, titleModule, pythonModule('Titles as they stand in addresses.', 'from text.slug import make_slug', titleSlug));
    writeText(
      workspace,
      `${projectFolder}/app/pages.py`,
      pythonModule('Addresses of pages.', 'from catalog.title import title_slug', pageOf),
    );
    const graphFile = join(demoFolder, 'graph.json');
    requireSuccess(await runNx(workspace, ['graph', `--file=${graphFile}`], { logFile }), {
      title: 'Use them',
      logFile,
      mend: 'read the log.',
    });
    const { dependencies } = JSON.parse(readFileSync(graphFile, 'utf8')).graph;
    const chain = [project, 'catalog', 'text'];
    const isLinked = chain
      .slice(1)
      .every((target, at) => dependencies[chain[at] ?? ''].some((/** @type {{ target: string }} */ edge) => edge.target === target));
    if (!isLinked) throw new SetupError('The project graph has no edges from the imports.', { logFile, mend: 'look at .demo/graph.json.' });
    return [`from text.slug import make_slug, and so on   → edges ${chain.join(' → ')}`, undefined];
  });
}

/** A name that a library takes away is missed where it is used, and nowhere else. @param {Workspace} workspace */
async function breakLibrary(workspace) {
  await step('Break a library', async (logFile) => {
    const text = readText(workspace, titleModule);
    writeText(workspace, titleModule, text.replaceAll('title_slug', 'slug_of_title'));
    const { status, output } = await runNx(workspace, ['run-many', '-t', 'validate', '--format=concise'], { logFile });
    writeText(workspace, titleModule, text);
    const finding = lineWith(/^apps\/\S+: unknown-symbol .*$/m)(output);
    if (status === 0 || finding === '')
      throw new SetupError('`validate` did not miss the name that was taken away.', {
        output: lastLines(output, 25),
        logFile,
        mend: 'read the log.',
      });
    return [`nx run-many -t validate   → ${finding}`, undefined];
  });
}

/** @param {string} about @param {string} statement @param {string} code */
function pythonModule(about, statement, code) {
  return `"""${about}"""\n\n${statement}\n\n\n${code}`;
}

const titleSlug = 'def title_slug(title: str) -> str:\n    return make_slug(title)\n';

const pageOf = `def page_of(title: str) -> str:\n    return f"/books/{title_slug(title)}"\n`;

/** @param {Workspace} workspace @param {string} path @param {string} text */
function writeText({ folder }, path, text) {
  writeFileSync(join(folder, path), text);
}

/** @param {Workspace} workspace @param {string} path */
function readText({ folder }, path) {
  return readFileSync(join(folder, path), 'utf8');
}

/** @param {Workspace} workspace @param {(service: RunningService) => Promise<void>} then */
async function withService(workspace, then) {
  const service = await step('Serve', async (logFile) => {
    const service = await serveProject(workspace, { project, logFile });
    return [`nx run ${project}:serve   → ${service.address} answers (process ${service.pid})`, service];
  });
  try {
    await then(service);
  } finally {
    await service.stop();
  }
}

/** @param {RunningService} service */
async function waitForInterrupt(service) {
  process.stdout.write(`\nThe service runs: ${service.address}/docs\nStop it with Ctrl-C, or with: kill ${process.pid}\n`);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal).once(signal, resolve);
  });
  process.stdout.write('\nStopping.\n');
}

async function main() {
  const started = Date.now();
  rmSync(demoFolder, { recursive: true, force: true });
  const lines = readFileSync(join(root, `examples/${project}.yaml`), 'utf8')
    .trimEnd()
    .split('\n').length;
  process.stdout.write(`A bookstore service from examples/${project}.yaml (${lines} lines), in an Nx workspace made for it.\n\n`);
  const adminPassword = randomBytes(12).toString('hex');
  const workspace = await makeWorkspace();
  await generateAndCheck(workspace, adminPassword);
  await withService(workspace, async (service) => {
    await step('Call it', async () => {
      await callBookstore(service, { adminPassword, say: (line) => process.stdout.write(`      ${line}\n`) });
      return ['each answer as it should be', undefined];
    });
    if (!staysRunning) await step('Stop', async () => [`process ${service.pid} and what it started`, await service.stop()]);
    process.stdout.write(whereToLook(Date.now() - started));
    if (staysRunning) await waitForInterrupt(service);
  });
}

/** @param {number} milliseconds */
function whereToLook(milliseconds) {
  const service = `${relative(process.cwd(), demoFolder) || '.demo'}/workspace/${projectFolder}`;
  return `
Done in ${formatSeconds(milliseconds)}. Where to look:
  ${service}               the service; begin with README.md and app/main.py
  ${service}/service.yaml  the spec it is made from
  ${relative(process.cwd(), join(demoFolder, 'logs'))}                                what each step wrote
${staysRunning ? '' : '  npm run demo -- --serve                  the same, and the service stays up for you\n'}`;
}

try {
  await main();
} catch (error) {
  process.stdout.write(`\n${formatSetupError(error)}\n`);
  process.exitCode = 1;
}
