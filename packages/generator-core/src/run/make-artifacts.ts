import { openProject, type Project } from '@org/validator';
import { CriticalPhaseError, type ArtifactFailure } from '../errors/critical-phase-error';
import { gateArtifacts, type Candidate } from '../gate/gate-artifacts';
import { groupByPath } from '../gate/group-by-path';
import { checkPhaseGates } from '../gate/phase-gate';
import { needsHash } from '../keys/needs-hash';
import { surfaceHash } from '../keys/surface-hash';
import { usedSurface } from '../keys/used-surface';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import type { ArtifactKey } from '../promote/artifact-key';
import type { Explanation } from '../report/explanation';
import type { ArtifactMemory } from './artifact-memory';
import { decideArtifact, type NeedsNow } from './decide-artifact';

/** Writes the text of one artifact. */
export type Coder = (artifact: Artifact) => string;

export interface MadeArtifacts {
  /** Accepted texts, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Of Python files: hash of what others see of the template's text, by path. */
  readonly surfaces: ReadonlyMap<string, string>;
  /** What the template's text is made from, by path. */
  readonly keys: ReadonlyMap<string, ArtifactKey>;
  /** By path; none for the spec's own file, nor for what a model wrote the last time: of that the caller decides. */
  readonly explanations: ReadonlyMap<string, Explanation>;
  readonly work: MakingWork;
}

/** What had to be done, so that a test can count it. */
export interface MakingWork {
  /** Texts that the coder was asked for, without the spec's own. */
  readonly rendered: readonly string[];
  /** Python files that the validator read. */
  readonly parsed: number;
}

/**
 * Makes the artifacts of the plan in generation order and passes each batch through the gates before anything that
 * needs it is made. What is made from the same as the last time is taken from memory, and is not asked for.
 * Throws `CriticalPhaseError` when a phase stays incomplete.
 */
export function makeArtifacts(plan: GenerationPlan, coder: Coder, memory?: ArtifactMemory): MadeArtifacts {
  const making = new Making(plan, coder, memory);
  for (const batch of plan.batches) making.makeBatch(batch);
  making.checkWhole();
  return making;
}

class Making implements MadeArtifacts {
  readonly texts = new Map<string, string>();
  readonly surfaces = new Map<string, string>();
  readonly keys = new Map<string, ArtifactKey>();
  readonly explanations = new Map<string, Explanation>();
  readonly work = { rendered: [] as string[], parsed: 0 };
  private readonly failed = new Map<string, ArtifactFailure>();
  /** Made, and others see something else of them than the last time. */
  private readonly changed = new Set<string>();
  /** Opened for the first text that has to be judged: where all is kept, the validator reads nothing. */
  private project: Project | undefined;

  constructor(
    private readonly plan: GenerationPlan,
    private readonly coder: Coder,
    private readonly memory: ArtifactMemory | undefined,
  ) {}

  /** What is made can show the others of its batch something new, so that they are made, too; a text depends on no surface, so it ends. */
  makeBatch(batch: readonly string[]): void {
    const artifacts = batch.filter((path) => !this.missesNeeds(path)).map((path) => this.artifactAt(path));
    let left = artifacts;
    let made: readonly Artifact[];
    do {
      made = left.filter((artifact) => this.mustMake(artifact));
      left = left.filter((artifact) => !made.includes(artifact));
      this.make(made, left);
    } while (made.length > 0 && left.length > 0);
    this.keep(left);
    for (const artifact of artifacts) this.noteKey(artifact, left.includes(artifact));
    checkPhaseGates(this.plan, { accepted: this.texts, failed: this.failed });
  }

  /** Some faults show only in the whole: an import cycle that fails at run time, for one. */
  checkWhole(): void {
    if (this.project === undefined) return;
    const byPath = groupByPath(this.project.check().filter((diagnostic) => diagnostic.certainty === 'certain'));
    for (const { phase, paths } of this.plan.phases) {
      const failures = paths
        .filter((path) => byPath.has(path))
        .map((path) => ({ kind: 'rejected' as const, path, diagnostics: byPath.get(path) ?? [] }));
      if (failures.length > 0) throw new CriticalPhaseError(phase, failures);
    }
  }

  private mustMake(artifact: Artifact): boolean {
    const explanation = decideArtifact(artifact, {
      memory: this.memory,
      needsOf: (each, text) => this.needsNow(each, text),
    });
    if (explanation !== undefined) this.explanations.set(artifact.path, explanation);
    if (explanation?.kind !== 'kept') return true;
    return (
      explanation.because === 'written-once' && (this.memory?.rendersOnce === true || this.memory?.baseOf(artifact.path) === undefined)
    );
  }

