import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { lastLines, runCommand, type CommandResult } from '../../../tools/run-command.mjs';
import { runNx } from '../../../tools/setup-workspace.mjs';
import { root } from '../../../tools/setup.mjs';
import { writeFile } from '../../../tools/write-files';
import { ownWorkspace } from './own-workspace';

/** What a user does in the workspace: type a command, read a file, change a file. Paths are relative to the workspace. */

export function nx(...args: readonly string[]): Promise<CommandResult> {
  return runNx(ownWorkspace(), args);
}

export function nxWith(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<CommandResult> {
  return runNx(ownWorkspace(), args, { environment });
}

/** A program of the project's own environment, as `uv run` starts it. */
export function uvRun(project: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
  const workspace = ownWorkspace();
  return runCommand('uv', ['run', '--no-sync', ...args], {
    folder: pathOf(`apps/${project}`),
    environment: { ...workspace.environment, ...environment },
  });
}

/** Makes a project from one of the examples or of `fixtures/specs`, and its environment (`uv sync`); removes an earlier one. */
export async function generate(project: string, example: string): Promise<CommandResult> {
  rmSync(pathOf(`apps/${project}`), { recursive: true, force: true });
  const folder = ['examples', 'e2e/fixtures/specs'].find((candidate) => existsSync(join(root, candidate, `${example}.yaml`)));
  if (folder === undefined) throw new Error(`There is no spec ${example}.yaml in examples or e2e/fixtures/specs.`);
  cpSync(join(root, folder, `${example}.yaml`), pathOf(`${project}.yaml`));
  return generateFrom(project, `${project}.yaml`);
}

/** The custom operations of an example, written by hand: `fixtures/<project>`. */
export function writeOperations(project: 'bookstore' | 'tracker'): void {
  cpSync(join(root, 'e2e/fixtures', project), pathOf(`apps/${project}/app/services`), { recursive: true });
}

export function generateFrom(project: string, spec: string): Promise<CommandResult> {
  return nx('g', '@org/fastapi:project', `apps/${project}`, '--spec', spec);
}

export function pathOf(path: string): string {
  return join(ownWorkspace().folder, path);
}

export function read(path: string): string {
  return readFileSync(pathOf(path), 'utf8');
}

export function write(path: string, text: string): void {
  writeFile(ownWorkspace().folder, path, text);
}

export function exists(path: string): boolean {
  return existsSync(pathOf(path));
}

export function remove(path: string): void {
  rmSync(pathOf(path), { recursive: true, force: true });
}

/** Text by path of all that is in a folder, without what running the project leaves there; sorted. */
export function readTree(folder: string): Record<string, string> {
  const left =
    /(^|\/)(\.venv|__pycache__|\.mypy_cache|\.ruff_cache|\.pytest_cache|\.import_linter_cache)(\/|$)|(^|\/)(uv\.lock|openapi\.json)$|\.db(-\w+)?$|(^|\/)\.fastapi\/(surface\.json|validate\.sarif)$/;
  const paths = existsSync(pathOf(folder)) ? readdirSync(pathOf(folder), { recursive: true, withFileTypes: true }) : [];
  const files = paths.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const named = files.map((file) => [file.slice(pathOf(folder).length + 1), file] as const).filter(([path]) => !left.test(path));
  return Object.fromEntries(
    named.sort(([one], [other]) => (one < other ? -1 : 1)).map(([path, file]) => [path, readFileSync(file, 'latin1')]),
  );
}

/** The command went well; if not, the failure shows what it wrote. */
export function expectSuccess({ commandLine, status, output }: CommandResult): void {
  if (status !== 0) throw new Error(`${commandLine}\nended with exit code ${status}:\n${lastLines(output, 80)}`);
}

/** The command refused, with a message for people: the mend is in it, a stack trace is not. */
export function expectRefusal(result: CommandResult, message: RegExp): void {
  expect(result.status, result.output).not.toBe(0);
  expect(result.output).toMatch(message);
  expect(result.output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
}
