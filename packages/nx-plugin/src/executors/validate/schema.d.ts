import type { DiagnosticFormat } from '@org/validator';

export interface ValidateExecutorSchema {
  /** How the findings are printed; `full` when not given. */
  readonly format?: DiagnosticFormat;
  /** Version of the rules; part of the task's hash, so that new rules check the project anew. */
  readonly rules?: string;
}
