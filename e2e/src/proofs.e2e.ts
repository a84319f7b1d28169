import { beforeAll, describe, expect, test } from 'vitest';
import { plannedExample } from '../../packages/generator-core/src/testing/planned-service';
import { fuzzEnvironment } from '../../tools/fuzz/fuzz-environment';
import { fuzzService } from '../../tools/fuzz/fuzz-service';
import { listMutations } from '../../tools/mutations/list-mutations';
import { openMutationTrial, type MutationTrial } from '../../tools/mutations/mutation-trial';
import { sampleEvenly } from '../../tools/mutations/sample-evenly';
import { expectSuccess, generate, pathOf } from './set-up/user';

/** A sample of what `npm run mutations` and `npm run fuzz-service` do with every example (docs/proofs.md). */
describe('proofs of todo', () => {
  const { spec, templateTexts } = plannedExample('todo');
  const python = (): string => pathOf('apps/todo/.venv/bin/python');

  beforeAll(async () => expectSuccess(await generate('todo', 'todo')));

  describe('a protection that is taken out fails a test of the service', () => {
    let trial: MutationTrial;
    beforeAll(() => {
      trial = openMutationTrial(python(), templateTexts);
      return () => trial.close();
    });

    test('while all pass as it is', async () => {
      expect(await trial.runUnchanged()).toBeUndefined();
    });

    test.each(sampleEvenly(listMutations(spec, templateTexts), 6))('$protection', async (mutation) => {
      expect(await trial.run(mutation)).toMatchObject({ kind: 'caught' });
    });
  });

  test('schemathesis finds nothing', async () => {
    const [outcome, ...others] = await fuzzService({
      ...{ spec, python: python(), schemathesis: await fuzzEnvironment() },
      folder: pathOf('apps/todo'),
      databaseUrl: `sqlite+aiosqlite:///${pathOf('fuzz-todo.db')}`,
      ...{ examples: 3, seed: 1, phases: ['examples', 'coverage', 'fuzzing', 'stateful'] },
    });
    expect(others).toEqual([]);
    expect(outcome, outcome?.output).toMatchObject({ person: 'user', isClean: true, log: '' });
  });
});
