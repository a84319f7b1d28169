import { formatRequirement, requirementsOf, type PythonRequirement } from '../pins/python-requirements';
import { pinOf, reachablePackages, readPythonPins } from '../pins/python-pins';
import { ruffOptions } from '../render/ruff-options';
import type { ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole } from './artifact-role';
import { importLayers } from './import-layers';
import { allowedLiterals, testsNameSecrets } from './secret-words';

/** `pyproject.toml`: what the service needs, at the versions it was proven with, and how it is linted, typed and tested. */
export const pyprojectRole: ArtifactRole = {
  role: 'pyproject',
  phase: 'project',
  artifacts: () => [
    { path: 'pyproject.toml', phase: 'project', role: 'pyproject', template: 'pyproject.toml.jinja', provides: [], needs: [] },
  ],
  view: (spec) => ({
    distribution: toDistributionName(spec.service),
    // A JSON string is a TOML basic string, too.
    description: JSON.stringify(spec.description),
    dependencies: requirementsOf(spec, 'run').map(pinned),
    devDependencies: requirementsOf(spec, 'dev').map(pinned),
    constraints: transitiveConstraints(spec),
    ruff: ruffOptions,
    ruffRows: rowsOf(ruffOptions.select.map((rule) => `"${rule}"`)),
    importLayers: importLayers(spec),
    allowedLiterals: allowedLiterals(spec),
    testsNameSecrets: testsNameSecrets(spec),
    testClasses: spec.entities.some(({ name }) => name.startsWith('Test')),
  }),
};

/** Few enough on a line to be read. */
function rowsOf(items: readonly string[], size = 15): readonly string[] {
  return items.length === 0 ? [] : [items.slice(0, size).join(', '), ...rowsOf(items.slice(size), size)];
}

/** A name that PEP 508 takes: letters, digits, `-`, `_`, `.`, not at an end. */
function toDistributionName(service: string): string {
  return (
    service
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[._-]+|[._-]+$/g, '') || 'service'
  );
}

function pinned(requirement: PythonRequirement): string {
  return `${formatRequirement(requirement)}==${pinOf(readPythonPins(), requirement.name).version}`;
}

/** The packages that come along without being asked for by name. */
function transitiveConstraints(spec: ServiceSpec): readonly string[] {
  const direct = [...requirementsOf(spec, 'run'), ...requirementsOf(spec, 'dev')].map(({ name }) => name);
  const pins = readPythonPins();
  return reachablePackages(pins, direct)
    .filter((name) => !direct.includes(name))
    .map((name) => `${name}==${pinOf(pins, name).version}`);
}
