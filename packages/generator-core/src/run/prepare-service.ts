import { artifactRoles } from '../artifacts/registry';
import type { ArtifactRole } from '../artifacts/artifact-role';
import type { GenerationPlan } from '../plan/generation-plan';
import { planService } from '../plan/plan-service';
import type { ProjectReader } from '../project/project-reader';
import type { Manifest } from '../promote/manifest';
import { readManifest } from '../promote/read-manifest';
import { renderArtifact } from '../render/render-artifact';
import { parseServiceSpec } from '../spec/parse-service-spec';
import type { ServiceSpec } from '../spec/service-spec';
import type { SpecFault } from '../spec/spec-fault';
import { makeArtifacts, type Coder } from './make-artifacts';

/** A service as its templates have it, through all gates. */
export interface PreparedService {
  readonly spec: ServiceSpec;
  readonly specText: string;
  readonly plan: GenerationPlan;
  readonly templateTexts: ReadonlyMap<string, string>;
  /** Of the last run; undefined before the first. */
  readonly previous: Manifest | undefined;
}

export type Preparation =
  | { readonly kind: 'prepared'; readonly service: PreparedService }
  | { readonly kind: 'faulty-spec'; readonly faults: readonly SpecFault[] };

interface PreparationSource {
  readonly specText: string;
  readonly project: ProjectReader;
  readonly templates: ReadonlyMap<string, string>;
}

/** Reads the spec, plans, and makes every file from its template. Throws what `generateService` throws. */
export function prepareService({ specText, project, templates }: PreparationSource): Preparation {
  const reading = parseServiceSpec(specText);
  if (reading.kind === 'faulty') return { kind: 'faulty-spec', faults: reading.faults };
  const previous = readManifest(project);
  const plan = planService(reading.spec);
  const templateTexts = makeArtifacts(plan, templateCoder({ spec: reading.spec, specText, templates }));
  return { kind: 'prepared', service: { spec: reading.spec, specText, plan, templateTexts, previous } };
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
