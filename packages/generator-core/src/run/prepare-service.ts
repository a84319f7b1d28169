import { artifactRoles } from '../artifacts/registry';
import type { ArtifactRole } from '../artifacts/artifact-role';
import type { GenerationPlan } from '../plan/generation-plan';
import { describeTables } from '../artifacts/tables/describe-tables';
import { nextMigration, type MigrationWishes, type NextMigration, type Revision } from '../migration/next-migration';
import { versionsFolder } from '../migration/read-history';
import { revisionRole } from '../migration/revision-role';
import { pyprojectRole } from '../artifacts/pyproject';
import { planService } from '../plan/plan-service';
import type { ProjectReader } from '../project/project-reader';
import { readLastGeneration, type LastGeneration } from '../promote/last-generation';
import { renderArtifact } from '../render/render-artifact';
import { parseServiceSpec } from '../spec/parse-service-spec';
import type { ServiceSpec } from '../spec/service-spec';
import type { SpecFault } from '../spec/spec-fault';
import { openMemory, type ArtifactMemory } from './artifact-memory';
import { keepAll } from './keep-all';
import { makeArtifacts, type Coder, type MadeArtifacts } from './make-artifacts';

/** A service as its templates have it, through all gates; what would be made from the same as the last time is the last run's. */
export interface PreparedService {
  readonly spec: ServiceSpec;
  readonly specText: string;
  readonly plan: GenerationPlan;
  /** Of all files. Where nothing was to be made, and no model is asked, what a model wrote the last time is among them. */
  readonly templateTexts: ReadonlyMap<string, string>;
  readonly made: MadeArtifacts;
  readonly memory: ArtifactMemory;
  /** What the last run left; undefined before the first. */
  readonly last: LastGeneration | undefined;
  readonly migration: PreparedMigration;
}

/** What the tables ask for, and the text of the migration where one is to be written. */
export type PreparedMigration =
  | Exclude<NextMigration, RefusedMigration | { readonly kind: 'next' }>
  | { readonly kind: 'next'; readonly revision: Revision; readonly text: string };

export type RefusedMigration = Extract<NextMigration, { readonly kind: 'several-heads' | 'faulty' }>;

export type Preparation =
  | { readonly kind: 'prepared'; readonly service: PreparedService }
  | { readonly kind: 'faulty-spec'; readonly faults: readonly SpecFault[] }
  | { readonly kind: 'refused-migration'; readonly migration: RefusedMigration };

interface PreparationSource {
  readonly specText: string;
  readonly project: ProjectReader;
  readonly templates: ReadonlyMap<string, string>;
  readonly prompts: () => ReadonlyMap<string, string>;
  readonly migration: MigrationWishes;
  /** Everything is made again, whatever it was made from. */
  readonly all: boolean;
  /** Whether a model is asked in this run: then the templates' texts are there for all it may write, and the whole can be run. */
  readonly asksModel: boolean;
}

/** Reads the spec, plans, and makes from its template every file that would be another now. Throws what `generateService` throws. */
export function prepareService(source: PreparationSource): Preparation {
  const { specText, project, templates, migration: wishes, prompts, all, asksModel } = source;
  const reading = parseServiceSpec(specText);
  if (reading.kind === 'faulty') return { kind: 'faulty-spec', faults: reading.faults };
  const { spec } = reading;
  const next = nextMigration({ tables: describeTables(spec), project, wishes });
  if (next.kind === 'faulty' || next.kind === 'several-heads') return { kind: 'refused-migration', migration: next };
  const plan = planService(spec);
  const last = next.kind === 'first' ? withoutHistory(plan, readLastGeneration(project)) : readLastGeneration(project);
  const rendersOnce = asksModel || next.kind === 'first' || next.kind === 'adopted';
  const memory = openMemory({ last, spec, specText, plan, templates, prompts, all, rendersOnce });
  const made =
    (asksModel ? undefined : keepAll(plan, { specText, memory })) ??
    makeArtifacts(plan, templateCoder({ spec, specText, templates }), memory);
  const migration = next.kind === 'next' ? { ...next, text: revisionText({ spec, specText, templates, revision: next.revision }) } : next;
  return { kind: 'prepared', service: { spec, specText, plan, templateTexts: made.texts, made, memory, last, migration } };
}

/** Who has deleted all migrations starts anew: the first one is no file that the user wants to be gone. */
function withoutHistory({ artifacts }: GenerationPlan, last: LastGeneration | undefined): LastGeneration | undefined {
  if (last === undefined) return undefined;
  const migrations = new Set(artifacts.map(({ path }) => path).filter((path) => path.startsWith(versionsFolder)));
  const records = new Map([...last.manifest.artifacts].filter(([path]) => !migrations.has(path)));
  return { ...last, manifest: { ...last.manifest, artifacts: records } };
}

/**
 * A migration depends on what stands in the project, so that it is no file of the plan, and no trial of the service has it:
 * there the first migration makes all tables. It goes through the same gates.
 */
function revisionText({
  revision,
  ...source
}: {
  readonly spec: ServiceSpec;
  readonly specText: string;
  readonly templates: ReadonlyMap<string, string>;
  readonly revision: Revision;
}): string {
  const roles = [pyprojectRole, revisionRole(revision)];
  return makeArtifacts(planService(source.spec, roles), templateCoder({ ...source, roles })).texts.get(revision.path) ?? '';
}

/** The embedded coder: every file from its template, the spec's own file as the user wrote it. */
function templateCoder({
  spec,
  specText,
  templates,
  roles = artifactRoles,
}: {
  spec: ServiceSpec;
  specText: string;
  templates: ReadonlyMap<string, string>;
  roles?: readonly ArtifactRole[];
}): Coder {
  const byName = new Map<string, ArtifactRole>(roles.map((role) => [role.role, role]));
  return (artifact) => {
    const role = byName.get(artifact.role);
    return role ? renderArtifact({ spec, artifact, role, templates }) : specText;
  };
}
