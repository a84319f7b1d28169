import { relative, resolve, sep } from 'node:path';
import { compareDiagnostics } from '../diagnostics/compare-diagnostics';
import { openProject } from '../project/open-project';
import { DIAGNOSTIC_FORMATS, formatDiagnostics } from '../report/format-diagnostics';
import { RULES } from '../rules/registry';
import { readProjectFiles } from '../system/node-file-system';
import { parseArguments } from './parse-arguments';

export interface CommandOutcome {
  /** 0 clean, 1 certain findings, 2 could not run. */
  readonly exitCode: 0 | 1 | 2;
  readonly output: string;
  readonly errorOutput: string;
}

export interface CommandInput {
  readonly words: readonly string[];
  /** The project root: all paths are below it, imports are resolved from it. */
  readonly folder: string;
}

const HELP = `fastapi-validate [PATHS] [--format FORMAT]

Checks the Python project in the current folder: syntax, imports, names, requirements, import cycles.
PATHS limit what is reported to these files and folders; the whole project is still read.
FORMAT is one of ${DIAGNOSTIC_FORMATS.join(', ')}.
Exit code: 0 no certain finding, 1 certain findings, 2 could not run.
`;

/** One run of the command, without touching the process. */
export function runValidate({ words, folder }: CommandInput): CommandOutcome {
  const parsed = parseArguments(words);
  if (parsed.kind === 'help') return { exitCode: 0, output: HELP, errorOutput: '' };
  if (parsed.kind === 'invalid') return failure(parsed.message);
  const wanted = parsed.paths.map((path) => relative(folder, resolve(folder, path)).split(sep).join('/'));
  const outside = parsed.paths.find((_, index) => wanted[index]!.startsWith('..'));
  if (outside !== undefined)
    return failure(`${outside} is outside the project ${folder}. Start fastapi-validate in the project's own folder.`);
  try {
    const { files, diagnostics: unreadable } = readProjectFiles(folder);
    const missing = wanted.find((path) => path !== '' && ![...files.keys()].some((file) => isBelow(file, path)));
    if (missing !== undefined) return failure(`No Python file at ${missing}. Check the path.`);
    const all = [...unreadable, ...openProject({ files }).check()].sort(compareDiagnostics);
    const shown = wanted.length === 0 ? all : all.filter(({ path }) => wanted.some((folderOrFile) => isBelow(path, folderOrFile)));
    const isClean = shown.every(({ certainty }) => certainty !== 'certain');
    const checkedPaths = [...files.keys()].filter(
      (path) => path.endsWith('.py') && (wanted.length === 0 || wanted.some((part) => isBelow(path, part))),
    );
    return {
      exitCode: isClean ? 0 : 1,
      output: formatDiagnostics(shown, parsed.format, { texts: files, checkedPaths, rules: RULES.map(({ meta }) => meta) }),
      errorOutput: '',
    };
  } catch (error) {
    return failure(`Could not check ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isBelow(file: string, path: string): boolean {
  return path === '' || file === path || file.startsWith(`${path}/`);
}

function failure(message: string): CommandOutcome {
  return { exitCode: 2, output: '', errorOutput: `fastapi-validate: ${message}\n` };
}
