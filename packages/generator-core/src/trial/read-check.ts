import type { ConfinedRun } from '../sandbox/confined-command';
import { framesIn } from './frames-in';
import { readMarkedLines } from './read-marked-lines';
import type { TrialCheck, TrialFailure, TrialResult } from './trial';
import { trimOutput } from './trim-output';

/** One command that has ended, and what is needed to read it. */
export interface CheckRun {
  readonly check: TrialCheck;
  readonly run: ConfinedRun;
  /** Where it ran. */
  readonly folder: string;
  readonly mark: string;
}

/** What a command says of the project. One that ended badly without a word is a failure, too. */
export function readCheck(checkRun: CheckRun): TrialResult {
  const { check } = checkRun;
  switch (check) {
    case 'types':
      return { failures: readTypes(checkRun), passed: 0 };
    case 'lint':
      return { failures: readLint(checkRun), passed: 0 };
    case 'migrations':
      return { failures: readEnd(checkRun), passed: 0 };
    case 'imports':
    case 'tests':
      return readMarked(checkRun);
  }
}

function readMarked(checkRun: CheckRun): TrialResult {
  const { run, mark } = checkRun;
  const lines = readMarkedLines(run.output, mark);
  const failures = lines.flatMap(({ name, text }) =>
    typeof name === 'string' && typeof text === 'string' ? [failure(checkRun, name, text)] : [],
  );
  const end = lines.find((line) => line['end'] === true);
  const outcomes = (end?.['outcomes'] ?? {}) as Readonly<Record<string, number>>;
  const passed = outcomes['passed'] ?? 0;
  const isWhole = end !== undefined && (checkRun.check === 'imports' || Object.keys(outcomes).length > 0);
  return { failures: failures.length > 0 || (isWhole && run.exitCode === 0) ? failures : [brokenOff(checkRun)], passed };
}

/** `path:line:column: error: text  [code]`, or the same as JSON, a line each. */
function readTypes(checkRun: CheckRun): readonly TrialFailure[] {
  const { run } = checkRun;
  if (run.exitCode === 0) return [];
  const errors = readMarkedLines(run.output, '').flatMap(({ file, line, message, code, severity }) => {
    if (typeof file !== 'string' || severity === 'note') return [];
    const text = `${file}:${String(line)}: ${String(message)}  [${String(code)}]`;
    return [failure(checkRun, `${file}: ${String(message)}`, text)];
  });
  return errors.length > 0 ? errors : [brokenOff(checkRun)];
}

interface LintFinding {
  readonly code: string;
  readonly message: string;
  readonly filename: string;
  readonly location: { readonly row: number };
}

/** One JSON list for all files. */
function readLint(checkRun: CheckRun): readonly TrialFailure[] {
  const { run, folder } = checkRun;
  if (run.exitCode === 0) return [];
  try {
    const findings = JSON.parse(run.output) as readonly LintFinding[];
    const failures = findings.map(({ code, message, filename, location }) => {
      const path = filename.replace(`${folder}/`, '');
      return failure(checkRun, `${path}: ${code} ${message}`, `${path}:${location.row}: ${code} ${message}`);
    });
    return failures.length > 0 ? failures : [brokenOff(checkRun)];
  } catch {
    return [brokenOff(checkRun)];
  }
}

function readEnd(checkRun: CheckRun): readonly TrialFailure[] {
  return checkRun.run.exitCode === 0 ? [] : [brokenOff(checkRun)];
}

function brokenOff(checkRun: CheckRun): TrialFailure {
  const { run, check } = checkRun;
  const why =
    run.stoppedFor === undefined
      ? `It ended with ${run.exitCode === undefined ? String(run.signal) : `code ${run.exitCode}`}.`
      : {
          time: 'It did not end in time and was stopped.',
          output: 'It printed without end and was stopped.',
          cancelled: 'It was cancelled.',
        }[run.stoppedFor];
  return failure(checkRun, check, `${run.output}\n${run.errorOutput}\n${why}`);
}

function failure({ check, folder }: CheckRun, name: string, text: string): TrialFailure {
  const trimmed = trimOutput(text, folder);
  return { check, name, text: trimmed, frames: framesIn(trimmed) };
}
