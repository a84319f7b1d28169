import type { ProjectReader } from '../project/project-reader';
import { basePathOf } from './base-path';

/** What stands beside a file that is in conflict. */
export interface ConflictFiles {
  /** The generator's text, for the user. */
  readonly generated: string;
  /** Both texts, with markers; as long as it is there, the conflict is open. */
  readonly merge: string;
  /** The generator's text, for the next run: the base once the conflict is settled. */
  readonly offered: string;
}

export function conflictPaths(path: string): ConflictFiles {
  return { generated: `${path}.generated`, merge: `${path}.merge`, offered: basePathOf(path).replace(/base$/, 'offered') };
}

/** What is there of it; undefined when the last run left no conflict at this path. */
export type FoundConflict = Pick<ConflictFiles, 'offered'> & Partial<Pick<ConflictFiles, 'generated' | 'merge'>>;

export function readConflict(project: ProjectReader, path: string): FoundConflict | undefined {
  const paths = conflictPaths(path);
  const offered = project.read(paths.offered);
  if (offered === undefined) return undefined;
  const [generated, merge] = [project.read(paths.generated), project.read(paths.merge)];
  return { offered, ...(generated !== undefined && { generated }), ...(merge !== undefined && { merge }) };
}
