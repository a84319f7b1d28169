import type { Diagnostic } from '@org/validator';
import type { Merger } from '../merge/merger';
import type { GenerationPlan } from '../plan/generation-plan';
import type { ProjectReader } from '../project/project-reader';
import { compareWithDisk, type DiskComparison } from '../promote/compare-with-disk';
import { findMoves } from '../promote/find-moves';
import { isOwned } from '../promote/is-owned';
import type { LastGeneration } from '../promote/last-generation';
import type { Manifest } from '../promote/manifest';
import { renameEntities } from '../promote/rename-entities';
import { canonicalPython } from '../render/canonical-python';
import { formatPython } from '../render/format-python';
import type { ServiceSpec } from '../spec/service-spec';
import { treeFaults } from './tree-faults';

interface SettleOptions {
  readonly spec: ServiceSpec;
  readonly plan: GenerationPlan;
  /** Of all files, by path, as the generator has them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly manifest: Manifest;
  readonly last: LastGeneration | undefined;
  readonly project: ProjectReader;
  readonly merge: Merger;
}

/**
 * Brings the generator's texts and the disk together, and holds the outcome against the gates as a whole: what they refuse is a
 * conflict, which may break what rested on it, so it is compared again until they are content.
 */
export function settleWithDisk({ spec, plan, texts, manifest, last, project, merge }: SettleOptions): DiskComparison {
  const renames = spec.entities.flatMap(({ was, name }) => (was === undefined ? [] : [{ was, name }]));
  const names = { renames, entities: spec.entities.map(({ name }) => name) };
  const renamed = (text: string): string => renameEntities(text, names);
  const source = {
    texts,
    manifest,
    last,
    project,
    tools: { merge: remembered(merge), canonical: canonicalText() },
    writeOnce: new Set(plan.artifacts.filter(({ writeOnce }) => writeOnce).map(({ path }) => path)),
    isOwned: (path: string) => isOwned(path, spec.owned) && path !== 'service.yaml',
    moves: findMoves({ artifacts: plan.artifacts, renames, last, renamed }),
    renamed: (path: string, text: string) =>
      path.endsWith('.py') ? formatPython(renamed(text), { dropsUnusedImports: false }) : renamed(text),
  };
  const brokenBy = treeFaults({ project, texts });
  const faults = new Map<string, readonly Diagnostic[]>();
  for (;;) {
    const comparison = compareWithDisk({ ...source, faults });
    if (comparison.kind === 'refused') return comparison;
    const found = [...brokenBy(comparison)].filter(([path]) => !faults.has(path));
    if (found.length === 0) return comparison;
    for (const [path, diagnostics] of found) faults.set(path, diagnostics);
  }
}

/** A text is formatted once, however often it is compared. */
function canonicalText(): (path: string, text: string) => string {
  const known = new Map<string, string>();
  return (path, text) => {
    if (!path.endsWith('.py')) return text;
    const canonical = known.get(text) ?? canonicalPython(text);
    known.set(text, canonical);
    return canonical;
  };
}

/** The same texts are merged once, however often the gates ask again. */
function remembered(merge: Merger): Merger {
  const known = new Map<string, ReturnType<Merger>>();
  return (sources) => {
    const key = JSON.stringify([sources.base, sources.theirs, sources.ours]);
    const merged = known.get(key) ?? merge(sources);
    known.set(key, merged);
    return merged;
  };
}
