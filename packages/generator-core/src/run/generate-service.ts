import { generatorVersion } from './generator-version';
import { artifactRoles } from '../artifacts/registry';
import type { ArtifactRole } from '../artifacts/artifact-role';
import { planService } from '../plan/plan-service';
import type { ProjectReader } from '../project/project-reader';
import { compareWithDisk } from '../promote/compare-with-disk';
import { createManifest } from '../promote/create-manifest';
import { readManifest } from '../promote/read-manifest';
import { renderArtifact } from '../render/render-artifact';
import { readTemplates } from '../render/template-store';
import { createReport } from '../report/create-report';
import { parseServiceSpec } from '../spec/parse-service-spec';
import type { ServiceSpec } from '../spec/service-spec';
import type { GenerationResult } from './generation-result';
import { makeArtifacts, type Coder } from './make-artifacts';

export interface GenerateServiceOptions {
  /** Text of the spec, YAML. */
  readonly specText: string;
  /** What stands in the target folder now. */
  readonly project: ProjectReader;
  /** Templates by name; those of the package unless given. */
  readonly templates?: ReadonlyMap<string, string>;
}

/**
 * The run: read the spec, plan, make and gate each artifact in dependency order, compare with the disk, report.
 * Writes nothing itself: what to write and delete is in the result. Same spec and same disk, same result.
 *
 * Throws `CriticalPhaseError` when a phase ends without a file it needs, `GenerationError` for a manifest that cannot be read.
 */
export function generateService({ specText, project, templates = readTemplates() }: GenerateServiceOptions): GenerationResult {
  const reading = parseServiceSpec(specText);
  if (reading.kind === 'faulty') return { kind: 'faulty-spec', faults: reading.faults };
  const previous = readManifest(project);
  const plan = planService(reading.spec);
  const texts = makeArtifacts(plan, templateCoder({ spec: reading.spec, specText, templates }));
  const writeOnce = new Set(plan.artifacts.filter((artifact) => artifact.writeOnce).map((artifact) => artifact.path));
  const manifest = createManifest({ generator: generatorVersion, specText, texts, writeOnce, previous });
  const comparison = compareWithDisk({ texts, manifest, previous, project, writeOnce });
  if (comparison.kind === 'conflict') return { kind: 'refused', edited: comparison.edited, foreign: comparison.foreign };
  const report = createReport({ spec: reading.spec, plan, comparison });
  return { kind: 'generated', writes: comparison.writes, deletes: comparison.deletes, plan, manifest, report };
}

/** The embedded coder: every file from its template, the spec's own file as the user wrote it. */
function templateCoder({
  spec,
  specText,
  templates,
}: {
  spec: ServiceSpec;
  specText: string;
  templates: ReadonlyMap<string, string>;
}): Coder {
  const roles = new Map<string, ArtifactRole>(artifactRoles.map((role) => [role.role, role]));
  return (artifact) => {
    const role = roles.get(artifact.role);
    return role ? renderArtifact({ spec, artifact, role, templates }) : specText;
  };
}
