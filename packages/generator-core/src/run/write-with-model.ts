import type { ArtifactWritten } from '../attempt/write-artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import type { ArtifactWriter } from './artifact-writer';
import { needsClosure } from './needs-closure';
import { scheduleUnits } from './schedule-units';

export interface ModelWritingOptions {
  readonly plan: GenerationPlan;
  readonly writer: ArtifactWriter;
  /** What the model is to write. */
  readonly paths: readonly string[];
  /** Texts that stand for an artifact's whatever happens, by path. */
  readonly given?: ReadonlyMap<string, string>;
  /** The text that a file keeps beside those that are accepted by then: the model is not asked for it. */
  readonly keep?: (path: string, texts: ReadonlyMap<string, string>) => string | undefined;
  /** Artifacts under way at the same time. */
  readonly concurrency?: number;
  readonly onStart?: (path: string) => void;
  readonly onEnd?: (path: string, written: ArtifactWritten) => void;
}

/**
 * Has a model write files of the plan, each as soon as what it needs is accepted: what became of each that it was asked for, by path, sorted.
 * The texts depend on the answers alone, not on the order they arrive in.
 */
export async function writeWithModel(options: ModelWritingOptions): Promise<ReadonlyMap<string, ArtifactWritten>> {
  const { plan, writer, paths, given = new Map(), keep, concurrency = 8, onStart, onEnd } = options;
  const written = new Map<string, ArtifactWritten>();
  const texts = new Map(given);
  await scheduleUnits({
    units: paths.map((path) => ({ name: path, needs: needsClosure(path, plan) })),
    limit: concurrency,
    work: async (path) => {
      const kept = keep?.(path, texts);
      if (kept !== undefined) return void texts.set(path, kept);
      onStart?.(path);
      const result = await writer.write(path, texts);
      written.set(path, result);
      if (result.kind === 'accepted') texts.set(path, result.text);
      onEnd?.(path, result);
    },
  });
  return new Map([...written].sort(([left], [right]) => (left < right ? -1 : 1)));
}
