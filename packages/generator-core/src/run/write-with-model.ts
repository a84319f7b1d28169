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
  /** Texts of the user's own that stand for an artifact's, by path. */
  readonly given?: ReadonlyMap<string, string>;
  /** Artifacts under way at the same time. */
  readonly concurrency?: number;
  readonly onStart?: (path: string) => void;
  readonly onEnd?: (path: string, written: ArtifactWritten) => void;
}

/**
 * Has a model write files of the plan, each as soon as what it needs is accepted: what became of each, by path, sorted.
 * The texts depend on the answers alone, not on the order they arrive in.
 */
export async function writeWithModel(options: ModelWritingOptions): Promise<ReadonlyMap<string, ArtifactWritten>> {
  const { plan, writer, paths, given = new Map(), concurrency = 8, onStart, onEnd } = options;
  const written = new Map<string, ArtifactWritten>();
  const texts = new Map(given);
  await scheduleUnits({
    units: paths.map((path) => ({ name: path, needs: needsClosure(path, plan) })),
    limit: concurrency,
    work: async (path) => {
      onStart?.(path);
      const result = await writer.write(path, texts);
      written.set(path, result);
      if (result.kind === 'accepted') texts.set(path, result.text);
      onEnd?.(path, result);
    },
  });
  return new Map([...written].sort(([left], [right]) => (left < right ? -1 : 1)));
}
