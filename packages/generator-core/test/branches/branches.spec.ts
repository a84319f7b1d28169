import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '@org/validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestPath } from '../../src/promote/manifest';
import type { GenerationResult } from '../../src/run/generation-result';
import { generateService } from '../../src/run/generate-service';
import { mapProject } from '../../src/testing/map-project';
import { openRepository, type Repository } from './open-repository';

const todo = readFileSync(join(__dirname, '../../../../examples/todo.yaml'), 'utf8');
const entity = (name: string, more = ''): string => `  ${name}:
    owner: user
    fields: { name: string(1..40) sort${more} }
    relations: { user: belongs_to User on_delete=cascade, tasks: many_to_many Task inverse=${name.toLowerCase()}s }
    access: { read: owner, write: owner }
`;
const operation = `operations:
  finish_task:
    route: POST /tasks/{task_id}/finish
    access: owner
    output: Task
    errors: { 409: TaskDoneError }
    describe: Marks a task as done.
`;
const merged = todo + entity('Label') + entity('Note') + operation;

/** Two branches that each add an entity, one of them an operation, too; merged by git, and the spec by hand. */
let repository: Repository;
let conflicts: readonly string[] = [];
let afterMerge: Readonly<Record<string, string>> = {};

beforeAll(() => {
  repository = openRepository();
  const { git, generate, write, files } = repository;
  const commit = (branch: string, specText: string): void => {
    git('checkout', '--quiet', '-B', branch, 'main');
    generate(specText);
    git('add', '--all');
    git('commit', '--quiet', '-m', branch);
  };
  generate(todo);
  git('add', '--all');
  git('commit', '--quiet', '-m', 'main');
  commit('label', todo + entity('Label'));
  commit('note', todo + entity('Note') + operation);
  conflicts = [...git('merge', 'label', '-m', 'merge').matchAll(/^CONFLICT .* in (\S+)$/gm)].map((match) => match[1]!);
  write('service.yaml', merged);
  afterMerge = files();
}, 240_000);
afterAll(() => repository.close());

test('git merges all of it, but for the spec, which is the user’s, and the files of an entity that both branches have changed', () => {
  expect(conflicts).toEqual(['app/models/task.py', 'service.yaml']);
});

test('what git put together is not in step with the spec, and the validator says so', () => {
  const drift = openProject({ files: new Map(Object.entries(afterMerge)), rules: ['spec-drift'] }).check();
  expect(drift.map(({ path, message }) => [path, message])).toEqual([
    ['service.yaml', expect.stringContaining('Branches were merged that were generated from different specs')],
  ]);
});

describe('the next generation', () => {
  let result: GenerationResult;
  beforeAll(() => {
    result = repository.generate(merged);
  }, 120_000);

  test('brings every file in step, what git left open among it: they are those of a service that was made from the merged spec at once', () => {
    expect(result.kind === 'generated' && result.conflicts).toEqual([]);
    const isHistory = (path: string): boolean => /^(alembic\/versions|\.fastapi\/tables)\/|0001_initial/.test(path);
    const fresh = generateService({ specText: merged, project: mapProject({}) });
    const expected = fresh.kind === 'generated' ? { ...Object.fromEntries(fresh.writes), 'service.yaml': merged } : {};
    /** The record of a migration says what it was made from, and that was another spec. */
    const comparable = (files: Readonly<Record<string, string>>): object =>
      Object.fromEntries(
        Object.entries(files)
          .filter(([path]) => !isHistory(path))
          .map(([path, text]) => [path, path === manifestPath ? text.split('\n').filter((line) => !line.includes('/0001_initial')) : text]),
      );
    expect(comparable(repository.files())).toEqual(comparable(expected));
  });

  test('leaves a project that the validator has nothing against, but that two migrations come last, with the command that mends it', () => {
    const found = openProject({ files: new Map(Object.entries(repository.files())) }).check();
    expect(found.filter(({ certainty }) => certainty === 'certain').map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'alembic/versions/0002_add_notes.py: `0002_add_labels` and `0002_add_notes` are all last: `alembic upgrade head` fails with several heads. ' +
        'Let `0002_add_notes` follow the one before it, or merge them with `alembic merge heads`.',
    ]);
  });

  test('finds two migrations that come last, and refuses to write a third one by their names', () => {
    const migrations = ['alembic/versions/0002_add_labels.py', 'alembic/versions/0002_add_notes.py'];
    expect(Object.keys(repository.files()).filter((path) => path.startsWith('alembic/versions/0002'))).toEqual(migrations);
    expect(repository.generate(merged.replace('done: bool', 'note: string(1..9)?, done: bool'))).toEqual({
      kind: 'refused-migration',
      migration: { kind: 'several-heads', heads: migrations },
    });
  });
});
