import { join } from 'node:path';
import { checkFiles, readFacts, readSettings } from '@org/validator';
import { readFiles, rememberVerdict, type VerdictPlace } from '@org/validator/verdict';
import type { ProjectToValidate } from './project-to-validate';
import { reportFindings, type Findings, type Report } from './report-findings';

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
  const read = readFiles(folder);
  const owns = (path: string) => !project.innerRoots.some((inner) => path.startsWith(`${inner}/`));
  const owned = new Map([...read.files].filter(([path]) => owns(path)));
  const files = [...owned.keys()].some((path) => path.endsWith('.py')) ? read.files : owned;
  const { readSummary, parsed } = await readFacts(files, {
    cacheFolder: place.cacheFolder,
    project: project.root,
    digests: read.digests,
  });
  const checked = { ...reportFindings({ project, files: owned, findings: judge() }), surface: '' };
  rememberVerdict(place, { outcome: checked, reads: new Map([[folder, read]]), startedAt });
  return { checked, parsed };

  function judge(): Findings {
    const outcome = readSettings(files.get('pyproject.toml'));
    if (outcome.kind === 'invalid') return { kind: 'refused', fault: outcome.faults.join(' ') };
    const checking = checkFiles({ files, owns, readSummary, unreadable: read.diagnostics, settings: outcome.settings });
    return checking.kind === 'invalid' ? { kind: 'refused', fault: checking.fault } : { kind: 'judged', diagnostics: checking.diagnostics };
  }
}
