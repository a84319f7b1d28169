import type { Lesson } from '../knowledge/lesson';
import type { ProjectReader } from '../project/project-reader';
import { compareWithDisk } from '../promote/compare-with-disk';
import { createManifest } from '../promote/create-manifest';
import { createReport } from '../report/create-report';
import type { ModelReport } from '../report/model-report';
import type { GenerationResult } from './generation-result';
import { generatorVersion } from './generator-version';
import type { PreparedService } from './prepare-service';

interface FinishOptions {
  readonly service: PreparedService;
  readonly project: ProjectReader;
  /** Of all files, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files whose text is the user's own. */
  readonly kept: ReadonlySet<string>;
  /** Which model wrote a text, by path. */
  readonly models: ReadonlyMap<string, string>;
  readonly modelReport?: ModelReport;
  readonly learned?: readonly Lesson[];
}

/** Compares the finished texts with the disk: what to write and to delete, or why nothing may be written. */
export function finishService({ service, project, texts, kept, models, modelReport, learned }: FinishOptions): GenerationResult {
  const { spec, specText, plan, previous } = service;
  const writeOnce = new Set(plan.artifacts.filter((artifact) => artifact.writeOnce).map((artifact) => artifact.path));
  const keepHash = new Set([...writeOnce, ...kept]);
  const manifest = createManifest({ generator: generatorVersion, specText, texts, keepHash, models, previous });
  const comparison = compareWithDisk({ texts, manifest, previous, project, writeOnce, kept });
  if (comparison.kind === 'conflict') return { kind: 'refused', edited: comparison.edited, foreign: comparison.foreign };
  const report = createReport({ spec, plan, comparison, texts });
  return {
    kind: 'generated',
    writes: comparison.writes,
    deletes: comparison.deletes,
    plan,
    manifest,
    report,
    ...(modelReport ? { modelReport } : {}),
    ...(learned ? { learned } : {}),
  };
}
