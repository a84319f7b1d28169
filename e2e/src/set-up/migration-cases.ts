import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { artifactRoles } from '../../../packages/generator-core/src/artifacts/registry';
import type { ArtifactRole } from '../../../packages/generator-core/src/artifacts/artifact-role';
import { describeTables } from '../../../packages/generator-core/src/artifacts/tables/describe-tables';
import { compareTableStates } from '../../../packages/generator-core/src/migration/compare-table-states';
import { nextMigration } from '../../../packages/generator-core/src/migration/next-migration';
import { revisionRole } from '../../../packages/generator-core/src/migration/revision-role';
import { renderArtifact } from '../../../packages/generator-core/src/render/render-artifact';
import { readTemplates } from '../../../packages/generator-core/src/render/template-store';
import { parseServiceSpec } from '../../../packages/generator-core/src/spec/parse-service-spec';
import type { ServiceSpec } from '../../../packages/generator-core/src/spec/service-spec';
import { mapProject } from '../../../packages/generator-core/src/testing/map-project';
import { root } from '../../../tools/setup.mjs';
import { writeFiles } from '../../../tools/write-files';

interface SpecChange {
  readonly change: string;
  readonly before: object;
  readonly after: object;
  readonly rows: readonly object[];
  readonly drop?: readonly string[];
  readonly narrow?: readonly string[];
  readonly then?: object;
  readonly lost?: readonly string[];
  /** Rows have what the new tables refuse, so that the database stops the migration. */
  readonly refused?: boolean;
}

type Texts = ReadonlyMap<string, string>;

export function readChanges(): readonly SpecChange[] {
  return parse(readFileSync(join(root, 'e2e/fixtures/migrations/changes.yaml'), 'utf8')) as readonly SpecChange[];
}

/**
 * Writes the data half of the old and the new service of each change into the folder, and `cases.json`, which `carry_rows.py` reads.
 * Gives the path of the latter. Rendered without gates, as there are many; `regenerate.e2e.ts` has the whole run.
 */
export function makeMigrationCases(folder: string): string {
  const cases = readChanges().map(({ before, after, drop = [], narrow = [], ...rest }, index) => {
    const old = renderFirst(specOf(before));
    const next = renderNext(specOf(after), old, { drop: new Set(drop), narrow: new Set(narrow), write: 'next' });
    const [oldFolder, newFolder] = [join(folder, `${index}/old`), join(folder, `${index}/new`)];
    writeFiles(oldFolder, old);
    writeFiles(newFolder, next);
    return { ...rest, old: oldFolder, new: newFolder };
  });
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases, undefined, 2));
  return join(folder, 'cases.json');
}

function specOf(part: object): ServiceSpec {
  const text = stringify({ service: 'shop', ...part });
  const reading = parseServiceSpec(text);
  if (reading.kind === 'read') return reading.spec;
  throw new Error(`${text}\n${JSON.stringify(reading.faults, undefined, 2)}`);
}

/** What has to do with tables and rows. */
const dataRoles = new Set([
  'plain-package',
  'config',
  'enums',
  'database',
  'links',
  'model',
  'refresh-token',
  'models-package',
  'extensions',
  'alembic',
  'test-package',
  'test-factories',
]);

function renderFirst(spec: ServiceSpec): Texts {
  const texts = artifactRoles.filter(({ role }) => dataRoles.has(role)).flatMap((role) => renderRole(spec, role));
  return new Map([...texts, ...compareTableStates(describeTables(spec), mapProject({})).writes]);
}

function renderNext(spec: ServiceSpec, old: Texts, wishes: Parameters<typeof nextMigration>[0]['wishes']): Texts {
  const next = nextMigration({ tables: describeTables(spec), project: mapProject(Object.fromEntries(old)), wishes });
  if (next.kind !== 'next') throw new Error(JSON.stringify(next, undefined, 2));
  const history = [...old].filter(([path]) => path.startsWith('alembic/versions/'));
  return new Map([...renderFirst(spec), ...history, ...renderRole(spec, revisionRole(next.revision))]);
}

function renderRole(spec: ServiceSpec, role: ArtifactRole): readonly (readonly [string, string])[] {
  return role.artifacts(spec).map((artifact) => [artifact.path, renderArtifact({ spec, artifact, role, templates: readTemplates() })]);
}
