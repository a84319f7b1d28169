export interface ProjectGeneratorSchema extends RunOptions {
  /** The folder of the service, from where the user is in the workspace. */
  readonly directory: string;
  /** The spec's file; without it, the folder's own `service.yaml`. */
  readonly spec?: string;
  /** The name of the Nx project; without it, that of the service. */
  readonly name?: string;
}

/** What every generator that makes a service takes. */
export interface RunOptions {
  /** Write the files only, without `uv`. */
  readonly skipInstall?: boolean;
  /** What the next migration may delete: `Review`, `Book.cost`, `OrderStatus.refunded`. */
  readonly drop?: readonly string[];
  /** Fields that may get a type which holds less. */
  readonly narrow?: readonly string[];
  /** `none`: the user writes the next migration. */
  readonly migration?: string;
  /** `gemini:<id>`, `ai-sdk:<package>:<id>` or `replay:<file>`, several with commas between; without it, templates write everything. */
  readonly model?: string;
  /** What the model writes: `operations` or `all`. */
  readonly write?: string;
  /** Where to write a cassette of the run. */
  readonly record?: string;
  readonly maxCalls?: number;
  readonly maxTokens?: number;
  /** US dollars. */
  readonly maxCost?: number;
  readonly maxMinutes?: number;
  /** Calls at the same time. */
  readonly concurrency?: number;
  /** Seconds for one call. */
  readonly modelTimeout?: number;
  /** Flags do not make the command fail. */
  readonly acceptFlagged?: boolean;
  /** Run what a model wrote although nothing can shut it in. */
  readonly allowUnsandboxed?: boolean;
}
