import type { ModuleSurface } from '@org/validator';
import { webPaths } from '../artifacts/web/web-paths';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import type { ArtifactContext, KnownModule } from './artifact-context';
import { describeTask, type TaskSource } from './describe-task';
import { signaturesOf } from './signatures-of';

export interface ContextSource extends TaskSource {
  /** Surface of an accepted file; undefined when it is no Python file or not accepted yet. */
  readonly surfaceOf: (path: string) => ModuleSurface | undefined;
  /** What the file must define, as signatures. */
  readonly contract: string;
}

/** Modules that gather names of many entities, in files that know one of them. */
const GATHERING = new Set(['enums', 'links', 'structs', 'summaries']);

/** What the model is told about an artifact; nothing of it depends on artifacts that are farther than the needs of its needs. */
export function buildContext(artifact: Artifact, source: ContextSource): ArtifactContext {
  const { plan, contract } = source;
  const needs = artifact.needs.filter((path) => path.endsWith('.py') && path !== webPaths.unimplemented);
  const task = describeTask(artifact, source);
  const shownOf = surfacesShownTo(artifact, source, `${contract}\n${task.brief}\n${task.slice}`);
  return {
    path: artifact.path,
    ...task,
    modules: needs.flatMap((path) => knownModule(shownOf(path))),
    distant: distantModules(needs, plan, shownOf),
    provides: contract,
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
