import type { ModuleSurface } from '@org/validator';
import { artifactRoles } from '../artifacts/registry';
import { operationEntities } from '../artifacts/web/operation-entities';
import { operationNamed } from '../artifacts/web/operation-named';
import { webPaths } from '../artifacts/web/web-paths';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import { renderTemplate } from '../render/render-template';
import type { ServiceSpec } from '../spec/service-spec';
import type { ArtifactContext, KnownModule } from './artifact-context';
import { signaturesOf } from './signatures-of';
import { sliceSpec } from './slice-spec';

export interface ContextSource {
  readonly spec: ServiceSpec;
  readonly specText: string;
  readonly plan: GenerationPlan;
  /** Surface of an accepted file; undefined when it is no Python file or not accepted yet. */
  readonly surfaceOf: (path: string) => ModuleSurface | undefined;
  /** What the file must define, as signatures. */
  readonly contract: string;
  /** Prompt files by name, the briefs among them. */
  readonly prompts: ReadonlyMap<string, string>;
}

/** Modules that gather names of many entities, in files that know one of them. */
const GATHERING = new Set(['enums', 'links', 'structs', 'summaries']);

/** What the model is told about an artifact; nothing of it depends on artifacts that are farther than the needs of its needs. */
export function buildContext(artifact: Artifact, source: ContextSource): ArtifactContext {
  const { spec, plan, contract } = source;
  const needs = artifact.needs.filter((path) => path.endsWith('.py') && path !== webPaths.unimplemented);
  const entities =
    artifact.operation === undefined ? [] : operationEntities(spec, operationNamed(spec, artifact.operation)).map(({ name }) => name);
  const brief = renderBrief(artifact, source);
  const slice = sliceSpec(source.specText, artifact, entities);
  const shownOf = surfacesShownTo(artifact, source, `${contract}\n${brief}\n${slice}`);
  return {
    path: artifact.path,
    purpose: purposeOf(artifact),
    service: describeService(spec),
    tree: describeTree(plan),
    modules: needs.flatMap((path) => knownModule(shownOf(path))),
    distant: distantModules(needs, plan, shownOf),
    provides: contract,
    brief,
    slice,
  };
}

/**
 * Of a module that grows with the entities a file sees what its task names, so that another entity changes no prompt but those about it:
 * of modules that gather names of many entities, and, for files there is one of, of every module of an entity or operation.
 */
function surfacesShownTo({ entity, operation }: Artifact, { plan, surfaceOf }: ContextSource, task: string): ContextSource['surfaceOf'] {
  const words = new Set(task.match(/\w+/g));
  const isOneOfAKind = entity === undefined && operation === undefined;
  return (path) => {
    const surface = surfaceOf(path);
    const node = plan.graph.nodes[path]?.data;
    const isGrowing = GATHERING.has(node?.role ?? '') || (isOneOfAKind && (node?.entity ?? node?.operation) !== undefined);
    return surface === undefined || !isGrowing ? surface : { ...surface, exports: surface.exports.filter(({ name }) => words.has(name)) };
  };
}

function purposeOf({ operation, entity, phase }: Artifact): string {
  if (operation !== undefined) return `, the function of the operation \`${operation}\``;
  return entity === undefined ? '' : `, of the entity \`${entity}\` (${phase})`;
}

/** Sees what the template of the role sees, so that it states the decisions of the plan and nothing else. Parts that a file has not leave one blank line at most. */
function renderBrief(artifact: Artifact, { spec, prompts }: ContextSource): string {
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

function knownModule(surface: ModuleSurface | undefined): readonly KnownModule[] {
  if (surface?.module === undefined || surface.exports.length === 0) return [];
  return [{ name: surface.module, interface: signaturesOf(surface) }];
}

function distantModules(needs: readonly string[], plan: GenerationPlan, surfaceOf: ContextSource['surfaceOf']): readonly string[] {
  const near = new Set(needs);
  const behind = needs
    .flatMap((path) => (plan.graph.dependencies[path] ?? []).map(({ target }) => target))
    .filter((path) => !near.has(path) && path !== webPaths.unimplemented);
  return [...new Set(behind)].sort().flatMap((path) => {
    const surface = surfaceOf(path);
    if (surface?.module === undefined || surface.exports.length === 0) return [];
    return [`- \`${surface.module}\`: ${surface.exports.map(({ name }) => name).join(', ')}`];
  });
}
