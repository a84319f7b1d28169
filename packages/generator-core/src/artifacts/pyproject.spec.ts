import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { renderArtifact } from '../render/render-artifact';
import { ruffOptions } from '../render/ruff-options';
import { readTemplates } from '../render/template-store';
import { parseServiceSpec } from '../spec/parse-service-spec';
import { readPythonPins } from '../pins/python-pins';
import { pyprojectRole } from './pyproject';

interface Pyproject {
  readonly project: { readonly name: string; readonly dependencies: readonly string[]; readonly 'requires-python': string };
  readonly 'dependency-groups': { readonly dev: readonly string[] };
  readonly tool: Record<string, Record<string, unknown>>;
}

const textOf = (example: string): string => readFileSync(join(__dirname, `../../../../examples/${example}.yaml`), 'utf8');

function render(example: string, more = ''): Pyproject {
  const reading = parseServiceSpec(textOf(example) + more);
  if (reading.kind === 'faulty') throw new Error(`examples/${example}.yaml has faults`);
  const [artifact] = pyprojectRole.artifacts(reading.spec);
  if (artifact === undefined) throw new Error('no pyproject.toml');
  return parse(renderArtifact({ spec: reading.spec, artifact, role: pyprojectRole, templates: readTemplates() })) as unknown as Pyproject;
}

const name = (requirement: string): string => requirement.replace(/[[=].*$/, '');

test('a service lints itself as its templates were formatted', () => {
  const { ruff } = render('todo').tool;
  expect(ruff).toEqual({
    'line-length': ruffOptions.lineLength,
    'target-version': ruffOptions.targetVersion,
    lint: {
      select: ruffOptions.select,
      isort: { 'known-first-party': ruffOptions.firstParty, 'known-third-party': ['alembic'] },
      'per-file-ignores': { 'tests/**': ['S101'] },
    },
  });
});

test('every package is held at its pin: what is asked for as a dependency, the rest as a constraint', () => {
  const { project, tool, ...groups } = render('bookstore');
  const asked = [...project.dependencies, ...groups['dependency-groups'].dev];
  const constraints = tool['uv']?.['constraint-dependencies'] as readonly string[];
  const all = [...asked, ...constraints];
  expect(project.dependencies.map(name)).toEqual([
    'aiosqlite',
    'alembic',
    'email-validator',
    'fastapi',
    'psycopg',
    'pwdlib',
    'pydantic',
    'pydantic-settings',
    'pyjwt',
    'python-multipart',
    'sqlalchemy',
    'starlette',
    'uvicorn',
  ]);
  expect(all.map((requirement) => requirement.split('==')[1])).toEqual(
    all.map((requirement) => readPythonPins().packages[name(requirement)]?.version),
  );
});

test('no package is pinned in vain: a service with all there is asks for each', () => {
  const { project, tool, ...groups } = render('bookstore', '\ntelemetry: true\n');
  const constraints = tool['uv']?.['constraint-dependencies'] as readonly string[];
  const all = [...project.dependencies, ...groups['dependency-groups'].dev, ...constraints];
  expect(all.map(name).sort()).toEqual(Object.keys(readPythonPins().packages));
});
