import type { RunOptions } from '../../generators/project/schema';

export interface GenerateExecutorSchema extends RunOptions {
  /** Write nothing; fail where something is out of step. */
  readonly check?: boolean;
  /** Write nothing; show what would be written. */
  readonly dryRun?: boolean;
  /** Say for each file why it was made, or why not. */
  readonly explain?: boolean;
  /** Make every file again. */
  readonly all?: boolean;
  /** Only remove what can be made again. */
  readonly clean?: boolean;
}
