/** Something to run that nobody has read: it may do anything it can. */
export interface ConfinedCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  /** The one folder it may write to, besides a temporary folder of its own; it starts there. An absolute path. */
  readonly folder: string;
  /** Files and folders it may read, at the same place as outside: an interpreter, an environment with packages. Absolute paths. */
  readonly readable: readonly string[];
  /** All it sees; nothing is taken over from us. */
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: ConfinementLimits;
}

export interface ConfinementLimits {
  readonly wallMilliseconds: number;
  /** Of each process. */
  readonly cpuSeconds: number;
  /** Address space of each process. */
  readonly memoryBytes: number;
  readonly processes: number;
  /** Of each file it writes. */
  readonly fileBytes: number;
  /** Both outputs together; more ends the run. */
  readonly outputBytes: number;
}

/**
 * How well a command is shut in. `bubblewrap`: no network, a read-only system of which only `readable` is shown, processes of its own.
 * `unshare`: no network and processes of its own, but it can read and write what the user can.
 */
export type ConfinementLevel = 'bubblewrap' | 'unshare' | 'none';

export interface ConfinedRun {
  readonly level: ConfinementLevel;
  /** Undefined when it was ended by a signal. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Set when we ended it. */
  readonly stoppedFor: 'time' | 'output' | 'cancelled' | undefined;
  readonly output: string;
  readonly errorOutput: string;
}
