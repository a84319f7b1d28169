import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import { artifactRoles } from '../artifacts/registry';
import { operationEntities } from '../artifacts/web/operation-entities';
import { operationNamed } from '../artifacts/web/operation-named';
import { renderTemplate } from '../render/render-template';
import type { ServiceSpec } from '../spec/service-spec';
import type { ArtifactContext } from './artifact-context';
import { sliceSpec } from './slice-spec';

export interface TaskSource {
  readonly spec: ServiceSpec;
  readonly specText: string;
  readonly plan: GenerationPlan;
  /** Prompt files by name, the briefs among them. */
  readonly prompts: ReadonlyMap<string, string>;
}

/** What the model is told of an artifact's task, which depends on the spec alone and on no other file. */
export type ArtifactTask = Pick<ArtifactContext, 'purpose' | 'service' | 'tree' | 'brief' | 'slice'>;

export function describeTask(artifact: Artifact, source: TaskSource): ArtifactTask {
  const { spec, specText, plan } = source;
  const entities =
    artifact.operation === undefined ? [] : operationEntities(spec, operationNamed(spec, artifact.operation)).map(({ name }) => name);
  return {
    purpose: purposeOf(artifact),
    service: describeService(spec),
    tree: describeTree(plan),
    brief: renderBrief(artifact, source),
    slice: sliceSpec(specText, artifact, entities),
  };
}

function purposeOf({ operation, entity, phase }: Artifact): string {
  if (operation !== undefined) return `, the function of the operation \`${operation}\``;
  return entity === undefined ? '' : `, of the entity \`${entity}\` (${phase})`;
}

/** Sees what the template of the role sees, so that it states the decisions of the plan and nothing else. Parts that a file has not leave one blank line at most. */
function renderBrief(artifact: Artifact, { spec, prompts }: TaskSource): string {
  const name = `briefs/${artifact.role}.md.jinja`;
  const role = artifactRoles.find((candidate) => candidate.role === artifact.role);
  if (role === undefined || !prompts.has(name)) return '';
  const brief = renderTemplate({ templates: prompts, name, view: { spec, ...role.view(spec, artifact), path: artifact.path } });
  return brief.replace(/\n{3,}/g, '\n\n').trim();
}

function describeService({ service, description, auth }: ServiceSpec): string {
  return `\`${service}\`: ${description.trim()} ${auth === undefined ? 'Nobody signs in.' : 'Users sign in; a `Viewer` is who asks.'}`;
}

/** The folders without their files, so that another entity changes no prompt but its own; not those that are the user's. */
function describeTree({ artifacts }: GenerationPlan): string {
  const folders = new Set(
    artifacts
      .filter(({ path, writeOnce }) => path.endsWith('.py') && writeOnce !== true)
      .map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)),
  );
  return [...folders]
    .filter((folder) => folder.startsWith('app/'))
    .sort()
    .map((folder) => `- \`${folder}\``)
    .join('\n');
}
