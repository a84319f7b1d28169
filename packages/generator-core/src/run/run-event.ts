import type { Attempt } from '../attempt/attempt';
import type { ArtifactWritten } from '../attempt/write-artifact';
import type { Spending } from '../budget/budget';
import type { ConfinementLevel } from '../sandbox/confined-command';
import type { RunEstimate } from './estimate-model-run';

/** What happens while a model writes, in the order it happens in. */
export type RunEvent =
  | { readonly kind: 'run-start'; readonly estimate: RunEstimate }
  | { readonly kind: 'artifact-start'; readonly path: string }
  | { readonly kind: 'attempt-end'; readonly path: string; readonly attempt: Attempt; readonly spent: Spending }
  | {
      readonly kind: 'artifact-end';
      readonly path: string;
      readonly written: ArtifactWritten;
      readonly done: number;
      readonly asked: number;
    }
  | { readonly kind: 'trial-start'; readonly level: ConfinementLevel; readonly weakness: string | undefined }
  | { readonly kind: 'round-end'; readonly round: number; readonly failures: number; readonly blamed: readonly string[] };
