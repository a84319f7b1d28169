import { spawn } from 'node:child_process';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assertNever } from '../spec/assert-never';
import { bubblewrapWords, NOBODY } from './bubblewrap-words';
import type { ConfinedCommand, ConfinedRun } from './confined-command';
import type { Confinement } from './find-confinement';
import { plainWords } from './plain-words';
import { unshareWords } from './unshare-words';

interface RunOptions {
  readonly confinement: Confinement;
  readonly signal: AbortSignal;
}

/**
 * Runs a command that nobody has read, as well shut in as this machine can, and ends it with everything it started
 * when its time or its output is over. With the level `none` only the limits and the empty environment hold: the caller decides whether to run it at all.
 */
export async function runConfined(command: ConfinedCommand, { confinement, signal }: RunOptions): Promise<ConfinedRun> {
  const [program, ...words] = wordsFor(command, confinement);
  if (confinement.level === 'bubblewrap' && confinement.host.isRoot) giveAway(command.folder);
  const child = spawn(program!, words, {
    cwd: command.folder,
    detached: true,
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ending = watch(child, command, signal);
  const output = collect(child.stdout, ending.countOutput);
  const errorOutput = collect(child.stderr, ending.countOutput);
  const [exitCode, endSignal] = await new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, endedBy) => resolve([code, endedBy]));
  }).finally(ending.release);
  return {
    level: confinement.level,
    exitCode: exitCode ?? undefined,
    signal: endSignal ?? undefined,
    stoppedFor: ending.stoppedFor(),
    output: output(),
    errorOutput: errorOutput(),
  };
}

function wordsFor(command: ConfinedCommand, { level, host }: Confinement): readonly string[] {
  switch (level) {
    case 'bubblewrap':
      return bubblewrapWords(command, host);
    case 'unshare':
      return unshareWords(command);
    case 'none':
      return plainWords(command);
    default:
      return assertNever(level);
  }
}

/** Inside, root becomes nobody, who must be able to write there. Links are not followed. */
function giveAway(folder: string): void {
  const pending = [folder];
  while (pending.length > 0) {
    const path = pending.pop()!;
    const entry = lstatSync(path);
    if (entry.isSymbolicLink()) continue;
    chownSync(path, NOBODY, NOBODY);
    if (entry.isDirectory()) pending.push(...readdirSync(path).map((name) => join(path, name)));
  }
}

interface Ending {
  readonly countOutput: (bytes: number) => void;
  readonly stoppedFor: () => ConfinedRun['stoppedFor'];
  readonly release: () => void;
}

function watch(child: ReturnType<typeof spawn>, { limits }: ConfinedCommand, signal: AbortSignal): Ending {
  let stoppedFor: ConfinedRun['stoppedFor'];
  let bytes = 0;
  const stop = (why: NonNullable<ConfinedRun['stoppedFor']>) => {
    stoppedFor ??= why;
    killGroup(child.pid);
  };
  const cancel = () => stop('cancelled');
  const timer = setTimeout(() => stop('time'), limits.wallMilliseconds);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  return {
    countOutput: (count) => {
      bytes += count;
      if (bytes > limits.outputBytes) stop('output');
    },
    stoppedFor: () => stoppedFor,
    release: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    },
  };
}

/** The group leader is bubblewrap or unshare; with it goes the namespace, and with that every process inside. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function collect(stream: NodeJS.ReadableStream | null, count: (bytes: number) => void): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    count(chunk.length);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
