import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactRoles } from '../artifacts/registry';
import type { GenerationPlan } from '../plan/generation-plan';
import { planService } from '../plan/plan-service';
import { renderArtifact } from '../render/render-artifact';
import { readTemplates } from '../render/template-store';
import { parseServiceSpec } from '../spec/parse-service-spec';
import type { ServiceSpec } from '../spec/service-spec';

/** A service as far as it is known before anything is written by a model. */
export interface PlannedService {
  readonly spec: ServiceSpec;
  readonly specText: string;
  readonly plan: GenerationPlan;
  /** The templates' texts by path. */
  readonly templateTexts: ReadonlyMap<string, string>;
}

/** An example of the repository: `bookstore`. */
export function plannedExample(name: string): PlannedService {
  return planText(readFileSync(join(__dirname, '../../../../examples', `${name}.yaml`), 'utf8'));
}

export function planText(specText: string): PlannedService {
  const reading = parseServiceSpec(specText);
  if (reading.kind === 'faulty') throw new Error(reading.faults.map(({ message }) => message).join('\n'));
  const { spec } = reading;
  const plan = planService(spec);
  const roles = new Map(artifactRoles.map((role) => [role.role, role]));
  const templateTexts = plan.artifacts.flatMap((artifact): [string, string][] => {
    const role = roles.get(artifact.role);
    return role === undefined ? [] : [[artifact.path, renderArtifact({ spec, artifact, role, templates: readTemplates() })]];
  });
  return { spec, specText, plan, templateTexts: new Map(templateTexts) };
}