  private make(made: readonly Artifact[], others: readonly Artifact[]): void {
    const candidates = made.map((artifact): Candidate => ({ artifact, text: this.coder(artifact) }));
    const isSpecOnly = made.every(({ role }) => role === 'spec');
    this.work.rendered.push(...made.filter(({ role }) => role !== 'spec').map(({ path }) => path));
    const faults = isSpecOnly && this.memory !== undefined ? new Map<string, never>() : this.judge(candidates, others);
    for (const { artifact, text } of candidates) {
      const { path } = artifact;
      const diagnostics = faults.get(path);
      if (diagnostics) this.failed.set(path, { kind: 'rejected', path, diagnostics });
      else this.texts.set(path, text);
      const surface = this.project?.surface(path);
      if (surface !== undefined) this.noteSurface(path, surfaceHash(surface));
    }
  }

  private noteSurface(path: string, hash: string): void {
    this.surfaces.set(path, hash);
    if (this.memory?.recordOf(path)?.surface !== hash) this.changed.add(path);
  }

  private surfaceHashOf(path: string): string | undefined {
    const surface = path.endsWith('.py') ? this.open().surface(path) : undefined;
    return surface && surfaceHash(surface);
  }

  /** Where nothing that it needs has changed, the text uses of it what it used. After a merge the records of two branches stand side by side. */
  private needsNow(artifact: Artifact, text: string): NeedsNow | undefined {
    const needs = this.needsOf(artifact);
    const changed = needs.filter((path) => this.changed.has(path));
    if (changed.length === 0 && this.memory?.isMerged !== true) return undefined;
    return { hash: this.needsHash(needs, text), changed };
  }

  private needsHash(needs: readonly string[], text: string): string {
    const project = this.open();
    return needsHash(
      usedSurface(
        text,
        needs.flatMap((path) => project.surface(path) ?? []),
      ),
    );
  }

  private needsOf({ path }: Artifact): readonly string[] {
    return (this.plan.graph.dependencies[path] ?? []).map(({ target }) => target).filter((target) => target.endsWith('.py'));
  }

  /** Against everything accepted so far, and those of the batch that stand as they were. */
  private judge(candidates: readonly Candidate[], others: readonly Artifact[]): ReturnType<typeof gateArtifacts> {
    const project = this.open();
    this.show(others.map(({ path }): [string, string] => [path, this.memory!.baseOf(path)!]));
    this.countParsed(candidates.map(({ artifact }) => artifact.path));
    return gateArtifacts(candidates, project);
  }

  private open(): Project {
    if (this.project === undefined) this.countParsed(this.texts.keys());
    return (this.project ??= openProject({ files: this.texts }));
  }

  private keep(artifacts: readonly Artifact[]): void {
    const texts = artifacts.map(({ path }): [string, string] => [path, this.memory!.baseOf(path)!]);
    for (const [path, text] of texts) this.texts.set(path, text);
    if (this.project !== undefined) this.show(texts);
  }

  private show(texts: readonly (readonly [string, string])[]): void {
    if (texts.length === 0) return;
    this.countParsed(texts.map(([path]) => path));
    this.project!.update(new Map(texts));
  }

  private countParsed(paths: Iterable<string>): void {
    for (const path of paths) if (path.endsWith('.py')) this.work.parsed += 1;
  }

  private noteKey(artifact: Artifact, isKept: boolean): void {
    const { path } = artifact;
    const record = this.memory?.recordOf(path);
    const key = this.memory?.keyOf(artifact);
    const text = this.texts.get(path);
    if (key === undefined || text === undefined) return;
    // A manifest of version 1 knew no surfaces, and what is written once is not made again to have one.
    const surface = isKept ? (record?.surface ?? (artifact.writeOnce === true ? this.surfaceHashOf(path) : undefined)) : undefined;
    if (surface !== undefined) this.surfaces.set(path, surface);
    const needs = isKept ? record?.key?.needs : undefined;
    this.keys.set(path, { ...key, needs: needs ?? this.needsHash(this.needsOf(artifact), text) });
  }

  /** Notes the path as failed, too, so that what needs it in turn is not made either. */
  private missesNeeds(path: string): boolean {
    const needs = (this.plan.graph.dependencies[path] ?? []).map(({ target }) => target).filter((target) => this.failed.has(target));
    if (needs.length > 0) this.failed.set(path, { kind: 'missing', path, needs });
    return needs.length > 0;
  }

  private artifactAt(path: string): Artifact {
    const artifact = this.plan.graph.nodes[path]?.data;
    if (!artifact) throw new Error(`The plan has no artifact for ${path}.`);
    return artifact;
  }
}
