/**
 * Checks the corpus, package by package, and prints what is not expected.
 *
 *   npx tsx packages/validator/corpus/check-corpus.ts [--update] [NAME…]
 */
import { checkPackage, readExpected, writeExpected } from './check-package';
import { fetchPackages, readPackages } from './fetch-packages';

function main(words: readonly string[]): void {
  const names = words.filter((word) => !word.startsWith('-'));
  const packages = readPackages().filter(({ name }) => names.length === 0 || names.includes(name));
  const { folders, failures } = fetchPackages(packages);
  for (const failure of failures) process.stdout.write(`not checked: ${failure}\n`);
  const total = { files: 0, bytes: 0, findings: 0, surprises: failures.length };
  for (const pinned of packages) {
    const folder = folders.get(pinned.name);
    if (folder === undefined) continue;
    const { files, bytes, findings } = checkPackage(folder, pinned);
    if (words.includes('--update')) writeExpected(pinned.name, findings);
    const expected = readExpected(pinned.name);
    const surprises = [
      ...findings.filter((finding) => !expected.has(finding)).map((finding) => `+ ${finding}`),
      ...[...expected.keys()].filter((finding) => !findings.includes(finding)).map((finding) => `- ${finding}`),
    ];
    process.stdout.write(`${pinned.name} ${pinned.version}: ${files} files, ${findings.length} findings\n`);
    for (const surprise of surprises) process.stdout.write(`  ${surprise}\n`);
    total.files += files;
    total.bytes += bytes;
    total.findings += findings.length;
    total.surprises += surprises.length;
  }
  const megabytes = (total.bytes / 1e6).toFixed(1);
  process.stdout.write(`${total.files} files, ${megabytes} MB, ${total.findings} findings, ${total.surprises} not as expected\n`);
  process.exitCode = total.surprises === 0 ? 0 : 1;
}

main(process.argv.slice(2));
