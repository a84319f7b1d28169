/**
 * Packs the three packages and looks at the tarballs as npm and TypeScript will: publint, attw,
 * and what must and must not be in them.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { lastLines, runCommand } from './run-command.mjs';
import { packPackages } from './setup-workspace.mjs';
import { formatSetupError, packageNames, root } from './setup.mjs';

const wantedFiles = ['package/LICENSE', 'package/README.md', 'package/package.json', 'package/dist/index.js', 'package/dist/index.d.ts'];
const unwantedFiles = /\.spec\.|\.tsbuildinfo$|\/src\/|\/suites\/|(^|\/)\.env$|node_modules/;

/** @param {string} name @param {string} tarball @returns {Promise<string[]>} the faults */
async function checkPackage(name, tarball) {
  const contents = (await runCommand('tar', ['-tzf', tarball], { folder: root })).output.trim().split('\n');
  return [
    ...wantedFiles
      .filter((file) => !contents.includes(file))
      .map(
        (file) =>
          `${file.replace('package/', '')} is missing from the tarball. What to do: make the file, and name it in \`files\` of packages/${name}/package.json.`,
      ),
    ...contents
      .filter((file) => unwantedFiles.test(file))
      .map(
        (file) =>
          `${file.replace('package/', '')} does not belong into the tarball. What to do: leave it out in \`files\` of packages/${name}/package.json.`,
      ),
    ...findMissingEntries(name, contents),
    ...(await runPublint(tarball)),
    ...(await runAttw(tarball)),
  ];
}

/** Nx finds generators and executors by paths in JSON files, which no compiler checks. @param {string} name @param {string[]} contents */
function findMissingEntries(name, contents) {
  const lists = ['generators.json', 'executors.json', 'migrations.json'].filter((file) => contents.includes(`package/${file}`));
  return lists.flatMap((list) => {
    const text = readFileSync(join(root, 'packages', name, list), 'utf8');
    const paths = [...text.matchAll(/"(?:factory|implementation|batchImplementation|schema)":\s*"\.\/([^"#]+)(?:#[^"]*)?"/g)].map(
      ([, path = '']) => path,
    );
    const missing = paths.filter((path) => !contents.includes(`package/${path}`) && !contents.includes(`package/${path}.js`));
    return missing.map(
      (path) => `${list} names ${path}, which is not in the tarball. What to do: correct the path, or let the build copy the file.`,
    );
  });
}

/** @param {string} tarball */
async function runPublint(tarball) {
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg)}`);
}

/** @param {string} tarball */
async function runAttw(tarball) {
  const result = await runCommand(join(root, 'node_modules/.bin/attw'), [tarball, '--no-color', '--no-emoji', '--format', 'ascii'], {
    folder: root,
  });
  return result.status === 0 ? [] : [`attw:\n${lastLines(result.output, 40)}`];
}

try {
  const tarballs = await packPackages(join(root, '.cache/packages'));
  let faults = 0;
  for (const name of packageNames) {
    const found = await checkPackage(name, tarballs[name]);
    faults += found.length;
    process.stdout.write(`${basename(tarballs[name])}: ${found.length === 0 ? 'publint and attw find nothing' : ''}\n`);
    for (const fault of found) process.stdout.write(`  ${fault}\n`);
  }
  process.exitCode = faults === 0 ? 0 : 1;
} catch (error) {
  process.stdout.write(`${formatSetupError(error)}\n`);
  process.exitCode = 1;
}
