import { describeTables } from '../artifacts/tables/describe-tables';
import type { Lesson } from '../knowledge/lesson';
import { compareTableStates } from '../migration/compare-table-states';
import { versionsFolder } from '../migration/read-history';
import type { GenerationPlan } from '../plan/generation-plan';
import type { ProjectReader } from '../project/project-reader';
import { createManifest, type ArtifactDetails } from '../promote/create-manifest';
import { openMerger } from '../merge/open-merger';
import type { Merger } from '../merge/merger';
import { createReport } from '../report/create-report';
import type { Explanation } from '../report/explanation';
import type { MigrationReport } from '../report/generation-report';
import type { ModelReport } from '../report/model-report';
import { assertNever } from '../spec/assert-never';
import type { GenerationResult } from './generation-result';
import { generatorVersion } from './generator-version';
import type { PreparedService } from './prepare-service';
import { settleWithDisk } from './settle-with-disk';

interface FinishOptions {
  readonly service: PreparedService;
  readonly project: ProjectReader;
  /** Of all files, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** What of an artifact's record is not the template's, by path: of what a model wrote. */
  readonly details: ReadonlyMap<string, ArtifactDetails>;
  /** Why each artifact was made or not, by path. */
  readonly explanations: ReadonlyMap<string, Explanation>;
  readonly merge?: Merger | undefined;
  readonly modelReport?: ModelReport;
  readonly learned?: readonly Lesson[];
}

/** Compares the finished texts with the disk: what to write and to delete, or why nothing may be written. */
export function finishService({
  service,
  project,
  texts,
  details,
  explanations,
  merge = openMerger(),
  modelReport,
  learned,
}: FinishOptions): GenerationResult {
  const { spec, specText, plan, migration, made, last } = service;
  const ofTemplates = plan.artifacts.map(({ path }): [string, ArtifactDetails] => [
    path,
    { key: made.keys.get(path), surface: made.surfaces.get(path) },
  ]);
  const manifest = createManifest({
    generator: generatorVersion,
    specText,
    artifacts: plan.artifacts,
    details: new Map([...ofTemplates, ...details]),
  });
  const comparison = settleWithDisk({ spec, plan, texts, manifest, last, project, merge });
  if (comparison.kind === 'refused') return comparison;
  const state = compareTableStates(describeTables(spec), project);
  const revision = migration.kind === 'next' ? [[migration.revision.path, migration.text] as const] : [];
  const writes = [...comparison.writes, ...revision];
  const report = createReport({
    spec,
    plan,
    comparison: { outcomes: comparison.outcomes, writes: sorted(writes) },
    texts,
    migration: reportMigration(service, project),
    explanations,
  });
  return {
    kind: 'generated',
    writes: sorted([...writes, ...state.writes]),
    deletes: [...comparison.deletes, ...state.deletes].sort(),
    plan,
    manifest: comparison.manifest,
    outcomes: comparison.outcomes,
    conflicts: report.conflicts,
    explanations: [...explanations.values()].sort((one, other) => (one.path < other.path ? -1 : 1)),
    work: made.work,
    report,
    ...(modelReport ? { modelReport } : {}),
    ...(learned ? { learned } : {}),
  };
}

function sorted(texts: Iterable<readonly [string, string]>): ReadonlyMap<string, string> {
  return new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function firstMigrations({ artifacts }: GenerationPlan): readonly string[] {
  return artifacts.map(({ path }) => path).filter((path) => path.startsWith(versionsFolder));
}

function reportMigration({ migration, plan, templateTexts }: PreparedService, project: ProjectReader): MigrationReport | undefined {
  switch (migration.kind) {
    case 'next': {
      const { path, summary, losses } = migration.revision;
      return { kind: 'written', path, summary, losses };
    }
    case 'by-hand':
      return { kind: 'by-hand', summary: migration.summary };
    case 'adopted': {
      // Where the first migration would be written just so today, there is nothing to compare.
      const isSame = firstMigrations(plan).every((path) => project.read(path) === templateTexts.get(path));
      return isSame ? undefined : { kind: 'not-compared' };
    }
    case 'first':
    case 'none':
      return undefined;
    default:
      return assertNever(migration);
  }
}
