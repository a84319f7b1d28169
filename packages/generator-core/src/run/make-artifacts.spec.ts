import { expect, test } from 'vitest';
import type { ArtifactRole } from '../artifacts/artifact-role';
import { CriticalPhaseError } from '../errors/critical-phase-error';
import type { Artifact } from '../plan/artifact';
import { planService } from '../plan/plan-service';
import type { ServiceSpec } from '../spec/service-spec';
import { sampleArtifact } from '../testing/sample-artifact';
import { makeArtifacts } from './make-artifacts';

const noSpec = {} as ServiceSpec;

/** Plans the artifacts and makes them from the texts; gives the order in which the coder was asked. */
function make(artifacts: readonly Artifact[], texts: Readonly<Record<string, string>>) {
  const role: ArtifactRole = { role: 'sample', phase: 'core', artifacts: () => artifacts, view: () => ({}) };
  const asked: string[] = [];
  const run = () =>
    makeArtifacts(planService(noSpec, [role]), (artifact) => {
      asked.push(artifact.path);
      return texts[artifact.path] ?? '';
    }).texts;
  return { asked, run };
}

const database = sampleArtifact('app/database.py', { provides: ['Base'] });
const model = sampleArtifact('app/book.py', { phase: 'models', provides: ['Book'], needs: ['app/database.py'] });
const good = {
  'app/database.py': 'class Base:\n    pass\n',
  'app/book.py': 'from app.database import Base\n\n\nclass Book(Base):\n    pass\n',
};

function failureOf(run: () => unknown): CriticalPhaseError {
  try {
    run();
  } catch (error) {
    if (error instanceof CriticalPhaseError) return error;
    throw error;
  }
  throw new Error('The run did not stop.');
}

const rulesOf = (error: CriticalPhaseError) =>
  error.failures.map((failure) => [
    failure.path,
    failure.kind === 'rejected' ? failure.diagnostics.map((diagnostic) => diagnostic.rule) : failure.needs,
  ]);

test('good files are accepted, dependencies asked for first', () => {
  const { asked, run } = make([model, database], good);
  expect(Object.fromEntries(run())).toEqual({ ...good, 'service.yaml': '' });
  expect(asked).toEqual(['app/database.py', 'app/book.py', 'service.yaml']);
});

test('a file that does not parse stops its phase by name, and what needs it is never asked for', () => {
  const { asked, run } = make([model, database], { ...good, 'app/database.py': 'class Base(:\n' });
  const error = failureOf(run);
  expect([error.phase, rulesOf(error)]).toEqual(['core', [['app/database.py', ['syntax-error']]]]);
  expect(error.message).toContain(
    'The phase "core" ended without a file that the service needs, so the run was stopped and nothing was written:',
  );
  expect(asked).toEqual(['app/database.py']);
});

test('a name that the other file does not have is rejected', () => {
  const { run } = make([model, database], { ...good, 'app/book.py': 'from app.database import Bass\n\n\nclass Book(Bass):\n    pass\n' });
  expect(rulesOf(failureOf(run))).toEqual([['app/book.py', ['unknown-symbol']]]);
});

test('a file that nobody made is rejected', () => {
  const { run } = make([model, database], { ...good, 'app/book.py': 'from app.base import Base\n\n\nclass Book(Base):\n    pass\n' });
  expect(rulesOf(failureOf(run))).toEqual([['app/book.py', ['unresolved-import']]]);
});

test('a distribution that pyproject.toml does not declare is rejected', () => {
  const project = sampleArtifact('pyproject.toml', { phase: 'project' });
  const { asked, run } = make([model, database, project], {
    ...good,
    'pyproject.toml': '[project]\nname = "todo"\ndependencies = ["fastapi==0.1"]\n',
    'app/database.py': 'import fastapi\nimport sqlmodel\n\n\nclass Base:\n    pass\n\n\nprint(fastapi, sqlmodel)\n',
  });
  expect(rulesOf(failureOf(run))).toEqual([['app/database.py', ['undeclared-distribution']]]);
  expect(asked[0]).toBe('pyproject.toml');
});

test('an import that the plan does not know is rejected', () => {
  const { run } = make([sampleArtifact('app/book.py', { phase: 'models' }), sampleArtifact('app/a.py')], {
    'app/a.py': 'x = 1\n',
    'app/book.py': 'from app.a import x\n\nprint(x)\n',
  });
  expect(rulesOf(failureOf(run))).toEqual([['app/book.py', ['import-outside-plan']]]);
});

test('a promised name that is not there is rejected', () => {
  const { run } = make([database], { 'app/database.py': 'class Bass:\n    pass\n' });
  expect(rulesOf(failureOf(run))).toEqual([['app/database.py', ['missing-provided-name']]]);
});

test('all failures of a phase are told together', () => {
  const { run } = make([database, sampleArtifact('app/errors.py')], {
    'app/database.py': 'class Base(:\n',
    'app/errors.py': 'class AppError:\n',
  });
  expect(failureOf(run).failures.map((failure) => failure.path)).toEqual(['app/database.py', 'app/errors.py']);
});

test('data files that do not parse are rejected', () => {
  const { run } = make([sampleArtifact('pyproject.toml'), sampleArtifact('compose.yaml')], {
    'pyproject.toml': 'name = \n',
    'compose.yaml': 'a: [1\n',
  });
  expect(rulesOf(failureOf(run))).toEqual([
    ['compose.yaml', ['syntax-error']],
    ['pyproject.toml', ['syntax-error']],
  ]);
});
