/**
 * Holds the floors of .dependency-cruiser.cjs. Prints each forbidden import with the reason and the mend.
 * node tools/check-floors.mjs [FOLDER]      another copy of the repository than this one
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';

const folder = resolve(process.argv[2] ?? new URL('..', import.meta.url).pathname);
process.chdir(folder);
const { forbidden, options } = createRequire(import.meta.url)(join(folder, '.dependency-cruiser.cjs'));
const sources = ['validator', 'generator-core', 'nx-plugin'].map((name) => `packages/${name}/src`).filter((path) => existsSync(path));

const { output } = await cruise(sources, { ...options, validate: true, ruleSet: { forbidden } });
if (typeof output === 'string') throw new Error('dependency-cruiser gave text instead of its result.');
const { violations, totalCruised } = output.summary;
const commentOf = new Map(forbidden.map((/** @type {{ name: string, comment: string }} */ rule) => [rule.name, rule.comment]));

for (const [rule, found] of groupByRule()) {
  process.stdout.write(`\n${rule}: ${commentOf.get(rule)}\n`);
  for (const violation of found) process.stdout.write(`  ${describe(violation)}\n`);
}
process.stdout.write(
  `${violations.length === 0 ? '' : '\n'}floors: ${totalCruised} files, ${forbidden.length} rules, ${violations.length} violations\n`,
);
process.exitCode = violations.length === 0 ? 0 : 1;

/** @param {(typeof violations)[number]} violation */
function describe({ from, to, cycle }) {
  if (cycle !== undefined && cycle.length > 0) return [from, ...cycle.map(({ name }) => name)].join(' → ');
  return from === to ? from : `${from} imports ${to}`;
}

function groupByRule() {
  /** @type {Map<string, typeof violations>} */
  const groups = new Map();
  for (const violation of violations) groups.set(violation.rule.name, [...(groups.get(violation.rule.name) ?? []), violation]);
  return groups;
}
