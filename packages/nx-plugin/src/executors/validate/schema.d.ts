import type { DiagnosticFormat } from '@org/validator';

export interface ValidateExecutorSchema {
  /** How the findings are printed; `full` when not given. */
  readonly format?: DiagnosticFormat;
  /** Version of the plugin and its rules; part of the task's hash, so that another version checks the project anew. */
  readonly rules?: string;
}
