import { readPythonPins } from '../pins/python-pins';
import type { ExampleValue, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole } from './artifact-role';
import { hasSoftDelete } from './python/spec-lookup';

const paths = ['.dockerignore', '.env.example', '.gitignore', 'AGENTS.md', 'Dockerfile', 'compose.yaml'] as const;

/** The small files around a service that are the same text for every spec but for a few lines. */
export const projectFilesRole: ArtifactRole = {
  role: 'project-file',
  phase: 'project',
  artifacts: () =>
    paths.map((path) => ({ path, phase: 'project', role: 'project-file', template: `${path}.jinja`, provides: [], needs: [] })),
  view: (spec) => ({ uv: readPythonPins().uv, seedVariables: seedVariables(spec), soft_delete: hasSoftDelete(spec) }),
};

/** Names in `${NAME}` of the seed rows, sorted. */
export function seedVariables(spec: ServiceSpec): readonly string[] {
  const names = spec.seed.flatMap(({ values }) => Object.values(values).flatMap(variablesIn));
  return [...new Set(names)].sort();
}

function variablesIn(value: ExampleValue): readonly string[] {
  if (value.kind === 'list') return value.items.flatMap(variablesIn);
  if (value.kind === 'object') return Object.values(value.entries).flatMap(variablesIn);
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return [];
  return [...value.value.matchAll(/\$\{([A-Z_][A-Z0-9_]*)\}/g)].map((match) => match[1] ?? '');
}
