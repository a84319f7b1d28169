import type { ArtifactRole } from './artifact-role';

const path = '.gitattributes';

/**
 * Files that grow with every entity or operation, so that two branches change them in the same place. They are listed for every
 * spec: a file that both branches bring into being is merged by what stood there before.
 */
const growing = [
  'AGENTS.md',
  'README.md',
  'app/main.py',
  'app/models/__init__.py',
  'app/models/_links.py',
  'app/models/enums.py',
  'app/schemas/_summaries.py',
  'app/services/_unimplemented.py',
  'pyproject.toml',
  'tests/factories.py',
  'tests/support.py',
  'tests/test_access.py',
  'tests/test_contract.py',
  'tests/test_migrations.py',
];

/** Branches that each add an entity merge: what git puts together, the next generation puts in order. */
export const gitAttributesRole: ArtifactRole = {
  role: 'git-attributes',
  phase: 'project',
  artifacts: () => [{ path, phase: 'project', role: 'git-attributes', template: `${path}.jinja`, provides: [], needs: [] }],
  view: () => ({ growing }),
};
