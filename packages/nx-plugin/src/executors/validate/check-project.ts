import { join } from 'node:path';
import { checkFiles, formatSurface, openProject, readFacts, readSettings, type CheckOutcome, type FilesToCheck } from '@org/validator';
import { readFiles, rememberVerdict, type ReadFiles, type VerdictPlace } from '@org/validator/verdict';
import { UserError } from '../../errors/user-error';
import type { ProjectToValidate } from './project-to-validate';
import { readSurfaces } from './read-surfaces';
import { reportFindings, type Report } from './report-findings';

/** A verdict, and what is written of it; plain data, to be kept. */
export interface CheckedProject extends Report {
  readonly surface: string;
}

interface Checking {
  readonly checked: CheckedProject;
  /** The files whose texts had to be parsed, sorted. */
  readonly parsed: readonly string[];
}

/** Reads the project and judges it; keeps the verdict for as long as no file differs. That a file differs from what was generated is no fault. */
export async function checkProject(project: ProjectToValidate, place: VerdictPlace): Promise<Checking> {
  const startedAt = Date.now();
  const folder = join(project.workspaceRoot, project.root);
  const read = readProject(folder, project);
  const owns = (path: string) => !project.innerRoots.some((inner) => path.startsWith(`${inner}/`));
  const owned = new Map([...read.files].filter(([path]) => owns(path)));
  // Files of inner projects matter only where a file of this one could import them.
  const files = [...owned.keys()].some((path) => path.endsWith('.py')) ? read.files : owned;
  const { readSummary, parsed } = await readFacts(files, {
    cacheFolder: place.cacheFolder,
    project: project.root,
    digests: read.digests,
  });
  const { libraries, unreadable } = readSurfaces(project.libraries);
  const given = { files, owns, readSummary, libraries };
  const outcome = judge({ ...given, unreadable: read.diagnostics });
  const surface = outcome.kind === 'checked' ? outcome.readSurface() : openProject(given).surfaceOf({ owns });
  const checked = { ...reportFindings({ project, files: owned, outcome, unreadable }), surface: formatSurface(surface) };
  rememberVerdict(place, { outcome: checked, reads: new Map([[folder, read]]), startedAt });
  return { checked, parsed };
}

function readProject(folder: string, { name, root }: ProjectToValidate): ReadFiles {
  try {
    return readFiles(folder);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const message = `${root}, the folder of the project "${name}", cannot be read: the system says ${reason}. Make it readable, or take the project out of the workspace.`;
    throw new UserError(message, { cause: error });
  }
}

function judge(given: Omit<FilesToCheck, 'settings'>): CheckOutcome {
  const outcome = readSettings(given.files.get('pyproject.toml'));
  return outcome.kind === 'invalid'
    ? { kind: 'invalid', fault: outcome.faults.join(' ') }
    : checkFiles({ ...given, settings: outcome.settings });
}
