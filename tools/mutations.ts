/**
 * Takes each protection out of a generated service by itself and prints which of its own tests notice. Exit code 1 when none does.
 *   npm run mutations                                     all of examples/bookstore.yaml (about ten minutes on a quiet machine)
 *   npm run mutations -- --spec examples/todo.yaml
 *   npm run mutations -- --only 'refresh'                 those whose name holds a text
 *   npm run mutations -- --sample 6                       so many, evenly spread
 *   npm run mutations -- --list                           the names, without a run
 *   npm run mutations -- --python PYTHON                  a Python that has the service's packages; without it one is made in .cache
 *   npm run mutations -- --workers 1                      so many at a time (2)
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planText } from '../packages/generator-core/src/testing/planned-service';
import { listMutations } from './mutations/list-mutations';
import type { Mutation } from './mutations/mutation';
import { openMutationTrial, type MutationTrial, type MutationVerdict } from './mutations/mutation-trial';
import { sampleEvenly } from './mutations/sample-evenly';
import { runMain, say } from './run-main';
import { serviceEnvironment } from './service-environment';
import { root } from './setup.mjs';

const { values: options } = parseArgs({
  options: {
    spec: { type: 'string', default: join(root, 'examples/bookstore.yaml') },
    only: { type: 'string', default: '' },
    sample: { type: 'string' },
    list: { type: 'boolean', default: false },
    python: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
});

async function main(): Promise<number> {
  const { spec, templateTexts } = planText(readFileSync(options.spec, 'utf8'));
  const matching = listMutations(spec, templateTexts).filter(({ protection }) => protection.includes(options.only));
  const chosen = options.sample === undefined ? matching : sampleEvenly(matching, Number(options.sample));
  if (options.list) {
    for (const { protection } of chosen) say(protection);
    return 0;
  }
  const python = options.python ?? (await serviceEnvironment(spec.service, templateTexts.get('pyproject.toml') ?? ''));
  const trials = Array.from({ length: Number(options.workers) }, () => openMutationTrial(python, templateTexts));
  try {
    const wrong = await trials[0]?.runUnchanged();
    if (wrong !== undefined) throw new Error(`The tests fail before anything is changed:\n${wrong}`);
    return await runAll(chosen, trials);
  } finally {
    for (const trial of trials) trial.close();
  }
}

async function runAll(mutations: readonly Mutation[], trials: readonly MutationTrial[]): Promise<number> {
  const width = Math.max(...mutations.map(({ protection }) => protection.length));
  const counts = { caught: 0, 'not-caught': 0, broken: 0 };
  const waiting = mutations.values();
  const work = async (trial: MutationTrial): Promise<void> => {
    for (const mutation of waiting) {
      const verdict = await trial.run(mutation);
      counts[verdict.kind] += 1;
      say(`${mutation.protection.padEnd(width)}  ${(mutation.edits[0]?.path ?? '').padEnd(32)}  ${describe(verdict)}`);
    }
  };
  await Promise.all(trials.map(work));
  say(`${mutations.length} protections taken out: ${counts.caught} caught, ${counts['not-caught']} NOT CAUGHT, ${counts.broken} broken.`);
  return counts.caught === mutations.length ? 0 : 1;
}

function describe(verdict: MutationVerdict): string {
  switch (verdict.kind) {
    case 'caught':
      return `${verdict.tests.length}${verdict.isCut ? '+' : ''}: ${verdict.tests.slice(0, 2).join(', ')}`;
    case 'not-caught':
      return 'NOT CAUGHT';
    case 'broken':
      return `BROKEN: the service does not run, so its tests prove nothing:\n${verdict.why.split('\n').slice(-12).join('\n')}`;
  }
}

runMain(main);
